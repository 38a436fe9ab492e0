import { type ConformanceModel, type ReplayedTrace, stuckText } from "../conformance/engine/index.ts";
import type { TlcResult, Trace } from "../tla/tlc/index.ts";
import { printTrace, readTrace } from "../tla/trace/index.ts";
import { judge } from "./judge.ts";
import type { ModelFile } from "./manifest.ts";
import { count, ProgressLine } from "./progress.ts";
import { type Running, simulateModel } from "./run-model.ts";

/** What became of the behaviours that TLC picked at random. */
export interface Simulated {
  readonly traces: number;
  readonly states: number;
  /** Steps of the reducers, in all and by action; absent where there is no reducer. */
  readonly steps?: number;
  readonly actions?: Readonly<Record<string, number>>;
  /** Behaviours that the reducers do not show, or in which a property over worlds is flagged. */
  readonly faults: number;
  /** The first of those, as text. */
  readonly first?: string;
  /** Why this is not what was to be checked, where it is not. */
  readonly complaint?: string;
  /** What replaying took, in seconds. */
  readonly seconds: number;
}

/** Has TLC pick behaviours at random, and drives the reducers through each. */
export async function replaySimulated(
  model: ModelFile,
  system: ConformanceModel | undefined,
  running: Running,
): Promise<{ readonly tlc: TlcResult; readonly simulated: Simulated }> {
  const wanted = model.purpose.kind === "simulate" ? model.purpose.traces : 0;
  const tally = new Tally(model, system);
  const tlc = await simulateModel(model, wanted, running, (text, name) => tally.take(text, name));
  return { tlc, simulated: tally.result(wanted) };
}

/** A behaviour up to where the reducers part from it, and how they do; all of it where they do not. */
function shown(trace: Trace, replayed: ReplayedTrace<unknown>): readonly string[] {
  if (replayed.kind !== "stuck") return [printTrace(trace)];
  return [...stuckText(replayed), printTrace({ ...trace, steps: trace.steps.slice(0, replayed.at + 1) })];
}

class Tally {
  readonly #model: ModelFile;
  readonly #system: ConformanceModel | undefined;
  readonly #progress: ProgressLine;
  readonly #actions = new Map<string, number>();
  #told = performance.now();
  #traces = 0;
  #states = 0;
  #steps = 0;
  #faults = 0;
  #seconds = 0;
  #first: string | undefined;

  constructor(model: ModelFile, system: ConformanceModel | undefined) {
    this.#model = model;
    this.#system = system;
    this.#progress = new ProgressLine(`${model.cfg}: replay`);
    for (const name of system?.actions ?? []) this.#actions.set(name, 0);
  }

  take(text: string, name: string): void {
    const began = performance.now();
    const { trace } = readTrace(text, name);
    this.#traces++;
    this.#states += trace.steps.length;
    if (this.#system === undefined) return;
    const { actions, steps, faults, replayed } = judge(trace, this.#model, {
      system: this.#system,
      broken: [],
      apart: {},
    });
    for (const [action, times] of actions) this.#actions.set(action, (this.#actions.get(action) ?? 0) + times);
    this.#steps += steps;
    if (faults.length > 0) {
      this.#faults++;
      this.#first ??= [`${name}: ${faults.join("; ")}`, ...shown(trace, replayed)].join("\n");
    }
    const now = performance.now();
    this.#seconds += (now - began) / 1000;
    if (now - this.#told < 1000) return;
    this.#told = now;
    const rate = count(Math.round(this.#steps / this.#seconds));
    this.#progress.tell(`${count(this.#traces)} behaviours, ${count(this.#steps)} steps, ${rate}/s`);
  }

  result(wanted: number): Simulated {
    this.#progress.done();
    const complaint = this.#complaint(wanted);
    return {
      traces: this.#traces,
      states: this.#states,
      ...(this.#system === undefined ? {} : { steps: this.#steps, actions: Object.fromEntries(this.#actions) }),
      faults: this.#faults,
      ...(this.#first === undefined ? {} : { first: this.#first }),
      ...(complaint === undefined ? {} : { complaint }),
      seconds: this.#seconds,
    };
  }

  #complaint(wanted: number): string | undefined {
    if (this.#faults > 0) return `${count(this.#faults)} of them cannot be shown, or flag a property`;
    if (this.#traces !== wanted) return `the manifest has ${count(wanted)}`;
    return this.#system !== undefined && this.#steps === 0 ? "they have no step" : undefined;
  }
}
