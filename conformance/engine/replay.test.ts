import { describe, expect, it } from "vitest";
import type { TlaState } from "../../tla/values/value.ts";
import type { ClosedSystem, Refinement } from "./contract.ts";
import { replayPath, replayTrace } from "./replay.ts";

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

function trace(...numbers: number[]): TlaState[] {
  return numbers.map((n) => ({ n: { "#bigint": String(n) } }));
}

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

describe("replaying a trace", () => {
  it("finds the moves, with those that change no view between them", () => {
    expect(replayTrace(system, onto, trace(5, 6, 8))).toEqual({
      kind: "replayed",
      path: { initial: 1, moves: ["arm", "count", "skip"] },
      actions: [[], [{ name: "Count" }], [{ name: "Skip" }]],
    });
  });

  it("needs no move for a state that is repeated", () => {
    expect(replayTrace(system, onto, trace(0, 0, 2, 2))).toMatchObject({ kind: "replayed", path: { moves: ["skip"] } });
  });

  it("is stuck at a first state that is not initial", () => {
    expect(replayTrace(system, onto, trace(4, 5))).toMatchObject({
      kind: "stuck",
      at: 0,
      differences: [{ at: "n", expected: "4", got: "0" }],
    });
  });

  it("is stuck at a state that no move leads to, and tells what comes nearest and what refused", () => {
    expect(replayTrace(system, onto, trace(0, 2, 5))).toEqual({
      kind: "stuck",
      at: 2,
      path: { initial: 0, moves: ["skip"] },
      refused: [{ move: "count", because: "armed" }],
      differences: [{ at: "n", expected: "5", got: "2" }],
    });
  });

  it("is stuck where the trace has another variable", () => {
    expect(replayTrace(system, onto, [{ n: 0, m: 1 }])).toMatchObject({ kind: "stuck", at: 0 });
  });

  it("is an error without states", () => {
    expect(() => replayTrace(system, onto, [])).toThrow(RangeError);
  });
});
