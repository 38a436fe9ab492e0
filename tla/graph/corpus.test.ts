import { describe, expect, it } from "vitest";
import { UserError } from "../errors.ts";
import { buildGraph, type GraphParts } from "./build.ts";
import { type CorpusOrigin, loadCorpus, readCorpus, writeCorpus } from "./corpus.ts";
import type { StateGraph } from "./graph.ts";

const ORIGIN: CorpusOrigin = {
  module: "Clock",
  sha256: "0".repeat(64),
  cfg: "Clock.cfg",
  tlc: "2.18 of 20 March 2023",
};

const PARTS: GraphParts = {
  variables: ["y", "x"],
  actions: ["Tick", "Reset", "Never"],
  states: [
    { x: 10, y: { "#set": ["b", "a"] } },
    { x: 9, y: "a" },
    { x: 9, y: { __proto__x: 1 } },
  ],
  initials: [1, 0],
  edges: [
    { source: 0, action: "Tick", target: 1 },
    { source: 0, action: "Tick", target: 1 },
    { source: 2, action: "Reset", args: [], target: 2 },
    { source: 1, action: "Tick", args: [1, { "#tup": ["a, b"] }], target: 2 },
  ],
};

const TEXT = `${[
  `{"format":"lockstep-graph","version":1,"origin":${JSON.stringify(ORIGIN)},"variables":["x","y"],"actions":["Never","Reset","Tick"],"values":[2,3],"states":3,"edges":4,"initials":[0,2]}`,
  '"9"',
  '"10"',
  '"\\"a\\""',
  '"[__proto__x |-> 1]"',
  '"{\\"a\\", \\"b\\"}"',
  "[0,0]",
  "[0,1]",
  "[1,2]",
  '[0,2,1,"1, <<\\"a, b\\">>"]',
  '[1,1,1,""]',
  "[2,2,0]",
  "[2,2,0]",
].join("\n")}\n`;

function permuted({ states, initials, edges, ...rest }: GraphParts): GraphParts {
  const move = (node: number): number => states.length - 1 - node;
  return {
    ...rest,
    variables: rest.variables.toReversed(),
    actions: rest.actions.toReversed(),
    states: states.toReversed(),
    initials: initials.map(move).reverse(),
    edges: edges.map((edge) => ({ ...edge, source: move(edge.source), target: move(edge.target) })).reverse(),
  };
}

describe("buildGraph", () => {
  const graph = buildGraph(PARTS);

  it("numbers nodes as given and groups the edges by source", () => {
    expect(graph).toMatchObject({ variables: ["x", "y"], states: 3, edges: 4, initials: [1, 0] });
    expect([0, 1, 2, 3].map((node) => graph.first(node))).toEqual([0, 2, 3, 4]);
    expect(edges(graph)).toEqual([
      [0, "Tick", 1, undefined],
      [0, "Tick", 1, undefined],
      [1, "Tick", 2, [1, { "#tup": ["a, b"] }]],
      [2, "Reset", 2, []],
    ]);
    expect(PARTS.states.map((state) => graph.find(state))).toEqual([0, 1, 2]);
  });

  it("builds the empty graph", () => {
    const empty = buildGraph({ variables: ["x"], actions: [], states: [], initials: [], edges: [] });
    expect([empty.states, empty.edges, empty.find({ x: 1 })]).toEqual([0, 0, undefined]);
    expect(() => empty.state(0)).toThrow("the graph has no node 0");
  });

  it("refuses what does not fit together", () => {
    expect(() => buildGraph({ ...PARTS, initials: [3] })).toThrow("there is no node 3");
    expect(() => buildGraph({ ...PARTS, edges: [{ source: 0, action: "Tick", target: -1 }] })).toThrow(RangeError);
    expect(() => buildGraph({ ...PARTS, edges: [{ source: 0, action: "Tock", target: 1 }] })).toThrow("no action Tock");
    expect(() => buildGraph({ ...PARTS, states: [{ x: 1 }] })).toThrow(TypeError);
    expect(() => buildGraph({ ...PARTS, states: [{ x: 1, z: 1 }] })).toThrow("lacks the variable y");
    const twice = [
      { x: 1, y: 2 },
      { x: 1, y: 2 },
      { x: 0, y: 0 },
    ];
    expect(() => buildGraph({ ...PARTS, states: twice })).toThrow("two nodes have the state x = 1, y = 2");
  });
});

