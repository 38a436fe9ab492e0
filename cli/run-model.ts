import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadGraph, type StateGraph } from "../tla/graph/index.ts";
import { runTlc, type TlcOptions, type TlcResult } from "../tla/tlc/index.ts";
import { readText } from "../tla/values/file.ts";
import { interruptible, requireGoingOn } from "./interrupt.ts";
import type { ModelFile } from "./manifest.ts";
import { ProgressLine } from "./progress.ts";

/** How models are run. */
export interface Running {
  readonly libraries: readonly string[];
  /** By default as many as the machine has processors. */
  readonly workers: number | undefined;
  readonly fingerprint?: number;
}

/** Runs TLC on a model, with progress. @throws UserError (130) where the user ends it. */
export async function runModel(model: ModelFile, running: Running): Promise<TlcResult> {
  return interruptible((signal) => run(model, running, { signal }));
}

/**
 * Runs TLC on a model, and loads the graph that it wrote where nothing is wrong; it is held against TLC's own totals.
 * What follows may take long without a pause, so nothing is left on the disk by then, and the user can end it.
 *
 * @throws UserError where the dump is not what it should be (64), or the user ends it (130).
 */
export async function exploreModel(
  model: ModelFile,
  running: Running,
  actions: readonly string[] | undefined,
): Promise<{ readonly tlc: TlcResult; readonly graph?: StateGraph }> {
  return interruptible(async (signal) => {
    const folder = await mkdtemp(join(tmpdir(), "lockstep-model-"));
    try {
      const dump = join(folder, "graph.dot");
      const tlc = await run(model, running, { signal, dump });
      const { generated, distinct = 0, initial } = tlc;
      if (tlc.outcome.kind !== "success") return { tlc };
      const graph = await loadGraph(dump, {
        totals: { generated, distinct, ...(initial === undefined ? {} : { initial: initial.generated }) },
        ...(actions === undefined ? {} : { actions }),
        onProgress: () => requireGoingOn(signal),
      });
      return { tlc, graph };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/**
 * Has TLC pick behaviours of a model at random, always the same ones, and hands on each with its name. One that is
 * violated is in the result alone.
 *
 * @throws UserError (130) where the user ends it.
 */
export async function simulateModel(
  model: ModelFile,
  traces: number,
  running: Running,
  each: (text: string, name: string) => void,
): Promise<TlcResult> {
  return interruptible(async (signal) => {
    const folder = await mkdtemp(join(tmpdir(), "lockstep-simulation-"));
    try {
      const simulate = { seed: SIMULATION_SEED, traces, files: join(folder, "behaviour") };
      const tlc = await run(model, { ...running, workers: 1 }, { signal, simulate });
      if (tlc.outcome.kind !== "success") return tlc;
      for (const name of (await readdir(folder)).sort()) {
        requireGoingOn(signal);
        each(await readText(join(folder, name)), name);
      }
      return tlc;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** With one worker it settles what is picked. */
export const SIMULATION_SEED = 1;

/** Runs TLC on a model, and leaves the graph that it wrote in a file. @throws UserError (130) as {@link runModel}. */
export async function dumpModel(model: ModelFile, running: Running, dump: string): Promise<TlcResult> {
  return interruptible((signal) => run(model, running, { signal, dump }));
}

async function run(model: ModelFile, running: Running, more: Partial<TlcOptions>): Promise<TlcResult> {
  const { libraries, workers = isNarrow(model) ? 1 : undefined, fingerprint } = running;
  const progress = new ProgressLine(model.cfg);
  try {
    const tlc = await runTlc({
      spec: model.module,
      config: model.config,
      libraries,
      ...(workers === undefined ? {} : { workers }),
      ...(fingerprint === undefined ? {} : { fingerprint }),
      onProgress: (report) => progress.report(report),
      onReport: (line) => progress.note(line),
      ...more,
    });
    requireGoingOn(more.signal);
    return tlc;
  } finally {
    progress.done();
  }
}

/** A graph with fewer states has levels of a few: several workers run ahead there, and TLC tells another depth. */
const NARROW = 500;

function isNarrow({ purpose }: ModelFile): boolean {
  return purpose.kind === "good" && purpose.distinct < NARROW;
}
