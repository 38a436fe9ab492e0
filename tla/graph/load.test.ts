import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UserError } from "../errors.ts";
import type { TlcResult } from "../tlc/result.ts";
import { runTlc } from "../tlc/run.ts";
import type { StateGraph } from "./graph.ts";
import { type LoadOptions, loadGraph, type Totals } from "./load.ts";

async function* pieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  // One buffer for all pieces, as a reader of files has it.
  const buffer = Buffer.alloc(size);
  for (let at = 0; at < bytes.length; at += size) {
    yield buffer.subarray(0, bytes.copy(buffer, 0, at, at + size));
  }
}

function load(text: string, options: LoadOptions = {}, size = 7): Promise<StateGraph> {
  return loadGraph(pieces(text, size), options);
}

/** Every edge as a sentence, sorted. */
function sentences(graph: StateGraph): readonly string[] {
  const name = (node: number): string => JSON.stringify(graph.state(node));
  const all: string[] = [];
  for (let node = 0; node < graph.states; node += 1) {
    for (let edge = graph.first(node); edge < graph.first(node + 1); edge += 1) {
      const args = graph.args(edge);
      const action = `${graph.actions[graph.action(edge)]}${args === undefined ? "" : JSON.stringify(args)}`;
      all.push(`${name(node)} ${action} ${name(graph.target(edge))}`);
    }
  }
  return all.sort();
}

const HEAD = 'strict digraph DiskGraph {\nnodesep=0.35;\nsubgraph cluster_graph {\ncolor="white";\n';
const TAIL = "{rank = same; -1;}\n{rank = same; 2;}\n}\n}";
const COLORS = ',color="black",fontcolor="black"];\n';

/** As TLC 2.18 writes it. */
const SMALL = `${HEAD}-1 [label="/\\\\ y = 0\\n/\\\\ x = 1",style = filled]
-1 -> 2 [label="A"${COLORS}2 [label="/\\\\ y = 0\\n/\\\\ x = { 1,\\n  2 }"];
-1 -> 2 [label="A"${COLORS}-1 -> 2 [label="B"${COLORS}2 -> 2 [label="B"${COLORS}${TAIL}`;

const TOTALS: Totals = { generated: 5, distinct: 2 };

