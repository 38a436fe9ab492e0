import { z } from "zod";
import { UserError } from "../errors.ts";
import { canonical, compareTexts } from "../values/canonical.ts";
import { readText } from "../values/file.ts";
import { parseValue, parseValues } from "../values/parse.ts";
import type { TlaValue } from "../values/value.ts";
import { buildGraph, type GraphEdge } from "./build.ts";
import type { StateGraph } from "./graph.ts";

/** Where a corpus comes from, so that it can be told stale and made again. */
export interface CorpusOrigin {
  readonly module: string;
  /** SHA-256 of the specification, in hexadecimal. */
  readonly sha256: string;
  /** Name of the configuration file. */
  readonly cfg: string;
  /** Version of TLC, as it prints it. */
  readonly tlc: string;
}

/** A graph small enough to be committed, with where it comes from. */
export interface Corpus {
  readonly origin: CorpusOrigin;
  readonly graph: StateGraph;
}

/**
 * Writes a graph as lines of JSON, the same bytes for every graph with the same states, edges and actions, however its
 * nodes are numbered: a header; for each variable its values, one a line, as canonical text; the states, each a list of
 * indices into those; the edges, each `[source, action, target]` and the arguments if there are any. All are sorted.
 */
export function writeCorpus({ origin, graph }: Corpus): string {
  const texts = Array.from({ length: graph.states }, (_, node) => {
    const state = graph.state(node);
    return graph.variables.map((name) => canonical(state[name] as TlaValue));
  });
  const values = graph.variables.map((_, index) =>
    [...new Set(texts.map((row) => row[index] ?? ""))].sort(compareTexts),
  );
  const numbers = values.map((column) => new Map(column.map((text, number) => [text, number])));
  const rows = texts.map((row) => row.map((text, index) => numbers[index]?.get(text) ?? 0));
  const order = rows.map((_, node) => node).sort((a, b) => compareRows(rows[a] ?? [], rows[b] ?? []));
  const places = new Map(order.map((node, place) => [node, place]));
  const place = (node: number): number => places.get(node) ?? 0;
  const actions = [...graph.actions].sort();
  const edges = order.flatMap((node, source) => edgeLines(graph, node, source, actions, place));
  const { module, sha256, cfg, tlc } = origin;
  const header: Header = {
    format: FORMAT,
    version: VERSION,
    origin: { module, sha256, cfg, tlc },
    variables: [...graph.variables],
    actions,
    values: values.map((column) => column.length),
    states: graph.states,
    edges: graph.edges,
    initials: graph.initials.map(place).sort((a, b) => a - b),
  };
  const lines = [header, ...values.flat(), ...order.map((node) => rows[node])].map((line) => JSON.stringify(line));
  return `${[...lines, ...edges].join("\n")}\n`;
}

/**
 * Reads a corpus from the text of a file; `name` is what errors call it.
 *
 * @throws UserError (64) with one sentence for what is no corpus, of another version, truncated, or not exactly what
 *   {@link writeCorpus} writes.
 */
export function readCorpus(text: string, name: string): Corpus {
  const fail = (what: string): never => {
    throw new UserError(`${name} is not a graph corpus: ${what}.`, 64);
  };
  if (text.trim() === "") return fail("it is empty");
  const lines = text.split("\n");
  const header = readHeader(lines[0] ?? "", fail);
  const { origin, variables, actions, values: sizes, initials } = header;
  const bodyLength = sizes.reduce((sum, size) => sum + size, 0) + header.states + header.edges;
  if (lines.length !== bodyLength + 2 || lines.at(-1) !== "") {
    return fail(`its header promises ${bodyLength} lines after it, but ${lines.length - 2} whole ones follow`);
  }
  let next = 1;
  const take = <T>(count: number, shape: z.ZodType<T>): readonly T[] => {
    const from = next;
    next += count;
    return lines.slice(from, next).map((line, index) => readLine(line, from + index + 1, shape, fail));
  };
  const values = sizes.map((size) => take(size, z.string()).map((value) => readValue(value, fail)));
  const states = take(header.states, z.array(INDEX)).map((row) => {
    if (row.length !== variables.length) fail("a state has more or fewer values than there are variables");
    const fields = variables.map((variable, index): [string, TlaValue] => [
      variable,
      values[index]?.[row[index] ?? 0] ?? fail(`a state names a value of ${variable} that is not there`),
    ]);
    return Object.fromEntries(fields);
  });
  const edges = take(header.edges, EDGE).map(([source, action, target, args]): GraphEdge => {
    if (source >= states.length || target >= states.length) fail("an edge names a state that is not there");
    const edge = { source, action: actions[action] ?? fail("an edge names an action that is not there"), target };
    return args === undefined ? edge : { ...edge, args: readArguments(args, fail) };
  });
  if (initials.some((node) => node >= states.length)) fail("an initial state is not there");
  const corpus = { origin, graph: buildGraph({ name, variables, actions, states, initials, edges }) };
  if (writeCorpus(corpus) !== text) fail("it is not in the canonical form in which it was written");
  return corpus;
}

