import { describe, expect, it } from "vitest";
import {
  type CommittingSet,
  type Event,
  evs,
  isWellFormed,
  problems,
  type Refusal,
  type State,
  start,
} from "./index.ts";

const config = { processes: ["p", "q", "r"] };
const together = start(config, [["p", "q", "r"]]).state;

function taken(state: State, ...events: readonly Event[]): State {
  return events.reduce((now, event) => {
    const outcome = evs.step(config, now, event);
    if (outcome.kind === "refused") throw new Error(`${event.type} was refused: ${outcome.because}`);
    return outcome.state;
  }, state);
}

const send = (process: string, service: "agreed" | "safe", at: number): Event => ({
  ...{ type: "SEND", process, service, body: 0, at },
});
const all = ["p", "q", "r"];
const set = (change: Partial<CommittingSet> = {}): CommittingSet => ({
  ...{ members: all, acknowledge: all, held: 0, bound: 0 },
  ...change,
});
const form = (sets: readonly CommittingSet[], members: readonly string[] = all, number = 1): Event => ({
  ...{ type: "FORM", members, number, sets },
});

const crashed = taken(together, { type: "CRASH", process: "r" });
const leaving = taken(together, form([set()]));
const moved = taken(leaving, { type: "MOVE", process: "p" });
const stuck = taken(together, form([set({ acknowledge: ["q"] })]));
const twoSafe = taken(together, send("p", "safe", 1), send("p", "safe", 2));
const agreedThenSafe = taken(together, send("p", "agreed", 1), send("p", "safe", 2));
const delivered = taken(agreedThenSafe, { type: "DELIVER", process: "q" });
const unheld = taken(crashed, send("p", "safe", 1));

const refusals: readonly (readonly [Refusal, string, State, Event])[] = [
  ["Up", "who is down delivers", crashed, { type: "DELIVER", process: "r" }],
  ["Up", "who is down crashes", crashed, { type: "CRASH", process: "r" }],
  ["Up", "a configuration with who is down", crashed, form([set()])],
  ["Down", "who is up recovers", together, { type: "RECOVER", process: "p", number: 1 }],
  ["MaySend", "who is down sends", crashed, send("r", "agreed", 1)],
  ["MaySend", "who is leaving sends", leaving, send("p", "agreed", 1)],
  ["Places", "a message before the first place", together, send("p", "agreed", 0)],
  ["Places", "a message beyond the end", together, send("p", "agreed", 2)],
  ["Until", "nothing is there to deliver", together, { type: "DELIVER", process: "p" }],
  ["AllHold", "a safe message that somebody lacks", unheld, { type: "DELIVER", process: "p" }],
  ["SomeProcess", "a configuration of nobody", together, form([], [])],
  ["Committing", "nobody commits", together, form([])],
  ["Committing", "a part of a transitional set", together, form([set({ members: ["p"], acknowledge: ["p"] })])],
  ["Committing", "a set twice", together, form([set(), set()])],
  ["Committing", "a set of nobody", together, form([set({ members: [] })])],
  ["Acknowledging", "nobody of a set acknowledges", together, form([set({ acknowledge: [] })])],
  [
    "Acknowledging",
    "who is not of the set acknowledges",
    together,
    form([set({ members: ["p", "q"], acknowledge: ["r"] })], ["p", "q"]),
  ],
  ["NotMoved", "who has moved is taken into a proposal", moved, form([set()], all, 2)],
  ["NotMoved", "who has moved moves", moved, { type: "MOVE", process: "p" }],
  ["NewNumbers", "a number that somebody knows", leaving, form([set()])],
  ["NewNumbers", "a number again after a crash", crashed, { type: "RECOVER", process: "r", number: 0 }],
  ["Holes", "less than what a member delivered", delivered, form([set()])],
  ["Holes", "more than there is", together, form([set({ held: 1 })])],
  ["Did", "less in the regular configuration than what was delivered", delivered, form([set({ held: 1 })])],
  ["Held", "more in the regular configuration than what is held", delivered, form([set({ held: 1, bound: 2 })])],
  ["FirstSafe", "a bound before an agreed message", agreedThenSafe, form([set({ held: 1 })])],
  [
    "OthersHold",
    "a safe message in the regular configuration that others may lack",
    taken(crashed, send("p", "safe", 1)),
    form([set({ members: ["p", "q"], acknowledge: ["p", "q"], held: 1, bound: 1 })], ["p", "q"]),
  ],
  ["Leaving", "who stays moves", together, { type: "MOVE", process: "p" }],
  ["Leaving", "who stays installs", together, { type: "INSTALL", process: "p" }],
  ["Complete", "a proposal that not all acknowledge", stuck, { type: "MOVE", process: "q" }],
  ["Moved", "a configuration without the transitional one", leaving, { type: "INSTALL", process: "p" }],
  ["StayingOrStuck", "who is leaving repairs", leaving, { type: "REPAIR", process: "p", number: 2, held: 0, bound: 0 }],
  ["Lacks", "nobody is lacking", together, { type: "REPAIR", process: "p", number: 1, held: 0, bound: 0 }],
];

