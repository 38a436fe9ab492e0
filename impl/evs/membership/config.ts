import { areNames, isNatural, isRecord, type Member } from "../configuration.ts";

/** What one process is started with. */
export interface Config {
  readonly self: Member;
  /** Every process that there can be, the same list at all: whom a process may be obliged to are among these. */
  readonly processes: readonly Member[];
  /** The number that was last written to stable storage, 0 where none was. */
  readonly number: number;
  /**
   * How many messages of a configuration are kept at most, from the first on that is not delivered or not known to be
   * everywhere; twice as many between two configurations, since others may have kept what comes behind.
   */
  readonly keep: number;
}

/** What is wrong with a configuration of a process, one sentence each; empty when it is a {@link Config}. */
export function problems(config: unknown): readonly string[] {
  if (!isRecord(config)) return ["config: expected an object"];
  const { self, processes, number, keep } = config;
  const found: string[] = [];
  if (!areNames(processes)) found.push("processes: expected a list of distinct names");
  else if (!processes.includes(String(self))) found.push(`self: expected one of the processes, got ${String(self)}`);
  if (!isNatural(number) || number === Number.MAX_SAFE_INTEGER)
    found.push(`number: expected a natural number that has a successor, got ${String(number)}`);
  if (!isNatural(keep) || keep === 0) found.push(`keep: expected a positive integer, got ${String(keep)}`);
  return found;
}
