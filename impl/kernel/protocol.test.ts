import { describe, expect, it } from "vitest";
import { type Action, inPlace, pure, type Refused, refused, type Update } from "./protocol.ts";

interface State {
  readonly count: number;
  readonly log: readonly string[];
  readonly other: { readonly kept: true };
}

/** Counts up to a bound, and says what it was before. */
const count: Action<number, State, string, string, "Bounded"> = (bound, state, event) => {
  if (state.count >= bound) return refused("Bounded");
  const next = state.count + 1;
  return (draft) => {
    draft.count = next;
    draft.log.push(event);
    return [`was ${next - 1}`, `is ${next}`];
  };
};

function fresh(): State {
  return { count: 0, log: [], other: { kept: true } };
}

/** What an action makes of a state is given to a reading as it is. */
function counted(bound: number, state: State): Refused<"Bounded"> | Update<State, string> {
  return count(bound, state, "tick");
}

describe("the pure reading", () => {
  it("gives a new state and leaves the one that it was given, even a frozen one", () => {
    const before = Object.freeze(fresh());
    const outcome = pure("Count", before, counted(1, before));
    expect(outcome).toEqual({
      kind: "took",
      action: "Count",
      state: { count: 1, log: ["tick"], other: { kept: true } },
      effects: ["was 0", "is 1"],
    });
    expect(before).toEqual(fresh());
  });

  it("shares what did not change, and freezes what it gives", () => {
    const before = fresh();
    const outcome = pure("Count", before, counted(1, before));
    if (outcome.kind === "refused") throw new Error("refused");
    expect(outcome.state.other).toBe(before.other);
    expect(Object.isFrozen(outcome.state)).toBe(true);
    expect(Object.isFrozen(outcome.state.log)).toBe(true);
  });

  it("gives the very state back when the update assigns nothing", () => {
    const before = fresh();
    const outcome = pure("Look", before, () => ["seen"]);
    expect(outcome).toEqual({ kind: "took", action: "Look", state: before, effects: ["seen"] });
    expect(outcome.kind === "took" && outcome.state).toBe(before);
  });
});

describe("the reading in place", () => {
  it("changes the state that it was given and gives the same effects", () => {
    const own = fresh();
    const outcome = inPlace("Count", own, counted(1, own));
    expect(outcome).toEqual({ kind: "took", action: "Count", state: own, effects: ["was 0", "is 1"] });
    expect(outcome.kind === "took" && outcome.state).toBe(own);
    expect(own).toEqual({ count: 1, log: ["tick"], other: { kept: true } });
  });
});

describe.each([
  ["pure", pure],
  ["in place", inPlace],
] as const)("a refusal, %s", (_, reading) => {
  it("names the action and the conjunct, and changes nothing", () => {
    const state = fresh();
    expect(reading("Count", state, counted(0, state))).toEqual({
      kind: "refused",
      action: "Count",
      because: "Bounded",
    });
    expect(state).toEqual(fresh());
  });
});