describe("loadGraph", () => {
  it("keeps parallel edges and self-loops, and sorts the variables", async () => {
    const graph = await load(SMALL, { actions: ["B", "A", "C"], totals: TOTALS });
    expect(graph).toMatchObject({
      variables: ["x", "y"],
      actions: ["B", "A", "C"],
      states: 2,
      edges: 4,
      initials: [0],
    });
    expect(sentences(graph)).toEqual([
      '{"x":1,"y":0} A {"x":{"#set":[1,2]},"y":0}',
      '{"x":1,"y":0} A {"x":{"#set":[1,2]},"y":0}',
      '{"x":1,"y":0} B {"x":{"#set":[1,2]},"y":0}',
      '{"x":{"#set":[1,2]},"y":0} B {"x":{"#set":[1,2]},"y":0}',
    ]);
  });

  it("loads the same graph whatever the size of the pieces", async () => {
    const whole = sentences(await load(SMALL, {}, 1 << 16));
    for (let size = 1; size < 120; size += 1) expect(sentences(await load(SMALL, {}, size))).toEqual(whole);
  });

  it("finds a state by its values, in whichever shape they are given", async () => {
    const graph = await load(SMALL);
    expect(graph.find({ y: { "#bigint": "0" }, x: { "#set": [2, 1, 2] } })).toBe(1);
    expect(graph.find({ y: 0, x: 1 })).toBe(0);
    expect(graph.find({ y: 0, x: 2 })).toBeUndefined();
    expect(graph.find({ y: 1, x: 1 })).toBeUndefined();
    expect(() => graph.find({ x: 1 })).toThrow(
      "The graph has the variables x, y, but a state was looked up that has x.",
    );
    expect(() => graph.find({ x: 1, y: 0, z: 0 })).toThrow(UserError);
  });

  it("reads the form that builds of 2026 write: arguments, tooltips, shapes of nodes", async () => {
    const graph = await load(`strict digraph DiskGraph {
node [shape=box,style=rounded]
nodesep=0.35;
subgraph cluster_graph {
color="white";
5 [label="x = <<>>",style = filled]
5 -> 6 [label="Send([to |-> \\"b,\\\\\\"\\"],<<1, m1>>)"${COLORS}6 [label="x = <<1>>",tooltip="x = <<1>>"];
6 -> 5 [label="Recv(1)"${COLORS}6 -> 5 [label="Reset"${COLORS}{rank = same; 5;}
}
}`);
    expect(sentences(graph)).toEqual([
      '{"x":{"#tup":[1]}} Recv[1] {"x":{"#tup":[]}}',
      '{"x":{"#tup":[1]}} Reset {"x":{"#tup":[]}}',
      '{"x":{"#tup":[]}} Send[{"to":"b,\\""},{"#tup":[1,{"#model":"m1"}]}] {"x":{"#tup":[1]}}',
    ]);
  });

  it("tells fingerprints of 64 bits apart to the last digit", async () => {
    const states = ["9223372036854775807", "9223372036854775806", "-9223372036854775807", "-9223372036854775808", "0"];
    const lines = states.map((id, index) => `${id} [label="x = ${index}",style = filled]\n`);
    expect((await load(`${HEAD}${lines.join("")}${TAIL}`)).states).toBe(5);
  });

  it("holds many states, edges and values: its tables grow", async () => {
    const count = 20_000;
    const id = (index: number): bigint => BigInt.asIntN(64, BigInt(index + 1) * 0x9e3779b97f4a7c15n);
    const lines = Array.from({ length: count }, (_, index) => {
      const state = `${id(index)} [label="/\\\\ a = <<${index}, \\"${index % 7}\\">>\\n/\\\\ b = ${index % 3}"`;
      const edge = `${id(index)} -> ${id((index * 7 + 1) % count)} [label="A${index % 1000}"${COLORS}`;
      return index === 0 ? `${state},style = filled]\n${edge}` : `${state}];\n${edge}`;
    });
    const graph = await load(
      `${HEAD}${lines.join("")}${TAIL}`,
      { totals: { generated: count + 1, distinct: count } },
      9973,
    );
    for (let index = 0; index < count; index += 1) {
      const node = graph.find({ a: { "#tup": [index, String(index % 7)] }, b: index % 3 }) ?? -1;
      expect(graph.first(node + 1) - graph.first(node)).toBe(1);
      expect(graph.actions[graph.action(graph.first(node))]).toBe(`A${index % 1000}`);
      expect(graph.state(graph.target(graph.first(node)))["a"]).toEqual({
        "#tup": [(index * 7 + 1) % count, String(((index * 7 + 1) % count) % 7)],
      });
    }
  });

  it("reports how far it is", async () => {
    const seen: number[] = [];
    await load(SMALL, { onProgress: ({ bytes, states, edges }) => seen.push(bytes, states, edges) }, 1 << 16);
    expect(seen).toEqual([SMALL.length, 2, 4]);
  });

  it("says in one sentence why a file cannot be read", async () => {
    await expect(loadGraph(join(tmpdir(), "lockstep-there-is-no-such.dot"))).rejects.toThrow("there is no such file");
    await expect(loadGraph(tmpdir())).rejects.toThrow("it is a directory");
  });

  it.each<[string, string, string, LoadOptions?]>([
    ["an empty file", "", "The dump is empty."],
    ["a file of blank lines", "\n\n", "The dump is empty."],
    ["what is no dump", "hello\n", "is no graph that TLC wrote"],
    ["a line of numbers", "1 2 3\n", "is no graph that TLC wrote"],
    ["a dump of a run that failed", HEAD, "is truncated: its closing brace is missing"],
    ["one closing brace too few", SMALL.slice(0, -2), "is truncated"],
    ["a dump cut within a state", SMALL.slice(0, SMALL.indexOf("{ 1")), "is truncated"],
    ["a dump cut within an edge", SMALL.slice(0, SMALL.indexOf('"B"')), "is truncated"],
    ["a dump cut within a rank", SMALL.slice(0, -12), "is truncated"],
    ["something after the end", `${SMALL}\n}`, "something after the closing brace"],
    ["a line that TLC does not write", SMALL.replace("nodesep", "hello"), "line 2: nothing that TLC writes"],
    ["no states", `${HEAD}}\n}`, "holds no state"],
    ["a state that is only named", SMALL.replace(/^2 \[.*\n/m, ""), "names 2 nodes but describes 1 of them, not 2"],
    ["a state given twice", SMALL.replace(/^2 \[.*\n/m, "$&$&"), "line 8: a state that was given before"],
    ["an edge labelled Next", SMALL.replaceAll('"A"', '"Next"'), "line 6: an edge labelled Next"],
    ["an edge labelled Next with arguments", SMALL.replaceAll('"A"', '"Next(1)"'), "an edge labelled Next"],
    ["an unknown action", SMALL, "the action A is none of B, C", { actions: ["B", "C"] }],
    ["a dump without actionlabels", SMALL.replaceAll(/label="[AB]"/g, 'label=""'), "dump with -dump dot,actionlabels"],
    ["an edge without attributes", SMALL.replace(/ \[label="A".*;/, ";"), "an edge without a label"],
    [
      "a stuttering edge",
      SMALL.replace(/ \[label="A".*;/, ' [style="dashed",color="lightgray"];'),
      "an edge without a label",
    ],
    ["arguments that are no values", SMALL.replaceAll('"A"', '"A(1,)"'), "line 6: Not a TLA+ value"],
    [
      "an excluded state",
      SMALL.replace('2 }"];', '2 }",tooltip="",style = filled, fillcolor=lightyellow];'),
      "constraint",
    ],
    ["a label that is not closed", SMALL.replace('"A"', '"A'), "line 6: an edge that does not end as TLC ends it"],
    ["a state that is not closed", SMALL.replace('2 }"];', "2 }"), "line 7: a label that is not closed on its line"],
    ["a state that is no value", SMALL.replace("y = 0", "y = ]"), "line 5: Not a TLA+ value"],
    ["a later state that is no value", SMALL.replace("2 }", "2 ]"), 'variable x: Not a TLA+ value: expected "}"'],
    ["a value nested too deep", SMALL.replace("{ 1,", "{".repeat(300)), "nothing nested deeper than 256"],
    [
      "a state with one variable fewer",
      SMALL.replace('"/\\\\ y = 0\\n/\\\\ x = { 1', '"/\\\\ x = { 1'),
      "variables y, x in this order",
    ],
    ["a state with one variable more", SMALL.replace('2 }"', '2 }\\n/\\\\ z = 1"'), "variables y, x in this order"],
    ["a state under two fingerprints", SMALL.replace("{ 1,\\n  2 }", "1"), "two nodes have the state x = 1, y = 0"],
    ["a fingerprint too long", SMALL.replaceAll("2 ->", "99999999999999999999 ->"), "no integer of 64 bits"],
    ["a fingerprint of 65 bits", SMALL.replaceAll("2 ->", "9999999999999999999 ->"), "no integer of 64 bits"],
    ["a fingerprint without digits", SMALL.replaceAll("2 ->", "- ->"), "no integer of 64 bits"],
    ["more distinct states than there are", SMALL, "holds 2 states, but TLC found 3", { totals: { distinct: 3 } }],
    [
      "fewer edges than TLC generated",
      SMALL,
      "holds 4 edges, but TLC generated 6 states of which 1 are initial",
      {
        totals: { ...TOTALS, generated: 6 },
      },
    ],
    [
      "fewer initial states than there are",
      SMALL,
      "holds 1 initial states, but TLC generated 0",
      { totals: { ...TOTALS, initial: 0 } },
    ],
  ])("refuses %s with one sentence", async (_, text, sentence, options) => {
    const error: unknown = await load(text, options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ exitCode: 64 });
    expect(String(error)).toContain(sentence);
    expect(String(error)).not.toContain("\n");
  });
});

const TWO_PHASE = `---- MODULE TwoPhase ----
EXTENDS Naturals
CONSTANTS N, alice
VARIABLES rm, tm, heard, note
vars == <<rm, tm, heard, note>>
RM == 1..N
Init == rm = [r \\in RM |-> "working"] /\\ tm \\in {"init"} /\\ heard = {} /\\ (note = <<>> \\/ note = <<>>)
Prepare(r) == rm[r] = "working" /\\ rm' = [rm EXCEPT ![r] = "prepared"] /\\ UNCHANGED <<tm, heard, note>>
Abandon(r) == rm[r] = "working" /\\ rm' = [rm EXCEPT ![r] = "aborted"] /\\ UNCHANGED <<tm, heard, note>>
Hear(r) == tm = "init" /\\ rm[r] = "prepared" /\\ heard' = heard \\cup {r} /\\ UNCHANGED <<rm, tm, note>>
Commit == tm = "init" /\\ heard = RM /\\ tm' = "committed" /\\ note' = <<"say \\"so\\"\\n/\\\\ x = 1", alice>> /\\ UNCHANGED <<rm, heard>>
Abort == tm = "init" /\\ tm' = "aborted"
  /\\ note' = [i \\in RM |-> [why |-> "back\\\\slash \\\\n", who |-> {alice}, long |-> 1..30]] /\\ UNCHANGED <<rm, heard>>
Obey(r) == tm # "init" /\\ rm' = [rm EXCEPT ![r] = tm] /\\ UNCHANGED <<tm, heard, note>>
Next == Commit \\/ Abort \\/ \\E r \\in RM : Prepare(r) \\/ Abandon(r) \\/ Hear(r) \\/ Obey(r)
Spec == Init /\\ [][Next]_vars
Small == tm = "init"
====
`;

/** Its initial predicate generates the one initial state twice. */
const INITIAL = 2;

const ACTIONS = ["Abandon", "Abort", "Commit", "Hear", "Obey", "Prepare"];

describe("a dump of TLC", () => {
  let folder = "";
  let dump = "";
  let result: TlcResult | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lockstep-load-"));
    dump = join(folder, "graph.dot");
    result = await check("", dump);
  });

  afterAll(() => rm(folder, { recursive: true }));

  async function check(more: string, file: string): Promise<TlcResult> {
    const spec = join(folder, "TwoPhase.tla");
    await writeFile(spec, TWO_PHASE);
    await writeFile(
      join(folder, "TwoPhase.cfg"),
      `CONSTANTS N = 3\nalice = alice\nSPECIFICATION Spec\nCHECK_DEADLOCK FALSE\n${more}`,
    );
    return runTlc({ spec, dump: file, workers: 2 });
  }

  function totals(): Totals {
    const { generated, distinct } = result ?? {};
    if (generated === undefined || distinct === undefined) throw new Error("TLC gave no totals");
    return { generated, distinct, initial: INITIAL };
  }

  it("has one edge for each state generated but the initial ones, repeated initial states counted", async () => {
    const graph = await loadGraph(dump, { actions: ACTIONS, totals: totals() });
    expect(graph.states).toBe(result?.distinct);
    expect(graph.edges).toBe((result?.generated ?? 0) - INITIAL);
    expect(graph.edges).toBeGreaterThan(graph.states);
    expect(graph.initials).toEqual([
      graph.find({
        heard: { "#set": [] },
        note: {},
        rm: { "#tup": ["working", "working", "working"] },
        tm: "init",
      }),
    ]);
    await expect(loadGraph(dump, { totals: { ...totals(), initial: 1 } })).rejects.toThrow("generated");
  });

  it("finds every state again, and every string with quotes, backslashes and line breaks", async () => {
    const graph = await loadGraph(dump);
    for (let node = 0; node < graph.states; node += 1) expect(graph.find(graph.state(node))).toBe(node);
    const notes = new Set(Array.from({ length: graph.states }, (_, node) => JSON.stringify(graph.state(node)["note"])));
    const range = Array.from({ length: 30 }, (_, index) => index + 1);
    const aborted = { long: { "#set": range }, who: { "#set": [{ "#model": "alice" }] }, why: "back\\slash \\n" };
    expect(notes).toEqual(
      new Set([
        '{"#tup":[]}',
        JSON.stringify({ "#tup": ['say "so"\n/\\ x = 1', { "#model": "alice" }] }),
        JSON.stringify({ "#tup": [aborted, aborted, aborted] }),
      ]),
    );
  });

  it("has exactly the steps of the specification", async () => {
    const graph = await loadGraph(dump);
    let compared = 0;
    for (let node = 0; node < graph.states; node += 1) {
      const before = graph.state(node);
      const rm = (before["rm"] as { "#tup": string[] })["#tup"];
      const expected = new Map(ACTIONS.map((action) => [action, 0]));
      const count = (action: string, times: number): unknown => expected.set(action, times);
      const working = rm.filter((it) => it === "working").length;
      count("Prepare", working);
      count("Abandon", working);
      if (before["tm"] === "init") {
        count("Abort", 1);
        count("Hear", rm.filter((it) => it === "prepared").length);
        count("Commit", (before["heard"] as { "#set": unknown[] })["#set"].length === 3 ? 1 : 0);
      } else count("Obey", 3);
      const found = new Map(ACTIONS.map((action) => [action, 0]));
      for (let edge = graph.first(node); edge < graph.first(node + 1); edge += 1) {
        const action = graph.actions[graph.action(edge)] ?? "";
        found.set(action, (found.get(action) ?? 0) + 1);
        compared += 1;
      }
      expect(found).toEqual(expected);
    }
    expect(compared).toBe(graph.edges);
  });

  it("is refused when one edge is dropped, as the option strict of newer builds does", async () => {
    const lines = (await readFile(dump, "utf8")).split("\n");
    const dropped = lines.findIndex((line) => / -> .*\[label="Obey\b/.test(line));
    expect(dropped).toBeGreaterThan(0);
    const text = lines.toSpliced(dropped, 1).join("\n");
    await expect(load(text, { totals: totals() }, 1 << 16)).rejects.toThrow("the option strict dropped edges");
    expect((await load(text, {}, 1 << 16)).edges).toBe((result?.generated ?? 0) - INITIAL - 1);
  });

  it("of a constrained model has fewer edges than were generated, and loads without that total", async () => {
    const file = join(folder, "small.dot");
    const small = await check("CONSTRAINT Small\n", file);
    const distinct = small.distinct ?? 0;
    await expect(
      loadGraph(file, { totals: { distinct, initial: INITIAL, generated: small.generated } }),
    ).rejects.toThrow("a constraint cut steps away");
    expect((await loadGraph(file, { totals: { distinct, initial: INITIAL } })).states).toBe(distinct);
  });

  it("is refused when what tells states apart is hidden", async () => {
    const text = await readFile(dump, "utf8");
    const merged = text.replaceAll('\\"prepared\\"', '\\"working\\"');
    expect(merged).not.toBe(text);
    await expect(load(merged, {}, 1 << 16)).rejects.toThrow("two nodes have the state");
  });
});
