import { Command } from "commander";
import {
  headerLine,
  type KitHeader,
  type KitSource,
  type Recorded,
  readVectors,
  reportText,
  tallied,
  type Vectors,
  vectorLines,
} from "../conformance/engine/index.ts";
import { UserError } from "../tla/errors.ts";
import type { StateGraph } from "../tla/graph/index.ts";
import { exceptionOf } from "./excepted.ts";
import { BAD_INPUT, MISMATCH, NOT_CHECKED } from "./exit-codes.ts";
import { graphOf } from "./kept-graph.ts";
import { type Located, located } from "./located.ts";
import { type ModelFile, modelsOf } from "./manifest.ts";
import { integer } from "./numbers.ts";
import { count, ProgressLine } from "./progress.ts";
import { writeWhole } from "./results-file.ts";
import { sourceHash } from "./source-hash.ts";
import { print } from "./standard-output.ts";

interface KitFlags {
  readonly cfg?: readonly string[];
  readonly out: string;
  readonly workers?: number;
}

/** `lockstep kit`: what a port of a reducer to another language is checked with. */
export function kitCommand(): Command {
  return new Command("kit")
    .description("write vectors that hold a port of a reducer against it, for every edge of the specification's graph")
    .argument("<protocol>", "the protocol, for instance wackamole, or the path of a module that exports one")
    .requiredOption("--out <file>", "where the kit goes; - is standard output")
    .option("--cfg <names...>", "the configurations whose graphs are covered (default: the quick one)")
    .option("--workers <n>", "TLC's worker threads (default: one for each processor)", integer)
    .action(async (protocol: string, flags: KitFlags) => {
      process.exitCode = await kit(await located(protocol), flags);
    });
}

async function kit(place: Located, flags: KitFlags): Promise<number> {
  const { protocol, kit: source } = place.models;
  if (source === undefined) throw new UserError(`${protocol} does not say what a kit is made of.`, BAD_INPUT);
  const models = await chosen(place, flags.cfg);
  const vectors = recorded(source, models);
  const lines = vectorLines(vectors);
  // What is held against the graphs is what can be read from the lines, and not what they were made of.
  const read = readVectors(lines);
  const graphs: KitHeader["graphs"][number][] = [];
  for (const model of models) {
    const graph = await graphOf(place, model, flags.workers);
    const report = covered(source, read, model, graph);
    if (!report.passed) {
      process.stderr.write(`${reportText(report)}\n`);
      await print(`FAIL ${protocol}: the vectors do not walk in lockstep with ${model.cfg}; no kit was written.\n`);
      return report.mismatches.length > 0 ? MISMATCH : NOT_CHECKED;
    }
    graphs.push({ cfg: model.cfg, edges: graph.edges, covered: report.edges.taken });
  }
  const sha256 = await sourceHash(place);
  const header = headerLine({ protocol, graphs, sha256, ...tallied(vectors) }, vectors);
  await write(flags.out, `${[header, ...lines].join("\n")}\n`, summary(protocol, vectors, graphs));
  return 0;
}

/** The configurations by these names, or the first that can be compared with a graph: the quick one. */
async function chosen({ spec, models }: Located, names: readonly string[] | undefined): Promise<ModelFile[]> {
  const all = (await modelsOf(spec)).filter(
    (model) =>
      model.purpose.kind === "good" &&
      exceptionOf(model, models) === undefined &&
      typeof models.modelOf(model.text) !== "string",
  );
  const wanted = names ?? all.slice(0, 1).map(({ cfg }) => cfg);
  const strange = wanted.find((name) => !all.some(({ cfg }) => cfg === name));
  const known = all.map(({ cfg }) => cfg).join(", ");
  if (strange !== undefined) {
    throw new UserError(`${models.protocol} cannot be walked beside ${strange}, but beside ${known}.`, BAD_INPUT);
  }
  if (wanted.length === 0) throw new UserError(`${models.protocol} has nothing to compare.`, NOT_CHECKED);
  return all.filter(({ cfg }) => wanted.includes(cfg));
}

function recorded(source: KitSource, models: readonly ModelFile[]): Recorded {
  const vectors = source.record(models.map(({ text }) => text));
  if (typeof vectors === "string")
    throw new UserError(`The closed system has no counterpart for ${vectors}.`, BAD_INPUT);
  const gaps = source.gaps(vectors);
  if (gaps.length === 0) return vectors;
  const cfgs = models.map(({ cfg }) => cfg).join(" and ");
  throw new UserError(`The vectors of ${cfgs} leave gaps: ${gaps.join("; ")}.`, NOT_CHECKED);
}

/** Walks a reducer that knows the vectors alone beside a graph; if that passes, they tell all that the walk needs. */
function covered(
  source: KitSource,
  vectors: Vectors,
  model: ModelFile,
  graph: StateGraph,
): Exclude<ReturnType<KitSource["conform"]>, string> {
  const progress = new ProgressLine(`${model.cfg}: coverage`);
  const began = performance.now();
  try {
    const report = source.conform(vectors, model.text, graph, {
      keep: 1,
      progress: ({ worlds, tries }) => {
        const rate = Math.round(tries / ((performance.now() - began) / 1000));
        progress.tell(`${count(worlds)} worlds, ${count(tries)} moves tried, ${count(rate)}/s`);
      },
    });
    if (typeof report === "string") throw new TypeError(`${model.cfg} was recorded, and cannot be opened: ${report}`);
    return report;
  } finally {
    progress.done();
  }
}

function summary(protocol: string, vectors: Recorded, graphs: KitHeader["graphs"]): string {
  const { took, refused } = tallied(vectors);
  const reasons = Object.values(refused).flatMap(Object.keys).length;
  const beside = vectors.steps.length - vectors.walked;
  return [
    `${count(vectors.initials.length)} initial vectors and ${count(vectors.steps.length)} steps, ${count(beside)} of them beside the closed system`,
    ...(hasStrange(vectors) ? [] : [`WARNING: ${NOTHING_STRANGE}`]),
    ...Object.entries(took).map(([action, number]) => `  ${action}: taken ${count(number)}`),
    ...Object.entries(refused).map(
      ([action, conjuncts]) =>
        `  ${action}: refused because of ${Object.entries(conjuncts)
          .map(([conjunct, number]) => `${conjunct} ${count(number)}`)
          .join(", ")}`,
    ),
    ...graphs.map((graph) => `  ${graph.cfg}: ${count(graph.covered)} of ${count(graph.edges)} edges`),
    `PASS ${protocol}: all edges of ${graphs.length} ${graphs.length === 1 ? "graph" : "graphs"} and ${reasons} refusals`,
  ].join("\n");
}

const NOTHING_STRANGE =
  "no event is offered but those of the closed system, so a port that takes anything malformed or strange would pass.";

/** Whether a node is ever asked what its closed system would never ask: `besides` of the kit is where that comes from. */
function hasStrange({ steps, walked }: Recorded): boolean {
  const asked = new Set(steps.slice(0, walked).map(({ event }) => event));
  return steps.some(({ event }) => !asked.has(event));
}

async function write(out: string, text: string, said: string): Promise<void> {
  if (out === "-") {
    await print(text);
    process.stderr.write(`${said}\n`);
  } else {
    await writeWhole(out, text);
    await print(`${said}\n`);
  }
}
