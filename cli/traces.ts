import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { Command } from "commander";
import type { ConformanceModels } from "../conformance/engine/index.ts";
import { UserError } from "../tla/errors.ts";
import { writeCorpus } from "../tla/graph/index.ts";
import { type TlcResult, traceOf } from "../tla/tlc/index.ts";
import { readTrace, toItfTrace } from "../tla/trace/index.ts";
import { writeItf } from "../tla/values/itf.ts";
import { exceptionOf } from "./excepted.ts";
import { NOT_CHECKED } from "./exit-codes.ts";
import { judge } from "./judge.ts";
import { inLanes } from "./lanes.ts";
import { type Located, located } from "./located.ts";
import { type ModelFile, modelsOf } from "./manifest.ts";
import { type Origin, originIn, staleText } from "./origin.ts";
import { type Pin, pinOf } from "./pins.ts";
import { protocols } from "./protocols.ts";
import { exploreModel, type Running, runModel } from "./run-model.ts";
import { specHash } from "./spec-hash.ts";
import { unbroken } from "./unbroken.ts";

/** Graphs of at most this many states are committed whole. */
const CORPUS_STATES = 1000;
/** One worker and one fingerprint polynomial make TLC say the same every time. */
const ALWAYS_THE_SAME = { workers: 1, fingerprint: 0 } as const;

interface TracesFlags {
  readonly only?: readonly string[];
  readonly check?: true;
}

/** `lockstep traces`: makes `traces/` again from the specifications, or says where it is stale. */
export function tracesCommand(): Command {
  return new Command("traces")
    .description("make the small graphs and behaviours of traces/ again, the same bytes as long as nothing changed")
    .option("--only <names...>", "protocols, or paths of modules that export one (default: all of ours)")
    .option("--check", "change nothing; say what would change")
    .action(async (flags: TracesFlags) => {
      process.exitCode = await traces(flags);
    });
}

async function traces({ only, check }: TracesFlags): Promise<number> {
  const chosen = await Promise.all((only ?? protocols.map(({ protocol }) => protocol)).map((name) => located(name)));
  let stale = 0;
  for (const where of chosen) {
    const { protocol } = where.models;
    const { files, index } = await made(where);
    const changed = await differing(where.traces, files);
    const then = await indexOf(where.traces);
    if (check !== true) await replace(where.traces, files, changed);
    for (const name of changed) {
      const why = check === true ? `STALE ${protocol}/${name}: ${because(name, then[name], index[name])}` : undefined;
      process.stdout.write(`${why ?? `WROTE ${protocol}/${name}`}\n`);
    }
    if (check === true) stale += changed.length;
    process.stdout.write(`${protocol}: ${files.size} files, ${changed.length} changed\n`);
    if (files.size === 0) throw new UserError(`${protocol} has no model small enough to be kept.`, NOT_CHECKED);
  }
  return stale > 0 ? NOT_CHECKED : 0;
}

/** Where the files that are there come from, as their index has it. */
async function indexOf(folder: string): Promise<Readonly<Record<string, Origin | undefined>>> {
  const text = await readFile(join(folder, "index.json"), "utf8").catch(() => "{}");
  try {
    const index: Record<string, Record<string, unknown>> = JSON.parse(text);
    return Object.fromEntries(Object.entries(index).map(([name, origin]) => [name, originIn(origin)]));
  } catch {
    return {};
  }
}

/** Why a file is not what it should be. */
function because(name: string, then: Origin | undefined, now: Origin | undefined): string {
  if (name === "index.json") return "it does not name the files and their hashes as they are now; run lockstep traces.";
  if (now === undefined) return "nothing of the specification makes it; run lockstep traces.";
  if (then === undefined) return "it is not in the index; run lockstep traces.";
  if (then.sha256 !== now.sha256) return staleText("it", then, now.sha256);
  return "its specification is the same, but other bytes come of it now; run lockstep traces and look at what changed.";
}