describe("the service refuses, by the conjunct that is false", () => {
  it.each(refusals)("%s: %s", (because, _, state, event) => {
    const before = structuredClone(state);
    expect(evs.step(config, state, event)).toMatchObject({ kind: "refused", because });
    expect(state).toEqual(before);
  });

  it("for each reason that there is", () => {
    const named = new Set(refusals.map(([because]) => because));
    // A record has to have all, or it does not compile.
    const every: Record<Refusal, true> = {
      ...{ Up: true, Down: true, MaySend: true, Places: true, Until: true, AllHold: true, SomeProcess: true },
      ...{ Committing: true, Acknowledging: true, NotMoved: true, NewNumbers: true, Holes: true, Did: true },
      ...{ Held: true, FirstSafe: true, OthersHold: true, Leaving: true, Complete: true, Moved: true },
      ...{ StayingOrStuck: true, Lacks: true, WellFormed: true },
    };
    expect([...named, "WellFormed"].sort()).toEqual(Object.keys(every).sort());
  });

  it("does not refuse two safe messages that all have", () => {
    expect(evs.step(config, twoSafe, form([set({ held: 2, bound: 0 })])).kind).toBe("took");
    expect(evs.step(config, twoSafe, form([set({ held: 2, bound: 2 })])).kind).toBe("took");
  });
});

describe("what is no event", () => {
  const misshapen: readonly unknown[] = [
    ...[null, 7, "CRASH", [], {}, { type: "FLY", process: "p" }, { type: "CRASH" }, { type: "CRASH", process: "s" }],
    { type: "SEND", process: "p", service: "causal", body: 1, at: 1 },
    { type: "SEND", process: "p", service: "safe", at: 1 },
    { type: "SEND", process: "p", service: "safe", body: 1, at: 0.5 },
    { type: "RECOVER", process: "p", number: -1 },
    { type: "REPAIR", process: "p", number: 1, held: 1 },
    { type: "FORM", members: ["q", "p"], number: 1, sets: [] },
    { type: "FORM", members: ["p", "p"], number: 1, sets: [] },
    { type: "FORM", members: "p", number: 1, sets: [] },
    { type: "FORM", members: ["p"], number: 1, sets: [{ members: ["p"], acknowledge: ["s"], held: 0, bound: 0 }] },
    { type: "FORM", members: ["p"], number: 1, sets: [null] },
  ];

  it.each(misshapen.map((event) => [event]))("is refused: %j", (event) => {
    expect(isWellFormed(config, event)).toBe(false);
    const outcome = evs.step(config, together, event as Event);
    expect(outcome).toEqual({ kind: "refused", action: "Malformed", because: "WellFormed" });
  });
});

describe("a configuration", () => {
  it.each([
    [{ processes: ["p", "q"] }, 0],
    [{ processes: [] }, 1],
    [{ processes: ["q", "p"] }, 1],
    [{ processes: ["p", "p"] }, 1],
    [{ processes: ["p", "q,r"] }, 1],
    [{ processes: ["__proto__", "q"] }, 1],
    [{}, 1],
    [null, 1],
  ])("%j has %i problems", (one, count) => {
    expect(problems(one)).toHaveLength(count);
  });
});
