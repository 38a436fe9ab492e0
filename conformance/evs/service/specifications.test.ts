import { describe, expect, it } from "vitest";
import type { Configuration, Message, Service, Transitional } from "../../../impl/evs/service/index.ts";
import { evsProperties } from "./invariants.ts";
import { startedAs } from "./system.ts";
import { played } from "./testing/play.ts";
import type { Bounds, History, HistoryEvent } from "./world.ts";

const bounds: Bounds = {
  processes: ["p", "q"],
  names: "strings",
  services: ["agreed", "safe"],
  maxMessages: 9,
  maxChanges: 9,
  histories: true,
  steps: "single",
  numbers: "any",
  places: "any",
  holes: "any",
  committing: "any",
  acknowledging: "any",
  repairs: "any",
  partitions: "together",
  judged: "all",
};
const { invariants } = evsProperties(bounds);

/** The specifications that a history violates, by their names. */
function violated(history: History): string[] {
  const world = { ...startedAs(bounds, [["p", "q"]]), history };
  return invariants.filter(({ holds }) => !holds(world)).map(({ name }) => name);
}

const both: Configuration = { number: 0, members: ["p", "q"] };
const alone = (member: string, number = 1): Configuration => ({ number, members: [member] });
const between = (from: Configuration, to: Configuration, members = to.members): Transitional => ({ from, to, members });
const m = (sender: string, body: number, service: Service = "agreed"): Message => ({ sender, service, body });

const conf = (one: Configuration | Transitional): HistoryEvent => ({ type: "conf", conf: one });
const send = (message: Message, one: Configuration | Transitional = both): HistoryEvent => ({
  ...{ type: "send", message, conf: one },
});
const deliver = (message: Message, one: Configuration | Transitional = both): HistoryEvent => ({
  ...{ type: "deliver", message, conf: one },
});
const fail = (sent: readonly Message[], one: Configuration | Transitional = both): HistoryEvent => ({
  ...{ type: "fail", conf: one, sent },
});

const start = [conf(both)];
const goes = (member: string): HistoryEvent[] => [conf(between(both, alone(member))), conf(alone(member))];
const [a, b, safe] = [m("p", 1), m("q", 1), m("p", 1, "safe")];
const c = m("p", 2);

const broken: readonly (readonly [string, History])[] = [
  // p delivers b before it sends a, and q delivers a before it sends b.
  ["Spec_1_1", { p: [...start, deliver(b), send(a)], q: [...start, deliver(a), send(b)] }],
  ["Spec_1_2", { p: [...start, ...start], q: start }],
  ["Spec_1_3", { p: [...start, deliver(b)], q: start }],
  ["Spec_1_3", { p: [...start, send(a)], q: [conf(alone("q")), deliver(a, alone("q"))] }],
  ["Spec_1_4", { p: [...start, send(a), ...goes("p"), send(a, alone("p"))], q: start }],
  ["Spec_1_4", { p: [...start, conf(between(both, alone("p"))), send(a, between(both, alone("p")))], q: start }],
  ["Spec_1_4", { p: [...start, send(a), deliver(a), deliver(a)], q: start }],
  ["Spec_2_2", { p: [...start, send(a, alone("p"))], q: start }],
  ["Spec_2_2", { p: [...start, fail([]), send(a)], q: start }],
  ["Spec_2_3", { p: [conf(alone("p")), conf(both)], q: [conf(both), conf(alone("p"))] }],
  ["Spec_2_4", { p: [conf(alone("p")), conf(both)], q: [conf(both), conf(alone("p"))] }],
  ["Spec_3", { p: [...start, send(a), ...goes("p")], q: start }],
  // Both move together, and one alone delivers.
  [
    "Spec_4",
    {
      p: [...start, send(a), deliver(a), conf(between(both, { ...both, number: 1 }))],
      q: [...start, conf(between(both, { ...both, number: 1 }))],
    },
  ],
  ["Spec_5", { p: [...start, send(a), send(c)], q: [...start, deliver(c)] }],
  ["Spec_5", { p: [...start, send(a), deliver(b)], q: [...start, deliver(a), send(b)] }],
  ["Spec_6_1", { p: [...start, send(a), deliver(b), deliver(a)], q: [...start, send(b), deliver(a), deliver(b)] }],
  ["Spec_6_2", { p: [...start, send(a), deliver(b), deliver(a)], q: [...start, send(b), deliver(a), deliver(b)] }],
  ["Spec_6_3", { p: [...start, send(a), deliver(a), deliver(b)], q: [...start, send(b), deliver(b)] }],
  ["Spec_7_1", { p: [...start, send(safe), deliver(safe)], q: [...start, ...goes("q")] }],
  ["Spec_7_1", { p: [...start, send(safe), deliver(safe)], q: [...start, fail([])] }],
  ["Spec_7_2", { p: [...start, send(safe), deliver(safe)], q: [conf(alone("q"))] }],
  ["TransitionalBetween", { p: [...start, conf(alone("p"))], q: start }],
  ["TransitionalBetween", { p: [...start, fail([]), conf({ ...both, number: 1 })], q: start }],
  [
    "TransitionalMembers",
    { p: [...start, conf(between(both, { ...both, number: 1 })), conf({ ...both, number: 1 })], q: [conf(alone("q"))] },
  ],
  ["Members", { p: [conf(alone("q"))], q: start }],
  ["Members", { p: [...start, conf(alone("p", 0))], q: start }],
  ["Senders", { p: [...start, send(b)], q: start }],
];

describe("a specification is violated", () => {
  it.each(broken)("%s", (name, history) => {
    expect(violated(history)).toContain(name);
  });

  it("by some history, each of them", () => {
    const names = invariants.map(({ name }) => name).filter((name) => !/^(TypeOK|OwnIsDelivered|SafeIs)/.test(name));
    expect([...new Set(broken.map(([name]) => name))].sort()).toEqual(names.sort());
  });
});

describe("nothing is violated", () => {
  it.each([
    ["by a failure that excuses (R8)", { p: [...start, send(safe), deliver(safe)], q: [...start, fail([safe])] }],
    ["before it is due (R1)", { p: [...start, send(a), conf(between(both, alone("p")))], q: start }],
    ["by who has nothing in common", { p: [conf(alone("p")), send(a, alone("p"))], q: [conf(alone("q"))] }],
  ] as const)("%s", (_, history) => {
    expect(violated(history)).toEqual([]);
  });

  it("by the service itself", () => {
    for (const world of played(2, 3, 60).worlds) expect(violated(world.history)).toEqual([]);
  });
});
