import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConformanceModel, ConformanceReport } from "../conformance/engine/index.ts";
import { loadGraph, type StateGraph } from "../tla/graph/index.ts";
import { runTlc, type TlcOptions, type TlcResult, traceOf } from "../tla/tlc/index.ts";
import { MISMATCH, NOT_CHECKED } from "./exit-codes.ts";
import type { ModelFile } from "./manifest.ts";
import { count, ProgressLine } from "./progress.ts";

/** What became of one configuration. */
export interface Verdict {
  readonly model: ModelFile;
  readonly passed: boolean;
  /** A few words. */
  readonly words: string;
  readonly exitCode: number;
  readonly tlc: TlcResult;
  readonly conformance?: ConformanceReport<unknown>;
}

/** How models are run. */
export interface Running {
  readonly libraries: readonly string[];
  readonly workers: number | undefined;
  readonly signal: AbortSignal;
}

/** Runs a model, and conforms its closed system where it must hold and has one. */
export async function verifyModel(
  model: ModelFile,
  system: ConformanceModel | undefined,
  running: Running,
): Promise<Verdict> {
  return model.purpose.kind === "good" ? verifyGood(model, system, running) : verifyFailing(model, running);
}

async function verifyGood(model: ModelFile, system: ConformanceModel | undefined, running: Running): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), "lockstep-verify-"));
  try {
    const dump = join(folder, "graph.dot");
    const tlc = await check(model, running, system === undefined ? {} : { dump });
    const counted = holdCounts(model, tlc);
    if (!counted.passed || system === undefined) return counted;
    const conformance = await conformDump(model, system, dump, tlc);
    return { ...counted, passed: conformance.passed, exitCode: conformance.passed ? 0 : MISMATCH, conformance };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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

async function conformDump(
  model: ModelFile,
  system: ConformanceModel,
  dump: string,
  tlc: TlcResult,
): Promise<ConformanceReport<unknown>> {
  const { generated, distinct = 0, initial } = tlc;
  const totals = { generated, distinct, ...(initial === undefined ? {} : { initial: initial.generated }) };
  return conformGraph(model, system, await loadGraph(dump, { actions: system.actions, totals }));
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
function reproduction(model: Pick<ModelFile, "folder" | "cfg">, path: unknown): string {
  return `lockstep conform ${model.folder} --cfg ${model.cfg} --path '${JSON.stringify(path)}'`;
}

/** A model that must fail fails by the property that it is for, and by no other. */
async function verifyFailing(model: ModelFile, running: Running): Promise<Verdict> {
  const { purpose, checks } = model;
  const [property] = checks;
  if (
    checks.length !== 1 ||
    property === undefined ||
    (purpose.kind === "must fail" && purpose.property !== property)
  ) {
    throw new TypeError(`${model.cfg} was read as a model that fails by one property`);
  }
  const tlc = await check(model, running, {});
  const found = violated(tlc);
  const length = traceOf(tlc.outcome)?.steps.length ?? 0;
  if (found === property && length > 0) {
    return { model, passed: true, words: `${property} fails after ${length} states`, exitCode: 0, tlc };
  }
  const words = `${property} should fail, but TLC says: ${messageOf(tlc)}`;
  return { model, passed: false, words, exitCode: NOT_CHECKED, tlc };
}

/** The property that a run found violated. */
function violated({ outcome }: TlcResult): string | undefined {
  switch (outcome.kind) {
    case "invariant":
    case "action-property":
    case "liveness":
      return outcome.property;
    default:
      return undefined;
  }
}

function messageOf({ outcome }: TlcResult): string {
  return outcome.kind === "success" ? "no error was found" : outcome.message;
}

async function check(model: ModelFile, running: Running, more: Partial<TlcOptions>): Promise<TlcResult> {
  const progress = new ProgressLine(model.cfg);
  try {
    return await runTlc({
      spec: model.module,
      config: model.config,
      libraries: running.libraries,
      signal: running.signal,
      ...(running.workers === undefined ? {} : { workers: running.workers }),
      onProgress: (report) => progress.report(report),
      onReport: (line) => progress.note(line),
      ...more,
    });
  } finally {
    progress.done();
  }
}