/** What the index tells of a file: where it comes from, and of a behaviour what a replay is held against. */
type Entry = Origin & Partial<Omit<Pin, "cfg">>;

async function made(where: Located): Promise<{ files: Map<string, string>; index: Readonly<Record<string, Entry>> }> {
  const files = new Map<string, string>();
  const index: Record<string, Entry> = {};
  const { libraries } = where;
  const running = { libraries, ...ALWAYS_THE_SAME };
  const models = (await modelsOf(where.spec)).filter((model) => isKept(model, where.models));
  const makeOne = async (model: ModelFile): Promise<Made & { entry: Entry }> => {
    const sha256 = await specHash(model.module, model.config, libraries);
    const module = basename(model.module, ".tla");
    const originOf = (tlc: TlcResult): Origin => ({ module, cfg: model.cfg, sha256, tlc: tlc.version });
    const one = await (model.purpose.kind === "good"
      ? corpus(model, running, originOf)
      : behaviour(model, running, originOf, where.models));
    return { ...one, entry: { ...originOf(one.tlc), ...one.pin } };
  };
  for (const { name, text, entry } of await inLanes(models, availableParallelism(), makeOne)) {
    files.set(name, text);
    index[name] = entry;
  }
  files.set("index.json", `${JSON.stringify(index, null, 2)}\n`);
  return { files, index };
}

/** Every model that must fail or reach is kept, and of those that hold the small ones; all if they are conformed. */
function isKept(model: ModelFile, models: ConformanceModels): boolean {
  const { purpose, text } = model;
  if (purpose.kind === "simulate" || exceptionOf(model, models) !== undefined) return false;
  if (purpose.kind !== "good") return true;
  return purpose.distinct <= CORPUS_STATES && typeof models.modelOf(text) !== "string";
}

interface Made {
  readonly name: string;
  readonly text: string;
  readonly tlc: TlcResult;
  readonly pin?: Omit<Pin, "cfg">;
}

async function corpus(model: ModelFile, running: Running, origin: (tlc: TlcResult) => Origin): Promise<Made> {
  const { tlc, graph } = await exploreModel(model, running, undefined);
  if (graph === undefined) throw new UserError(`${model.cfg} does not hold, so it has no graph to keep.`, NOT_CHECKED);
  return {
    name: `${basename(model.cfg, ".cfg")}.graph.ndjson`,
    text: writeCorpus({ origin: origin(tlc), graph }),
    tlc,
  };
}

async function behaviour(
  model: ModelFile,
  running: Running,
  origin: (tlc: TlcResult) => Origin,
  models: ConformanceModels,
): Promise<Made> {
  const tlc = await runModel(model, running);
  const trace = traceOf(tlc.outcome);
  if (trace === undefined) throw new UserError(`${model.cfg} has no counterexample to keep.`, NOT_CHECKED);
  const meta = { ...origin(tlc), shows: model.purpose.kind === "witness" ? model.purpose.reached : model.checks[0] };
  const name = `${basename(model.cfg, ".cfg")}.itf.json`;
  const text = writeItf(toItfTrace(trace, meta));
  // What is pinned is what a replay finds, which reads the file.
  const judged = judge(readTrace(text, name).trace, model, unbroken(model.cfg, model.text, models));
  return { name, text, tlc, pin: pinOf(text, trace.steps.length, judged) };
}

/** The names of files that are not what they should be, those that should not be there among them. */
async function differing(folder: string, files: ReadonlyMap<string, string>): Promise<string[]> {
  const there = await readdir(folder).catch((): string[] => []);
  const names = [...new Set([...there, ...files.keys()])].sort();
  const same = await Promise.all(
    names.map(async (name) => files.get(name) === (await readFile(join(folder, name), "utf8").catch(() => undefined))),
  );
  return names.filter((_, index) => !same[index]);
}

async function replace(folder: string, files: ReadonlyMap<string, string>, changed: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of changed) {
    const text = files.get(name);
    if (text === undefined) await rm(join(folder, name));
    else await writeFile(join(folder, name), text);
  }
}
