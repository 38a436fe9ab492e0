import type { ConformanceModel, ConformanceReport } from "../conformance/engine/index.ts";
import type { StateGraph } from "../tla/graph/index.ts";
import { type TlcResult, traceOf } from "../tla/tlc/index.ts";
import { MISMATCH, NOT_CHECKED } from "./exit-codes.ts";
import type { ModelFile } from "./manifest.ts";
import { count, ProgressLine } from "./progress.ts";
import { exploreModel, type Running, runModel } from "./run-model.ts";
import { replaySimulated, type Simulated } from "./verify-simulated.ts";

/** What became of one configuration. */
export interface Verdict {
  readonly model: ModelFile;
  readonly passed: boolean;
  /** A few words. */
  readonly words: string;
  readonly exitCode: number;
  readonly tlc: TlcResult;
  readonly conformance?: ConformanceReport<unknown>;
  /** What was replayed of a model that is simulated. */
  readonly simulated?: Simulated;
}

/** Runs a model, and conforms its closed system where it has one, or replays what was simulated. */
export async function verifyModel(
  model: ModelFile,
  system: ConformanceModel | undefined,
  running: Running,
): Promise<Verdict> {
  if (model.purpose.kind === "good") return verifyGood(model, system, running);
  return model.purpose.kind === "simulate" ? verifySimulated(model, system, running) : verifyFailing(model, running);
}

async function verifyGood(model: ModelFile, system: ConformanceModel | undefined, running: Running): Promise<Verdict> {
  if (system === undefined) return holdCounts(model, await runModel(model, running));
  const { tlc, graph } = await exploreModel(model, running, system.actions);
  const counted = holdCounts(model, tlc);
  if (!counted.passed || graph === undefined) return counted;
  const conformance = conformGraph(model, system, graph);
  return { ...counted, passed: conformance.passed, exitCode: conformance.passed ? 0 : MISMATCH, conformance };
}

/** TLC checks the behaviours that it picks, and the reducers show all of each. */
async function verifySimulated(
  model: ModelFile,
  system: ConformanceModel | undefined,
  running: Running,
): Promise<Verdict> {
  const { tlc, simulated } = await replaySimulated(model, system, running);
  if (tlc.outcome.kind !== "success") {
    return { model, passed: false, words: messageOf(tlc), exitCode: tlc.exitCode || NOT_CHECKED, tlc, simulated };
  }
  const { traces, states, faults, complaint } = simulated;
  const words = `${count(traces)} behaviours of ${count(states)} states${complaint === undefined ? "" : `; ${complaint}`}`;
  const exitCode = faults > 0 ? MISMATCH : complaint === undefined ? 0 : NOT_CHECKED;
  return { model, passed: exitCode === 0, words, exitCode, tlc, simulated };
}

/** Whether TLC found nothing wrong, and as many states as the manifest says: a bound that shrank must not pass. */
function holdCounts(model: ModelFile, tlc: TlcResult): Verdict {
  const { purpose } = model;
  const { generated, distinct = 0, depth = 0 } = tlc;
  if (tlc.outcome.kind !== "success" || purpose.kind !== "good") {
    return { model, passed: false, words: messageOf(tlc), exitCode: tlc.exitCode || NOT_CHECKED, tlc };
  }
  const found = `${count(distinct)} distinct of ${count(generated)} states, depth ${depth}`;
  if (distinct === purpose.distinct && generated === purpose.generated && depth === purpose.depth && distinct > 0) {
    return { model, passed: true, words: found, exitCode: 0, tlc };
  }
  const expected = `${count(purpose.distinct)} of ${count(purpose.generated)}, depth ${purpose.depth}`;
  return { model, passed: false, words: `${found}; the manifest has ${expected}`, exitCode: NOT_CHECKED, tlc };
}

/** Compares a closed system with the graph of its model, and shows how far it has come. */
export function conformGraph(
  model: ModelFile,
  system: ConformanceModel,
  graph: StateGraph,
): ConformanceReport<unknown> {
  const progress = new ProgressLine(`${model.cfg}: conformance`);
  try {
    return system.conform(graph, {
      reproduce: (path) => reproduction(model, path),
      progress: ({ worlds, tries }) => progress.tell(`${count(worlds)} worlds, ${count(tries)} moves tried`),
    });
  } finally {
    progress.done();
  }
}

/** The command that takes a path again. */
function reproduction({ protocol, cfg }: ModelFile, path: unknown): string {
  return `lockstep conform ${protocol} --cfg ${cfg} --path '${JSON.stringify(path)}'`;
}

/** A model that must fail fails by the property that it is for, and by no other. */
async function verifyFailing(model: ModelFile, running: Running): Promise<Verdict> {
  const { purpose, checks } = model;
  const [property] = checks;
  if (!("exitCode" in purpose) || checks.length !== 1 || property === undefined) {
    throw new TypeError(`${model.cfg} was read as a model that fails by one property`);
  }
  const tlc = await runModel(model, running);
  const found = violated(tlc);
  const length = traceOf(tlc.outcome)?.steps.length ?? 0;
  if (found === property && length > 0 && purpose.exitCode === tlc.exitCode) {
    return { model, passed: true, words: `${property} fails after ${length} states`, exitCode: 0, tlc };
  }
  const words = `${property} should fail, but TLC says: ${messageOf(tlc)}`;
  return { model, passed: false, words, exitCode: NOT_CHECKED, tlc };
}

/** The property that a run found violated. */
export function violated({ outcome }: TlcResult): string | undefined {
  switch (outcome.kind) {
    case "invariant":
    case "action-property":
    case "liveness":
      return outcome.property;
    default:
      return undefined;
  }
}

/** What TLC says of a run, where it found something. */
export function messageOf({ outcome }: TlcResult): string {
  return outcome.kind === "success" ? "no error was found" : outcome.message;
}
