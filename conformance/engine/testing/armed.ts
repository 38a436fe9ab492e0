import type { ClosedSystem, Refinement } from "../contract.ts";

/** A counter that is armed unseen before it counts, and that starts at 0 or at 5. */
export interface World {
  readonly n: number;
  readonly armed: boolean;
}
export type Move = "arm" | "count" | "skip";

export const system: ClosedSystem<World, Move> = {
  initials: () => [
    { n: 0, armed: false },
    { n: 5, armed: false },
  ],
  moves: () => ["arm", "count", "skip"],
  apply: (world, move) => {
    if (move === "arm") return { kind: "took", world: { ...world, armed: true } };
    if (move === "skip") return { kind: "took", world: { n: world.n + 2, armed: false } };
    if (!world.armed) return { kind: "refused", because: "armed" };
    return { kind: "took", world: { n: world.n + 1, armed: false } };
  },
};
export const onto: Refinement<World, Move> = {
  module: "Counter",
  actions: ["Count", "Skip"],
  view: ({ n }) => ({ n }),
  moved: (_, move) => (move === "arm" ? [] : [{ name: move === "count" ? "Count" : "Skip" }]),
};
