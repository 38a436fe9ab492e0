import type { StateGraph } from "../../../tla/graph/graph.ts";
import { canonical, compareTexts } from "../../../tla/values/canonical.ts";
import type { TlaValue } from "../../../tla/values/value.ts";
import type { Refinement, SpecAction } from "../contract.ts";
import { Interner } from "../intern.ts";

/**
 * Where worlds and steps are in a graph. States and edges have numbers that depend on nothing but the graph, not on the
 * order in which TLC wrote it, so that what two processes hit adds up; parallel edges that say the same have one.
 */
export class GraphMap<W, M> {
  readonly graph: StateGraph;
  readonly #refinement: Refinement<W, M>;
  readonly #interner = new Interner();
  /** The node of each world that was met, by the interner's number. */
  readonly #nodes = new Map<number, number | undefined>();
  readonly #states: Int32Array;
  readonly #edges: Int32Array;
  #back: { readonly starts: Int32Array; readonly sources: Int32Array } | undefined;
  /** How many different edges there are. */
  readonly size: number;

  constructor(graph: StateGraph, refinement: Refinement<W, M>) {
    this.graph = graph;
    this.#refinement = refinement;
    const order = sortedNodes(graph);
    this.#states = new Int32Array(graph.states);
    for (const [rank, node] of order.entries()) this.#states[node] = rank;
    this.#edges = new Int32Array(graph.edges);
    let size = 0;
    for (const node of order) size = this.#numberEdges(node, size);
    this.size = size;
  }

  /** The node that a world shows, if there is one. */
  node(world: W): number | undefined {
    const number = this.#interner.number(world);
    if (!this.#nodes.has(number)) this.#nodes.set(number, this.graph.find(this.#refinement.view(world)));
    return this.#nodes.get(number);
  }

  /** The number of a node's state. */
  state(node: number): number {
    return this.#states[node] as number;
  }

  /** The number of an edge of the graph. */
  edge(edge: number): number {
    return this.#edges[edge] as number;
  }

  /** The numbers of all edges that a move takes from a node to another; undefined where the graph has no such way. */
  taken(from: number, actions: readonly SpecAction[], to: number): readonly number[] | undefined {
    const [action, ...rest] = actions;
    if (action === undefined) return from === to ? [] : undefined;
    const { graph } = this;
    const end = graph.first(from + 1);
    let all: readonly number[] | undefined;
    for (let edge = graph.first(from); edge < end; edge++) {
      if (rest.length === 0 && graph.target(edge) !== to) continue;
      if (!this.#fits(edge, action)) continue;
      const more = this.taken(graph.target(edge), rest, to);
      if (more !== undefined) all = [...(all ?? []), this.edge(edge), ...more];
    }
    return all;
  }

  /**
   * For each node how many steps it takes at least before an edge can be taken that is not among these; as many as
   * there are nodes where none can be reached.
   */
  distances(hit: ReadonlySet<number>): Int32Array {
    const { graph } = this;
    const { starts, sources } = this.#backwards();
    const distances = new Int32Array(graph.states).fill(graph.states);
    const queue = new Int32Array(graph.states);
    let length = 0;
    for (let node = 0; node < graph.states; node++) {
      for (let edge = graph.first(node); edge < graph.first(node + 1); edge++) {
        if (hit.has(this.edge(edge)) || distances[node] === 0) continue;
        distances[node] = 0;
        queue[length++] = node;
      }
    }
    for (let at = 0; at < length; at++) {
      const node = queue[at] as number;
      const further = (distances[node] as number) + 1;
      for (let from = starts[node] as number; from < (starts[node + 1] as number); from++) {
        const source = sources[from] as number;
        if ((distances[source] as number) <= further) continue;
        distances[source] = further;
        queue[length++] = source;
      }
    }
    return distances;
  }

  #backwards(): { readonly starts: Int32Array; readonly sources: Int32Array } {
    if (this.#back !== undefined) return this.#back;
    const { graph } = this;
    const starts = new Int32Array(graph.states + 1);
    for (let edge = 0; edge < graph.edges; edge++)
      starts[graph.target(edge) + 1] = (starts[graph.target(edge) + 1] as number) + 1;
    for (let node = 0; node < graph.states; node++)
      starts[node + 1] = (starts[node + 1] as number) + (starts[node] as number);
    const next = starts.slice();
    const sources = new Int32Array(graph.edges);
    for (let node = 0; node < graph.states; node++) {
      for (let edge = graph.first(node); edge < graph.first(node + 1); edge++) {
        const target = graph.target(edge);
        sources[next[target] as number] = node;
        next[target] = (next[target] as number) + 1;
      }
    }
    this.#back = { starts, sources };
    return this.#back;
  }

  #fits(edge: number, { name, args }: SpecAction): boolean {
    if (this.graph.actions[this.graph.action(edge)] !== name) return false;
    const labelled = this.graph.args(edge);
    return labelled === undefined || args === undefined || textOf(labelled) === textOf(args);
  }

  #numberEdges(node: number, from: number): number {
    const { graph } = this;
    const edges = Array.from({ length: graph.first(node + 1) - graph.first(node) }, (_, at) => graph.first(node) + at);
    const texts = new Map(
      edges.map((edge) => {
        const action = graph.actions[graph.action(edge)];
        const args = graph.args(edge);
        return [edge, JSON.stringify([action, this.state(graph.target(edge)), args && textOf(args)])];
      }),
    );
    const distinct = [...new Set(texts.values())].sort();
    const numbers = new Map(distinct.map((text, at) => [text, from + at]));
    for (const [edge, text] of texts) this.#edges[edge] = numbers.get(text) ?? from;
    return from + distinct.length;
  }
}

function textOf(args: readonly TlaValue[]): string {
  return canonical({ "#tup": args });
}

function sortedNodes(graph: StateGraph): number[] {
  const texts = Array.from({ length: graph.states }, (_, node) => {
    const state = graph.state(node);
    return graph.variables.map((name) => canonical(state[name] as TlaValue)).join("\n");
  });
  return texts.map((_, node) => node).sort((one, other) => compareTexts(texts[one] ?? "", texts[other] ?? ""));
}
