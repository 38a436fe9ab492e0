import { Command } from "commander";
import { z } from "zod";
import { type ConformanceModel, reportText } from "../conformance/engine/index.ts";
import { UserError } from "../tla/errors.ts";
import { loadCorpus, loadGraph, type StateGraph } from "../tla/graph/index.ts";
import { printTrace } from "../tla/trace/index.ts";
import { exceptionOf } from "./excepted.ts";
import { BAD_INPUT, MISMATCH, NOT_CHECKED } from "./exit-codes.ts";
import { parseJson } from "./json-file.ts";
import { located } from "./located.ts";
import { type ModelFile, modelsOf } from "./manifest.ts";
import { integer } from "./numbers.ts";
import { staleness } from "./origin.ts";
import { specRoot } from "./protocols.ts";
import { exploreModel, type Running } from "./run-model.ts";
import { conformGraph } from "./verify-model.ts";

interface ConformFlags {
  readonly cfg?: string;
  readonly graph?: string;
  readonly path?: string;
  readonly workers?: number;
  readonly specs: string;
}

/** `lockstep conform`: one reducer against one graph of its specification. */
export function conformCommand(): Command {
  return new Command("conform")
    .description("compare a reducer with its specification over the state graph of one configuration")
    .argument("<protocol>", "the protocol, for instance wackamole, or the path of a module that exports one")
    .option("--cfg <name>", "the configuration among the specification's (default: the first)")
    .option("--graph <file>", "a graph that is there already: TLC's .dot dump, or a .graph.ndjson of traces/")
    .option("--path <json>", "take the moves of this path instead, as a mismatch prints it")
    .option("--workers <n>", "TLC's worker threads (default: one for each processor)", integer)
    .option("--specs <folder>", "the folder of the specifications of ours", specRoot)
    .action(async (protocol: string, flags: ConformFlags) => {
      process.exitCode = await conform(protocol, flags);
    });
}

async function conform(protocol: string, flags: ConformFlags): Promise<number> {
  const { models: supplied, spec, libraries } = await located(protocol, flags.specs);
  const { modelOf } = supplied;
  const all = await modelsOf(spec, protocol);
  const named = all.find(({ cfg }) => cfg === flags.cfg);
  const excepted = named === undefined ? undefined : exceptionOf(named, supplied);
  if (excepted !== undefined) throw new UserError(`${flags.cfg} is not conformed: ${excepted}.`, BAD_INPUT);
  const models = all.filter((one) => typeof modelOf(one.text) !== "string" && exceptionOf(one, supplied) === undefined);
  const model = models.find(({ cfg }) => flags.cfg === undefined || cfg === flags.cfg);
  const system = model === undefined ? undefined : modelOf(model.text);
  if (model === undefined || system === undefined || typeof system === "string") {
    const known = models.filter(({ purpose }) => purpose.kind === "good").map(({ cfg }) => cfg);
    throw new UserError(
      `${protocol} has no closed system for ${flags.cfg}; it has for ${known.join(", ")}.`,
      BAD_INPUT,
    );
  }
  if (flags.path !== undefined) return replay(system, flags.path);
  const graph =
    flags.graph === undefined
      ? await explored(model, system, { libraries, workers: flags.workers })
      : await load(flags.graph, model, system, libraries);
  const report = conformGraph(model, system, graph);
  process.stdout.write(`${reportText(report)}\n`);
  if (report.passed) return 0;
  return report.mismatches.length > 0 ? MISMATCH : NOT_CHECKED;
}

/** A graph that is there already. A corpus tells what it was made from; a dump of TLC's does not. */
async function load(
  path: string,
  model: ModelFile,
  system: ConformanceModel,
  libraries: readonly string[],
): Promise<StateGraph> {
  if (!path.endsWith(".ndjson")) return loadGraph(path, { actions: system.actions });
  const { origin, graph } = await loadCorpus(path);
  if (origin.cfg !== model.cfg) {
    throw new UserError(
      `${path} is the graph of ${origin.cfg}, not of ${model.cfg}: add --cfg ${origin.cfg}.`,
      BAD_INPUT,
    );
  }
  const stale = await staleness(path, origin, model, libraries);
  if (stale !== undefined) throw new UserError(stale, NOT_CHECKED);
  return graph;
}

/** The graph as TLC finds it now. */
async function explored(model: ModelFile, system: ConformanceModel, running: Running): Promise<StateGraph> {
  const { tlc, graph } = await exploreModel(model, running, system.actions);
  if (graph !== undefined) return graph;
  throw new UserError(
    "message" in tlc.outcome ? tlc.outcome.message : "TLC wrote no graph.",
    tlc.exitCode || NOT_CHECKED,
  );
}

const PathShape = z.object({ initial: z.number().int().min(0), moves: z.array(z.unknown()) });

/** Shows a path state by state, and the conjunct that refuses its last move if one does. */
function replay(system: ConformanceModel, text: string): number {
  const { initial, steps, refused } = shown(system, text);
  const trace = {
    steps: [
      { action: "Initial predicate", state: initial },
      ...steps.map(({ actions, state }) => ({ action: actions.map(({ name }) => name).join(" then "), state })),
    ],
    dropped: 0,
  };
  process.stdout.write(`${printTrace(trace)}\n`);
  if (refused === undefined) return 0;
  process.stdout.write(`refused: ${JSON.stringify(refused.move)} because ${refused.because}\n`);
  return MISMATCH;
}

function shown(system: ConformanceModel, text: string): ReturnType<ConformanceModel["replay"]> {
  const path = parseJson("The path", text, PathShape, 'must be {"initial": NUMBER, "moves": [...]}');
  try {
    return system.replay(path);
  } catch (error) {
    throw new UserError(`The path cannot be taken: ${error instanceof Error ? error.message : error}.`, BAD_INPUT);
  }
}
