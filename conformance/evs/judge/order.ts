/** What stands in an order. `rank` is its place in a linear order of all that are held; places may be free. */
export interface Vertex {
  readonly kind: "message" | "sending" | "configuration" | "closure";
  rank: number;
  before: Vertex[];
  after: Vertex[];
  /** No longer held: nothing can come to stand before it, so that it is on no cycle. */
  gone: boolean;
}

/** A vertex that is in no order yet. */
export function unplaced<K extends Vertex["kind"]>(kind: K): Vertex & { readonly kind: K } {
  return { kind, rank: -1, before: NONE, after: NONE, gone: false };
}

/** What stands before and after a vertex that is in no order: never added to. */
export const NONE: Vertex[] = [];

/**
 * A graph that is kept acyclic edge by edge, with a linear order of its vertices: the algorithm of Pearce and Kelly (A
 * dynamic topological sort algorithm for directed acyclic graphs, 2006). An edge that goes forwards costs nothing; one
 * that goes backwards, what lies between its ends.
 */
export class Order {
  #next = 0;
  /** How many vertices are held. */
  size = 0;

  add(vertex: Vertex): void {
    this.size++;
    vertex.rank = this.#next++;
    vertex.before = [];
    vertex.after = [];
  }

  /** Puts one before another. False where that closes a cycle: the edge is then left out. */
  precede(one: Vertex, other: Vertex): boolean {
    if (one.gone || one.after.includes(other)) return true;
    if (one === other) return false;
    if (one.rank > other.rank) {
      const behind = reach(other, (vertex) => (vertex.rank <= one.rank ? vertex.after : []));
      if (behind.has(one)) return false;
      const ahead = reach(one, (vertex) => (vertex.rank >= other.rank ? vertex.before : []));
      reorder(
        [...ahead].filter(({ rank }) => rank >= other.rank),
        [...behind].filter(({ rank }) => rank <= one.rank),
      );
    }
    one.after.push(other);
    other.before.push(one);
    return true;
  }

  /** Takes a vertex out; what stood before it stands before what stood after it. */
  remove(vertex: Vertex): void {
    for (const one of vertex.before) remove(one.after, vertex);
    for (const other of vertex.after) remove(other.before, vertex);
    for (const one of vertex.before) for (const other of vertex.after) this.precede(one, other);
    vertex.gone = true;
    this.size--;
    vertex.before = NONE;
    vertex.after = NONE;
  }
}

/** All that can be reached, with where it began. */
export function reach(from: Vertex, next: (vertex: Vertex) => readonly Vertex[]): Set<Vertex> {
  const seen = new Set([from]);
  // A set goes through what is added to it while it is gone through.
  for (const vertex of seen) for (const other of next(vertex)) seen.add(other);
  return seen;
}

/** Gives the places of both to the first and then the second, each in the order that it had. */
function reorder(first: readonly Vertex[], second: readonly Vertex[]): void {
  const byRank = (one: Vertex, other: Vertex): number => one.rank - other.rank;
  const vertices = [...first.toSorted(byRank), ...second.toSorted(byRank)];
  const ranks = vertices.map(({ rank }) => rank).sort((one, other) => one - other);
  for (const [at, vertex] of vertices.entries()) vertex.rank = ranks[at] ?? vertex.rank;
}

function remove(list: Vertex[], vertex: Vertex): void {
  const at = list.indexOf(vertex);
  if (at >= 0) list.splice(at, 1);
}
