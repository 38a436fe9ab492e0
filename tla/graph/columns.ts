import { UserError } from "../errors.ts";
import { canonical } from "../values/canonical.ts";
import { parseValue } from "../values/parse.ts";
import type { TlaState, TlaValue } from "../values/value.ts";
import type { StateGraph } from "./graph.ts";

/** Numbers the distinct values of one variable. */
export class Values {
  readonly #texts: string[] = [];
  readonly #numbers = new Map<string, number>();
  /** Filled as values are asked for, since most never are. */
  readonly #values: TlaValue[] = [];

  get size(): number {
    return this.#texts.length;
  }

  /** The number of the value with this canonical text, which is given one if it is new. */
  add(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#texts.length);
    return this.#texts.push(text) - 1;
  }

  number(text: string): number | undefined {
    return this.#numbers.get(text);
  }

  /** The canonical text of a value. */
  text(number: number): string {
    return this.#texts[number] ?? "";
  }

  value(number: number): TlaValue {
    this.#values[number] ??= parseValue(this.text(number));
    return this.#values[number];
  }
}

/** What an edge can be labelled with. */
export interface EdgeLabel {
  /** Index into the graph's actions. */
  readonly action: number;
  readonly args?: readonly TlaValue[];
}

/** A graph in columns. Nodes and edges are as in {@link StateGraph}. */
export interface Columns {
  /** What errors call the graph. */
  readonly name: string;
  readonly variables: readonly string[];
  readonly actions: readonly string[];
  readonly initials: readonly number[];
  /** For each variable, its values. */
  readonly values: readonly Values[];
  /** Numbers of values: those of node `n` are `cells[n · variables … (n + 1) · variables)`. */
  readonly cells: Int32Array;
  readonly first: Int32Array;
  readonly targets: Int32Array;
  readonly labels: readonly EdgeLabel[];
  /** For each edge, an index into `labels`. */
  readonly labelled: Int32Array;
}

/** Edges in the order in which they were found, which {@link groupBySource} groups. */
export interface EdgeLists {
  readonly sources: Int32Array;
  readonly targets: Int32Array;
  readonly labelled: Int32Array;
}

/** Puts the edges of each node side by side, keeping their order. */
export function groupBySource(nodes: number, edges: EdgeLists): Pick<Columns, "first" | "targets" | "labelled"> {
  const { sources } = edges;
  const first = new Int32Array(nodes + 1);
  for (const source of sources) first[source + 1] = (first[source + 1] ?? 0) + 1;
  for (let node = 0; node < nodes; node += 1) first[node + 1] = (first[node + 1] ?? 0) + (first[node] ?? 0);
  const next = first.slice();
  const targets = new Int32Array(sources.length);
  const labelled = new Int32Array(sources.length);
  for (let edge = 0; edge < sources.length; edge += 1) {
    const source = sources[edge] ?? 0;
    const place = next[source] ?? 0;
    next[source] = place + 1;
    targets[place] = edges.targets[edge] ?? 0;
    labelled[place] = edges.labelled[edge] ?? 0;
  }
  return { first, targets, labelled };
}

/**
 * The graph that the columns hold.
 *
 * @throws UserError (64) if two nodes have the same state, as where an ALIAS hides variables.
 */
export function columnGraph(columns: Columns): StateGraph {
  const { variables, actions, initials, values, cells, first, targets, labels, labelled } = columns;
  const width = variables.length;
  const states = first.length - 1;
  const nodes = new StateTable(cells, width, states);
  const twin = nodes.twin;
  if (twin !== undefined) {
    const text = variables.map((name, index) => `${name} = ${values[index]?.text(cells[twin * width + index] ?? 0)}`);
    throw new UserError(
      `${columns.name}: two nodes have the state ${text.join(", ")}, so its nodes are not whole states; does an ALIAS hide variables?`,
      64,
    );
  }
  const probe = new Int32Array(width);
  return {
    variables,
    actions,
    states,
    edges: targets.length,
    initials,
    find(state) {
      checkVariables(state, variables);
      for (let index = 0; index < width; index += 1) {
        const number = values[index]?.number(canonical(state[variables[index] ?? ""] as TlaValue));
        if (number === undefined) return undefined;
        probe[index] = number;
      }
      return nodes.find(probe);
    },
    state(node) {
      const part = (name: string, index: number): [string, TlaValue] => {
        const table = values[index];
        if (table === undefined || node < 0 || node >= states) throw new RangeError(`the graph has no node ${node}`);
        return [name, table.value(cells[node * width + index] ?? 0)];
      };
      return Object.freeze(Object.fromEntries(variables.map(part)));
    },
    first: (node) => first[node] ?? 0,
    action: (edge) => labels[labelled[edge] ?? 0]?.action ?? 0,
    target: (edge) => targets[edge] ?? 0,
    args: (edge) => labels[labelled[edge] ?? 0]?.args,
  };
}

function checkVariables(state: TlaState, variables: readonly string[]): void {
  const names = Object.keys(state);
  if (names.length === variables.length && variables.every((name) => Object.hasOwn(state, name))) return;
  throw new UserError(
    `The graph has the variables ${variables.join(", ")}, but a state was looked up that has ${names.sort().join(", ") || "none"}.`,
    64,
  );
}

/** Finds the node of a state by the numbers of its values. */
class StateTable {
  /** A node whose state another has as well. */
  readonly twin: number | undefined;
  readonly #cells: Int32Array;
  readonly #width: number;
  /** Open addressing; a slot holds a node plus one, so that zero is free. */
  readonly #slots: Int32Array;

  constructor(cells: Int32Array, width: number, states: number) {
    this.#cells = cells;
    this.#width = width;
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(states * 2 + 2)));
    for (let node = 0; node < states; node += 1) {
      const slot = this.#slot(cells, node * width);
      if (this.#slots[slot] !== 0) this.twin = node;
      else this.#slots[slot] = node + 1;
    }
  }

  find(numbers: Int32Array): number | undefined {
    const node = (this.#slots[this.#slot(numbers, 0)] ?? 0) - 1;
    return node < 0 ? undefined : node;
  }

  /** The slot of the state that starts at `from`, or the free one where it would be. */
  #slot(numbers: Int32Array, from: number): number {
    const mask = this.#slots.length - 1;
    let hash = 0;
    for (let index = 0; index < this.#width; index += 1) {
      hash = Math.imul(hash ^ (numbers[from + index] ?? 0), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    let slot = hash & mask;
    for (;;) {
      const node = (this.#slots[slot] ?? 0) - 1;
      if (node < 0 || this.#same(node * this.#width, numbers, from)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #same(start: number, numbers: Int32Array, from: number): boolean {
    for (let index = 0; index < this.#width; index += 1) {
      if (this.#cells[start + index] !== numbers[from + index]) return false;
    }
    return true;
  }
}
