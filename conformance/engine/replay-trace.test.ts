import { describe, expect, it } from "vitest";
import type { TlaState } from "../../tla/values/value.ts";
import type { ClosedSystem, Refinement } from "./contract.ts";
import { stuckText } from "./replay-stuck.ts";
import { type Behaviour, replayTrace } from "./replay-trace.ts";
import { onto, system } from "./testing/armed.ts";

function states(...numbers: number[]): TlaState[] {
  return numbers.map((n) => ({ n: { "#bigint": String(n) } }));
}

function trace(...numbers: number[]): Behaviour {
  return { states: states(...numbers) };
}

describe("replaying a behaviour", () => {
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

  it("takes a step by the action that is named, and by no other", () => {
    const named = (action: string): Behaviour => ({ states: states(0, 2), actions: [undefined, action] });
    expect(replayTrace(system, onto, named("Skip"))).toMatchObject({ kind: "replayed", path: { moves: ["skip"] } });
    expect(replayTrace(system, onto, named("Count"))).toMatchObject({
      kind: "stuck",
      at: 1,
      nearest: { actions: [{ name: "Count" }], state: { n: 1 } },
    });
    // An action of a broken specification that the refinement has no name for says nothing.
    expect(replayTrace(system, onto, named("Leap"))).toMatchObject({ kind: "replayed" });
  });

  it("is stuck at a first state that is not initial", () => {
    expect(replayTrace(system, onto, trace(4, 5))).toMatchObject({
      kind: "stuck",
      at: 0,
      nearest: { actions: [], state: { n: 0 } },
      differences: [{ at: "n", expected: "4", got: "0" }],
    });
  });

  it("is stuck at a state that no move leads to, and tells what comes nearest and what refused", () => {
    const stuck = replayTrace(system, onto, trace(0, 2, 5));
    expect(stuck).toEqual({
      kind: "stuck",
      at: 2,
      round: 0,
      path: { initial: 0, moves: ["skip"] },
      actions: [[{ name: "Skip" }]],
      nearest: { actions: [], state: { n: 2 } },
      differences: [{ at: "n", expected: "5", got: "2" }],
      refused: [{ actions: ["Count"], because: "armed", times: 1, move: "count" }],
    });
    expect(stuck.kind === "stuck" && stuckText(stuck)).toEqual([
      "state 3 cannot be shown; the nearest differs in 1:",
      "  n: expected 5, got 2",
      "refused: Count because of armed",
    ]);
  });

  it("is stuck where the behaviour has another variable", () => {
    expect(replayTrace(system, onto, { states: [{ n: 0, m: 1 }] })).toMatchObject({ kind: "stuck", at: 0 });
  });

  it("is an error without states, or with a loop to none of them", () => {
    expect(() => replayTrace(system, onto, { states: [] })).toThrow(RangeError);
    expect(() => replayTrace(system, onto, { states: states(0), loop: { to: 1 } })).toThrow(RangeError);
  });
});

/** A light that goes on and off, and a count of its turns that nothing shows. */
interface Light {
  readonly on: boolean;
  readonly turns: number;
}

function light(turned: (turns: number) => number | undefined): ClosedSystem<Light, "turn"> {
  return {
    initials: () => [{ on: false, turns: 0 }],
    moves: () => ["turn"],
    apply: ({ on, turns }) => {
      const next = turned(turns);
      if (next === undefined) return { kind: "refused", because: "worn out" };
      return { kind: "took", world: { on: !on, turns: next } };
    },
  };
}

const ontoLight: Refinement<Light, "turn"> = {
  module: "Light",
  actions: ["Turn"],
  view: ({ on }) => ({ on }),
  moved: () => [{ name: "Turn" }],
};
const blinking: Behaviour = { states: [{ on: false }, { on: true }], loop: { to: 0, action: "Turn" } };

describe("replaying a lasso", () => {
  it("goes round until the world comes again, though the state did so before", () => {
    // The world repeats every six turns, which are three rounds of two.
    const replayed = replayTrace(
      light((turns) => (turns + 1) % 6),
      ontoLight,
      blinking,
    );
    expect(replayed).toMatchObject({ kind: "replayed", loop: { rounds: 3, from: 0 } });
    expect(replayed.path.moves).toHaveLength(6);
  });

  it("tells where the part begins that repeats, when the first rounds do not", () => {
    const replayed = replayTrace(
      light((turns) => Math.min(turns + 1, 4)),
      ontoLight,
      blinking,
    );
    expect(replayed).toMatchObject({ kind: "replayed", loop: { rounds: 3, from: 4 } });
  });

  it("is bounded where the world never comes again", () => {
    const counting = light((turns) => turns + 1);
    expect(replayTrace(counting, ontoLight, blinking, 20)).toMatchObject({ kind: "endless", rounds: 20 });
  });

  it("is stuck in a later round if that is where the system stops", () => {
    const wearing = light((turns) => (turns < 7 ? turns + 1 : undefined));
    const stuck = replayTrace(wearing, ontoLight, blinking);
    expect(stuck).toMatchObject({ kind: "stuck", at: 0, round: 4, refused: [{ because: "worn out" }] });
    expect(stuck.kind === "stuck" && stuckText(stuck)[0]).toContain("state 1 in round 4 cannot be shown");
  });

  it("needs nothing more for a behaviour that stutters for ever", () => {
    const still: Behaviour = { states: [{ on: false }, { on: true }], loop: { to: 1 } };
    const replayed = replayTrace(
      light((turns) => turns + 1),
      ontoLight,
      still,
    );
    expect(replayed).toMatchObject({ kind: "replayed", loop: { rounds: 1, from: 1 }, path: { moves: ["turn"] } });
  });

  it("does not take the way back by another action than the one that is named", () => {
    const renamed: Refinement<Light, "turn"> = {
      ...ontoLight,
      actions: ["On", "Off"],
      moved: ({ on }) => [{ name: on ? "Off" : "On" }],
    };
    const back = (action: string): Behaviour => ({ ...blinking, loop: { to: 0, action } });
    const simple = light(() => 0);
    expect(replayTrace(simple, renamed, back("Off")).kind).toBe("replayed");
    expect(replayTrace(simple, renamed, back("On"))).toMatchObject({ kind: "stuck", at: 0, round: 1 });
  });
});
