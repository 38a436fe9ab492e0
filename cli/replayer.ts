import { basename, dirname, join, resolve } from "node:path";
import { stuckText } from "../conformance/engine/index.ts";
import { UserError } from "../tla/errors.ts";
import { readTrace } from "../tla/trace/index.ts";
import { readText } from "../tla/values/file.ts";
import { BAD_INPUT, MISMATCH, NOT_CHECKED } from "./exit-codes.ts";
import { type Judged, judge } from "./judge.ts";
import type { Located } from "./located.ts";
import type { ModelFile } from "./manifest.ts";
import { originIn, staleness } from "./origin.ts";
import { contentOf, type Pin, type Pins, pinFaults, pinsIn } from "./pins.ts";
import { count } from "./progress.ts";
import type { NamedFile } from "./replay-files.ts";
import { type Unbroken, unbroken } from "./unbroken.ts";

/** One file that was replayed, or why it was not. */
export interface Replayed {
  readonly name: string;
  readonly cfg: string;
  readonly judged?: Judged;
  /** What is wrong, a few words each. */
  readonly faults: readonly string[];
  /** Why nothing, or not what should have been, was checked; faults come before. */
  readonly unchecked?: string;
}

/** Drives the reducers of a protocol through files, and holds those that are kept against their index. */
export class Replayer {
  readonly #where: Pick<Located, "models" | "libraries" | "traces">;
  readonly #models: readonly ModelFile[];
  readonly #cfg: string | undefined;
  readonly #systems = new Map<string, Unbroken>();
  readonly #pins = new Map<string, Promise<Pins | undefined>>();

  /** @throws UserError (64) where the configuration of files that name none is not there. */
  constructor(where: Pick<Located, "models" | "libraries" | "traces">, models: readonly ModelFile[], cfg?: string) {
    this.#where = where;
    this.#models = models;
    this.#cfg = cfg;
    if (cfg !== undefined) this.#model(cfg, "--cfg");
  }

  /** @throws UserError (64) for a file that holds no behaviour, or is of no configuration that is known. */
  async replay(file: NamedFile): Promise<Replayed> {
    const pins = await this.#pinsBeside(file.path);
    return pins === undefined ? this.#loose(file) : this.#kept(file, pins.get(basename(file.path)));
  }

  /** A file of no index: that the reducers take nothing of it says nothing. */
  async #loose({ name, path }: NamedFile): Promise<Replayed> {
    const { replayed } = await this.#judged(name, path, await readText(path));
    if (replayed.faults.length > 0 || replayed.judged === undefined || replayed.judged.steps > 0) return replayed;
    return {
      ...replayed,
      unchecked: "nothing was checked: the reducers took no step of it, and no index expects that",
    };
  }

  async #kept({ name, path }: NamedFile, pin: Pin | undefined): Promise<Replayed> {
    const fails = (unchecked: string): Replayed => ({ name, cfg: pin?.cfg ?? "", faults: [], unchecked });
    if (pin === undefined) return fails(`${name} is not pinned in the index of its folder; run lockstep traces.`);
    const text = await readText(path).catch(() => undefined);
    if (text === undefined) return fails(`${name} is in the index, but cannot be read; run lockstep traces.`);
    if (contentOf(text) !== pin.content) {
      return fails(`${name} has other bytes than those that its index pins; run lockstep traces.`);
    }
    if (!this.#models.some(({ cfg }) => cfg === pin.cfg)) {
      return fails(`${name} is of ${pin.cfg}, which is no longer there; run lockstep traces.`);
    }
    const { replayed, states } = await this.#judged(name, path, text);
    const { judged } = replayed;
    if (judged === undefined) return replayed;
    const faults = [...replayed.faults, ...pinFaults(pin, states, judged)];
    const nothing = judged.steps === 0 && judged.replayed.kind !== "stuck" && faults.length === 0;
    return { ...replayed, faults, ...(nothing ? { unchecked: "nothing was checked: it has no step" } : {}) };
  }

  async #judged(name: string, path: string, text: string): Promise<{ replayed: Replayed; states: number }> {
    const { trace, meta } = readTrace(text, path);
    const states = trace.steps.length;
    const origin = originIn(meta);
    const cfg = origin?.cfg ?? this.#cfg;
    if (cfg === undefined)
      throw new UserError(`${path} does not say its configuration: name it with --cfg.`, BAD_INPUT);
    const model = this.#model(cfg, path);
    const stale = origin === undefined ? undefined : await staleness(name, origin, model, this.#where.libraries);
    if (stale !== undefined) return { replayed: { name, cfg, faults: [], unchecked: stale }, states };
    const judged = judge(trace, model, this.#system(model));
    return { replayed: { name, cfg, judged, faults: judged.faults }, states };
  }

  /** The folder of what is kept of the protocol has an index, or nothing there can be relied on. */
  async #pinsBeside(path: string): Promise<Pins | undefined> {
    const folder = resolve(dirname(path));
    const known = this.#pins.get(folder) ?? pinsIn(folder);
    this.#pins.set(folder, known);
    const pins = await known;
    if (pins !== undefined || folder !== resolve(this.#where.traces)) return pins;
    throw new UserError(`${join(folder, "index.json")} is missing; run lockstep traces.`, NOT_CHECKED);
  }

  #model(cfg: string, of: string): ModelFile {
    const found = this.#models.find((model) => model.cfg === cfg);
    if (found !== undefined) return found;
    throw new UserError(`${of}: ${this.#where.models.protocol} has no configuration ${cfg}.`, BAD_INPUT);
  }

  #system({ cfg, text }: ModelFile): Unbroken {
    const system = this.#systems.get(cfg) ?? unbroken(cfg, text, this.#where.models);
    this.#systems.set(cfg, system);
    return system;
  }
}

