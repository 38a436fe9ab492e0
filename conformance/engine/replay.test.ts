import { describe, expect, it } from "vitest";
import type { ClosedSystem, Refinement } from "./contract.ts";
import { replayPath } from "./replay.ts";

/** A counter that is armed unseen before it counts, and that starts at 0 or at 5. */
interface World {
  readonly n: number;
  readonly armed: boolean;
}
type Move = "arm" | "count" | "skip";

const system: ClosedSystem<World, Move> = {
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
const onto: Refinement<World, Move> = {
  module: "Counter",
  actions: ["Count", "Skip"],
  view: ({ n }) => ({ n }),
  moved: (_, move) => (move === "arm" ? [] : [{ name: move === "count" ? "Count" : "Skip" }]),
};

describe("replaying a path", () => {
  it("gives each world and its actions", () => {
    const replayed = replayPath(system, onto, { initial: 1, moves: ["arm", "count"] });
    expect(replayed).toEqual({
      initial: { n: 5, armed: false },
      steps: [
        { move: "arm", actions: [], world: { n: 5, armed: true } },
        { move: "count", actions: [{ name: "Count" }], world: { n: 6, armed: false } },
      ],
    });
  });

  it("stops at the move that is refused, with the conjunct", () => {
    const replayed = replayPath(system, onto, { initial: 0, moves: ["skip", "count", "arm"] });
    expect(replayed.steps).toHaveLength(1);
    expect(replayed.refused).toEqual({ move: "count", actions: [{ name: "Count" }], because: "armed" });
  });

  it("is an error from an initial world that is not there", () => {
    expect(() => replayPath(system, onto, { initial: 2, moves: [] })).toThrow(RangeError);
  });
});
