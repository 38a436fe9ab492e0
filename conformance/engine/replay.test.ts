import { describe, expect, it } from "vitest";
import { replayPath } from "./replay.ts";
import { onto, system } from "./testing/armed.ts";

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
