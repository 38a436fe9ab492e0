import type { Refinement } from "../contract.ts";
import type { GraphMap } from "./graph-map.ts";

/** Prefers some steps to others. */
export interface Guide<W, M> {
  /** How far off what is wanted is: 0 where the step itself is wanted, less than infinity where it leads there. */
  rank(before: W, move: M, after: W): number;
  /** The same for a world to start at. */
  distance(world: W): number;
}

/** Guides to edges of a graph that are not hit; the ways to them are those of when it was made. */
export class TowardsUnhit<W, M> implements Guide<W, M> {
  readonly #map: GraphMap<W, M>;
  readonly #refinement: Refinement<W, M>;
  readonly #hit: ReadonlySet<number>;
  readonly #distances: Int32Array;

  constructor(map: GraphMap<W, M>, refinement: Refinement<W, M>, hit: ReadonlySet<number>) {
    this.#map = map;
    this.#refinement = refinement;
    this.#hit = hit;
    this.#distances = map.distances(hit);
  }

  rank(before: W, move: M, after: W): number {
    const [from, to] = [this.#map.node(before), this.#map.node(after)];
    const edges =
      from === undefined || to === undefined
        ? undefined
        : this.#map.taken(from, this.#refinement.moved(before, move), to);
    // A step that the graph does not have is what is wanted most.
    if (edges === undefined || edges.some((edge) => !this.#hit.has(edge))) return 0;
    return 1 + this.distance(after);
  }

  distance(world: W): number {
    const node = this.#map.node(world);
    return node === undefined ? 0 : (this.#distances[node] as number);
  }
}