/** What became of a file: a line, and more where the reducers part from it. */
export function replayedLines({ name, cfg, judged, faults, unchecked }: Replayed): string[] {
  if (judged === undefined) return [`FAIL ${name}: ${unchecked}`];
  const { replayed } = judged;
  const words = [outcome(judged), ...bothText(judged), ...faults, ...(unchecked === undefined ? [] : [unchecked])];
  return [
    `${faults.length === 0 && unchecked === undefined ? "PASS" : "FAIL"} ${name} (${cfg}): ${words.join("; ")}`,
    ...(replayed.kind === "stuck" ? stuckText(replayed).map((text) => `  ${text}`) : []),
  ];
}

function outcome({ expected, replayed, steps }: Judged): string {
  if (replayed.kind === "stuck") {
    const first = replayed.at === 0 && replayed.round === 0 ? "its first state" : `after ${steps} steps`;
    return `parts at state ${replayed.at + 1}, ${first}${expected === "parts" ? ", as it must" : ""}`;
  }
  const rounds = replayed.kind === "replayed" ? replayed.loop?.rounds : replayed.rounds;
  const loop = rounds === undefined ? "" : `, its loop ${rounds === 1 ? "once" : `${rounds} times`}`;
  return `replayed in full, ${steps} steps${loop}`;
}

function bothText({ both }: Judged): string[] {
  if (both?.at !== undefined) return [`${both.property} flagged by both at state ${both.at + 1}`];
  return both?.reason === undefined ? [] : [`${both.property} by TLC alone: ${both.reason}`];
}

/** A fault is worse than what was not checked. */
export function exitOfReplayed(done: readonly Replayed[]): number {
  if (done.some(({ faults }) => faults.length > 0)) return MISMATCH;
  return done.some(({ unchecked }) => unchecked !== undefined) ? NOT_CHECKED : 0;
}

export function replayedCounts(done: readonly Replayed[]): Record<string, number> {
  const judged = done.flatMap((one) => one.judged ?? []);
  const sum = (of: (one: Judged) => number): number => judged.reduce((total, one) => total + of(one), 0);
  return {
    files: done.length,
    steps: sum(({ steps }) => steps),
    compared: sum(({ compared }) => compared),
    replayed: judged.filter(({ replayed }) => replayed.kind === "replayed").length,
    parted: judged.filter(({ replayed }) => replayed.kind === "stuck").length,
    flaggedByBoth: judged.filter(({ both }) => both?.at !== undefined).length,
    byTlcAlone: judged.filter(({ both }) => both?.reason !== undefined).length,
    stale: done.filter((one) => one.judged === undefined).length,
    failed: done.filter(({ faults, unchecked }) => faults.length > 0 || unchecked !== undefined).length,
  };
}

/** The counts in words. */
export function countsText(counts: Readonly<Record<string, number>>): string[] {
  return [
    `${count(counts["steps"] ?? 0)} steps`,
    `${count(counts["compared"] ?? 0)} states compared`,
    `${counts["replayed"]} in full`,
    `${counts["parted"]} parted`,
    `${counts["flaggedByBoth"]} flagged by both`,
    `${counts["byTlcAlone"]} by TLC alone`,
    ...(counts["stale"] === 0 ? [] : [`${counts["stale"]} stale`]),
    ...(counts["failed"] === 0 ? [] : [`${counts["failed"]} failed`]),
  ];
}