/**
 * Reads a corpus from a file.
 *
 * @throws UserError (64) as {@link readCorpus} does, and where the file cannot be read.
 */
export async function loadCorpus(path: string): Promise<Corpus> {
  return readCorpus(await readText(path), path);
}

const FORMAT = "lockstep-graph";
const VERSION = 1;

const INDEX = z.int().min(0);

const NAMES = z
  .array(z.string().regex(/^[\w!]*[A-Za-z][\w!]*$/, "expected a name"))
  .refine(unique, "a name is given twice");

const HEADER = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  origin: z.strictObject({
    module: z.string(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, "expected 64 hexadecimal digits"),
    cfg: z.string(),
    tlc: z.string(),
  }),
  variables: NAMES.min(1),
  actions: NAMES,
  values: z.array(INDEX),
  states: INDEX,
  edges: INDEX,
  initials: z.array(INDEX).refine(unique, "an initial state is given twice"),
});

type Header = z.infer<typeof HEADER>;

const EDGE = z.union([z.tuple([INDEX, INDEX, INDEX]), z.tuple([INDEX, INDEX, INDEX, z.string()])]);

type Fail = (what: string) => never;

function readHeader(line: string, fail: Fail): Header {
  const json = parseJson(line);
  const version = HEADER.pick({ format: true }).extend({ version: z.number() }).loose().safeParse(json);
  if (!version.success) return fail(`its first line is no header of the format ${FORMAT}`);
  if (version.data.version !== VERSION) {
    return fail(`it is of version ${version.data.version}, and only version ${VERSION} is known`);
  }
  const header = HEADER.safeParse(json);
  if (!header.success) return fail(describe(header.error, "header"));
  if (header.data.values.length !== header.data.variables.length)
    fail("its header has not one count for each variable");
  return header.data;
}

function readLine<T>(line: string, number: number, shape: z.ZodType<T>, fail: Fail): T {
  const result = shape.safeParse(parseJson(line));
  return result.success ? result.data : fail(describe(result.error, `line ${number}`));
}

function describe(error: z.ZodError, where: string): string {
  const [issue] = error.issues;
  return `${[where, ...(issue?.path ?? [])].join(".")}: ${issue?.message ?? "invalid"}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readValue(text: string, fail: Fail): TlaValue {
  return named(() => parseValue(text), fail);
}

function readArguments(text: string, fail: Fail): readonly TlaValue[] {
  return text === "" ? [] : named(() => parseValues(text), fail);
}

function named<T>(read: () => T, fail: Fail): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof UserError) return fail(error.message.replace(/\.$/, ""));
    throw error;
  }
}

/** The lines of the edges that leave a node, sorted by action, target and arguments. */
function edgeLines(
  graph: StateGraph,
  node: number,
  source: number,
  actions: readonly string[],
  place: (node: number) => number,
): readonly string[] {
  const edges: { action: number; target: number; args: string | undefined }[] = [];
  for (let edge = graph.first(node); edge < graph.first(node + 1); edge += 1) {
    const action = actions.indexOf(graph.actions[graph.action(edge)] ?? "");
    edges.push({ action, target: place(graph.target(edge)), args: graph.args(edge)?.map(canonical).join(", ") });
  }
  edges.sort((a, b) => a.action - b.action || a.target - b.target || compareTexts(a.args ?? "", b.args ?? ""));
  return edges.map(({ action, target, args }) =>
    JSON.stringify(args === undefined ? [source, action, target] : [source, action, target, args]),
  );
}

function compareRows(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((number, index) => number !== b[index]);
  return differs < 0 ? 0 : (a[differs] ?? 0) - (b[differs] ?? 0);
}

function unique(items: readonly unknown[]): boolean {
  return new Set(items).size === items.length;
}