describe("a corpus", () => {
  it("is the same text however the graph is numbered", () => {
    expect(writeCorpus({ origin: ORIGIN, graph: buildGraph(PARTS) })).toBe(TEXT);
    expect(writeCorpus({ origin: ORIGIN, graph: buildGraph(permuted(PARTS)) })).toBe(TEXT);
  });

  it("reads back as the graph that was written", () => {
    const { origin, graph } = readCorpus(TEXT, "clock.graph");
    expect(origin).toEqual(ORIGIN);
    expect(writeCorpus({ origin, graph })).toBe(TEXT);
    expect(graph.initials).toEqual([0, 2]);
    expect(edges(graph)).toEqual([
      [0, "Tick", 1, [1, { "#tup": ["a, b"] }]],
      [1, "Reset", 1, []],
      [2, "Tick", 0, undefined],
      [2, "Tick", 0, undefined],
    ]);
  });

  const line = (number: number, replacement: string): string =>
    TEXT.split("\n")
      .toSpliced(number - 1, 1, replacement)
      .join("\n");
  const header = (from: string, to: string): string => TEXT.replace(from, to);
  it.each<[string, string, string]>([
    ["an empty file", "", "it is empty"],
    ["another file", "{}\n", "its first line is no header of the format lockstep-graph"],
    ["text", "hello", "its first line is no header"],
    ["another version", header('"version":1', '"version":2'), "it is of version 2, and only version 1 is known"],
    ["a hash that is none", header("0".repeat(64), "0"), "header.origin.sha256: expected 64 hexadecimal digits"],
    ["a field that is unknown", header('"version":1', '"version":1,"more":1'), "header: "],
    ["a variable twice", header('["x","y"]', '["x","x"]'), "a name is given twice"],
    ["counts of one variable only", header("[2,3]", "[5]"), "its header has not one count for each variable"],
    ["a huge count", header('"states":3', '"states":9007199254740991'), "lines after it, but 12 whole ones follow"],
    ["the last line missing", TEXT.slice(0, -8), "its header promises 12 lines after it, but 11 whole ones follow"],
    ["the last line cut", TEXT.slice(0, -1), "whole ones follow"],
    ["a line too many", `${TEXT}[2,2,0]\n`, "but 13 whole ones follow"],
    ["a line that is no JSON", line(7, "[0,"), "line 7: "],
    ["a value that is none", line(3, '"{"'), "Not a TLA+ value"],
    ["a state too short", line(7, "[0]"), "a state has more or fewer values than there are variables"],
    ["a value that is not there", line(7, "[0,3]"), "a state names a value of y that is not there"],
    ["a negative index", line(7, "[0,-1]"), "line 7.1: "],
    ["an edge to nowhere", line(13, "[2,2,3]"), "an edge names a state that is not there"],
    ["an edge of no action", line(13, "[2,3,0]"), "an edge names an action that is not there"],
    ["an initial state that is not there", header("[0,2]}", "[0,3]}"), "an initial state is not there"],
    ["an initial state twice", header("[0,2]}", "[0,0]}"), "an initial state is given twice"],
    ["the same state twice", line(8, "[0,0]"), "two nodes have the state"],
    ["states out of order", TEXT.replace("[0,0]\n[0,1]", "[0,1]\n[0,0]"), "it is not in the canonical form"],
    ["a value not in canonical form", line(6, '"{\\"b\\", \\"a\\"}"'), "it is not in the canonical form"],
    ["a value that no state has", line(8, "[1,0]"), "it is not in the canonical form"],
    ["white space", line(13, "[2,2, 0]"), "it is not in the canonical form"],
  ])("with %s is refused with one sentence", (_, text, sentence) => {
    expect(() => readCorpus(text, "clock.graph")).toThrow(UserError);
    expect(() => readCorpus(text, "clock.graph")).toThrow(/^clock\.graph/);
    expect(() => readCorpus(text, "clock.graph")).toThrow(sentence);
  });

  it("that is missing is refused with one sentence", async () => {
    await expect(loadCorpus("/there/is/no.graph")).rejects.toThrow("cannot be read: there is no such file");
  });
});

function edges(graph: StateGraph): readonly unknown[] {
  return Array.from({ length: graph.states }, (_, node) =>
    Array.from({ length: graph.first(node + 1) - graph.first(node) }, (_, index) => {
      const edge = graph.first(node) + index;
      return [node, graph.actions[graph.action(edge)], graph.target(edge), graph.args(edge)];
    }),
  ).flat();
}
