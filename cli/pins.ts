import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { parseJson } from "./json-file.ts";
import type { Judged } from "./judge.ts";

/** Where the reducers part from a counterexample, and why: so that parting for another reason is no pass. */
interface Parting {
  /** The first state that they do not show, counted from 1. */
  readonly state: number;
  /** The places in which the nearest state differs, and the conjuncts that refuse, sorted. */
  readonly why: readonly string[];
}

/** What a kept behaviour is held against. */
export interface Pin {
  readonly cfg: string;
  /** SHA-256 of the file's text, in hexadecimal. */
  readonly content: string;
  readonly states: number;
  readonly parts?: Parting | undefined;
}

const natural = z.number().int().min(1);
const PinShape = z.object({
  cfg: z.string(),
  content: z.string(),
  states: natural,
  parts: z.object({ state: natural, why: z.array(z.string()) }).optional(),
});

/** A graph has no pin: what it holds is compared as a whole. */
const Index = z.record(z.string(), z.union([PinShape, z.object({ cfg: z.string() })]));

/** The pins of a folder by file name, undefined for what is in the index without one. */
export type Pins = ReadonlyMap<string, Pin | undefined>;

/** Reads the index of a folder; undefined where it has none. @throws UserError (64) for one that is no index. */
export async function pinsIn(folder: string): Promise<Pins | undefined> {
  const path = join(folder, "index.json");
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const index = parseJson(path, text, Index, "is no index as lockstep traces writes it");
  return new Map(Object.entries(index).map(([name, entry]) => [name, "content" in entry ? entry : undefined]));
}

/** What is to be pinned of a behaviour, once it was replayed. */
export function pinOf(text: string, states: number, judged: Judged): Omit<Pin, "cfg"> {
  const parts = partingOf(judged);
  return { content: contentOf(text), states, ...(parts === undefined ? {} : { parts }) };
}

export function contentOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** In what a replay is not as it was pinned, a few words each. */
export function pinFaults({ states, parts: pinned }: Pin, found: number, judged: Judged): string[] {
  const parts = partingOf(judged);
  const faults = found === states ? [] : [`it has ${found} states, the index says ${states}`];
  if (parts?.state !== pinned?.state) return [...faults, `the index says that it ${stateText(pinned)}`];
  const [lost, come] = [less(pinned?.why, parts?.why), less(parts?.why, pinned?.why)];
  if (lost.length + come.length === 0) return faults;
  const told = [...lost.map((one) => `no longer ${one}`), ...come.map((one) => `now ${one}`)];
  return [...faults, `it parts for other reasons than the index says: ${told.join(", ")}`];
}

function partingOf({ replayed }: Judged): Parting | undefined {
  if (replayed.kind !== "stuck") return undefined;
  const { at, differences, refused } = replayed;
  const conjuncts = refused.map(({ actions, because }) => `${actions.join(" then ")} refused by ${because}`);
  return { state: at + 1, why: [...differences.map((one) => one.at), ...conjuncts].sort() };
}

function stateText(pinned: Parting | undefined): string {
  return pinned === undefined ? "is replayed in full" : `parts at state ${pinned.state}`;
}

function less(some: readonly string[] = [], others: readonly string[] = []): string[] {
  return some.filter((one) => !others.includes(one));
}
