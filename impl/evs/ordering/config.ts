import { type Configuration, isConfiguration, isRecord, type Member } from "../configuration.ts";

/** What one process is started with in one configuration. All but `self` and `deltaMs` is the same at all members. */
export interface Config {
  readonly self: Member;
  /** Its members are ranked: of two messages with one timestamp that of the member who stands first is first. */
  readonly conf: Configuration;
  /** How many messages a process may have sent that it does not know everybody to have. */
  readonly window: number;
  /**
   * How many messages of each member are kept at most. A message beyond that is refused, as if the network had lost it,
   * until earlier ones are delivered and known to be everywhere. With less than the window nobody could send so much.
   */
  readonly keep: number;
  /** How long a process has something to say before it says so, in milliseconds: the papers' delta. */
  readonly deltaMs: number;
}

/** Timers of the common hosts hold no more milliseconds than this, and fire at once for more. */
const TIME_MAX_MS = 2 ** 31 - 1;

/** What is wrong with a configuration of a process, one sentence each; empty when it is a {@link Config}. */
export function problems(config: unknown): readonly string[] {
  if (!isRecord(config)) return ["config: expected an object"];
  const { self, conf, window, keep } = config;
  const found: string[] = [];
  if (!isConfiguration(conf)) found.push("conf: expected a number and a list of distinct names");
  else if (!conf.members.includes(String(self))) found.push(`self: expected a member of conf, got ${String(self)}`);
  found.push(...notPositive(config, "window", Number.MAX_SAFE_INTEGER));
  found.push(...notPositive(config, "keep", Number.MAX_SAFE_INTEGER));
  if (found.length === 0 && Number(keep) < Number(window))
    found.push(`keep: expected at least the window, ${String(window)}, got ${String(keep)}`);
  return [...found, ...notPositive(config, "deltaMs", TIME_MAX_MS)];
}

function notPositive(config: Readonly<Record<string, unknown>>, key: string, most: number): string[] {
  const value = config[key];
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 1 && value <= most) return [];
  return [`${key}: expected a positive integer of at most ${most}, got ${String(value)}`];
}
