import type { StateGraph } from "../../tla/graph/graph.ts";
import { canonical } from "../../tla/values/canonical.ts";
import type { TlaValue } from "../../tla/values/value.ts";
import type { SpecAction } from "./contract.ts";

/** Marks an edge that only composed moves take, beyond their first edge. */
const PASSED = -1;

/**
 * The edges of a graph as the moves of one world after the other take them. Each world enters the node that it shows
 * under a stamp of its own, a positive number, so that nothing has to be cleared between two worlds.
 */
export class Edges {
  readonly #graph: StateGraph;
  readonly #labels: ReadonlyMap<string, number>;
  readonly #labelled: boolean;
  /** For each edge: the stamp of the last world from which a move took it, {@link PASSED}, or 0. */
  readonly #taken: Int32Array;
  /** For each label: the stamp of the last world at which the graph enabled it. */
  readonly #enabled: Int32Array;
  #node = -1;
  #stamp = 0;

  /** `names` gives each label its number: first the actions of the graph, then those that only the refinement names. */
  constructor(graph: StateGraph, names: readonly string[]) {
    this.#graph = graph;
    this.#labels = new Map(names.map((name, label) => [name, label]));
    this.#labelled = hasArguments(graph);
    this.#taken = new Int32Array(graph.edges);
    this.#enabled = new Int32Array(names.length);
  }

  /** The label that an action has; undefined for one that neither the graph nor the refinement names. */
  label(name: string): number | undefined {
    return this.#labels.get(name);
  }

  /** What labels an edge. */
  action(edge: number): SpecAction {
    const name = this.#graph.actions[this.#graph.action(edge)] as string;
    const args = this.#graph.args(edge);
    return args === undefined ? { name } : { name, args };
  }

  /** From now on the moves of another world are tried, which shows this node. */
  enter(node: number, stamp: number): void {
    this.#node = node;
    this.#stamp = stamp;
    const end = this.#graph.first(node + 1);
    for (let edge = this.#graph.first(node); edge < end; edge++) this.#enabled[this.#graph.action(edge)] = stamp;
  }

  /** Whether an edge with this label leaves the node. */
  isEnabled(label: number): boolean {
    return this.#enabled[label] === this.#stamp;
  }

  /** Whether a move of the world at hand took an edge. */
  isTakenHere(edge: number): boolean {
    return this.#taken[edge] === this.#stamp;
  }

  /** Whether some move of some world took an edge, or passed over it. */
  isTaken(edge: number): boolean {
    return this.#taken[edge] !== 0;
  }

  /** Whether some path with the labels of these actions, which all have one, leaves the node. */
  enable(actions: readonly SpecAction[]): boolean {
    const only = actions[0];
    if (only === undefined || actions.length > 1) return this.#leads(this.#node, actions, 0);
    if (!this.isEnabled(this.#labels.get(only.name) as number)) return false;
    return only.args === undefined || !this.#labelled || this.#leads(this.#node, actions, 0);
  }

  /** Takes every path with the labels of these actions from the node to the goal; whether there is one. */
  follow(actions: readonly SpecAction[], goal: number): boolean {
    return this.#follow(this.#node, actions, 0, goal);
  }

  #leads(node: number, actions: readonly SpecAction[], at: number): boolean {
    const action = actions[at];
    if (action === undefined) return true;
    const label = this.#labels.get(action.name) as number;
    const end = this.#graph.first(node + 1);
    for (let edge = this.#graph.first(node); edge < end; edge++) {
      if (this.#fits(edge, label, action.args) && this.#leads(this.#graph.target(edge), actions, at + 1)) return true;
    }
    return false;
  }

  #follow(node: number, actions: readonly SpecAction[], at: number, goal: number): boolean {
    const action = actions[at];
    if (action === undefined) return node === goal;
    const label = this.#labels.get(action.name) as number;
    const end = this.#graph.first(node + 1);
    let found = false;
    for (let edge = this.#graph.first(node); edge < end; edge++) {
      if (!this.#fits(edge, label, action.args)) continue;
      if (!this.#follow(this.#graph.target(edge), actions, at + 1, goal)) continue;
      found = true;
      if (at === 0) this.#taken[edge] = this.#stamp;
      else if (this.#taken[edge] === 0) this.#taken[edge] = PASSED;
    }
    return found;
  }

  #fits(edge: number, label: number, args: readonly TlaValue[] | undefined): boolean {
    if (this.#graph.action(edge) !== label) return false;
    if (args === undefined || !this.#labelled) return true;
    const labelled = this.#graph.args(edge);
    return labelled === undefined || canonical({ "#tup": labelled }) === canonical({ "#tup": args });
  }
}

function hasArguments(graph: StateGraph): boolean {
  for (let edge = 0; edge < graph.edges; edge++) if (graph.args(edge) !== undefined) return true;
  return false;
}
