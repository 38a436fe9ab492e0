import type { SpecAction } from "../contract.ts";
import type { Breach } from "./game.ts";
import type { GraphMap } from "./graph-map.ts";

/** Where a run is in a graph. */
export class Place<W, M> {
  readonly #map: GraphMap<W, M>;
  #node = -1;

  constructor(map: GraphMap<W, M>) {
    this.#map = map;
  }

  /** The number of the state that the run is at. */
  get state(): number {
    return this.#map.state(this.#node);
  }

  began(world: W): Breach | undefined {
    const node = this.#map.node(world);
    if (node === undefined || !this.#map.graph.initials.includes(node)) {
      return { kind: "stray", says: "the graph has no such initial state" };
    }
    this.#node = node;
    return undefined;
  }

  /** The numbers of the edges that a step took, or why it is none of the graph's. */
  stepped(actions: readonly SpecAction[], after: W): readonly number[] | Breach {
    const names = actions.map(({ name }) => name).join(" then ") || "a stutter";
    const node = this.#map.node(after);
    if (node === undefined) return { kind: "stray", says: `${names} leads to a state that the graph does not have` };
    const edges = this.#map.taken(this.#node, actions, node);
    if (edges === undefined) return { kind: "stray", says: `${names} is no step of the graph at that state` };
    this.#node = node;
    return edges;
  }
}
