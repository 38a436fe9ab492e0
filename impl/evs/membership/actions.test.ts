import { describe, expect, it } from "vitest";
import type { Effect, Event } from "./messages.ts";
import { initial, type State } from "./state.ts";
import {
  ack,
  acknowledge,
  aru,
  conf,
  config,
  data,
  deliver,
  formed,
  gather,
  grown,
  install,
  message,
  move,
  operational,
  proposal,
} from "./testing/example.ts";

const rebroadcast = (place: number, sender: string): Event => ({
  ...data(place, sender),
  type: "rebroadcast",
  proposal,
});

function delivered(effects: readonly Effect[]): string[] {
  return effects.flatMap((effect) => (effect.type === "deliver" ? [effect.message.payload] : []));
}

/** Gathers, and commits with what a reported. */
function committed(events: readonly Event[], a: Parameters<typeof formed>[1] = {}): ReturnType<typeof grown> {
  const { state } = grown([...events, gather]);
  return grown([formed(state, a)], state);
}

describe("a process that starts", () => {
  it("is alone in a configuration with a number that is not used yet, and writes that first", () => {
    const { state, effects } = initial(config);
    const alone = { number: 5, members: ["b"] };
    expect(state).toMatchObject({ number: 5, mode: "operational", conf: alone });
    expect(effects).toEqual([
      { type: "persist", number: 5 },
      { type: "conf", conf: alone },
    ]);
  });
});

describe("a regular configuration", () => {
  it("sends to the others, and says what it has without a gap", () => {
    const { effects } = grown([{ type: "SEND", place: 1, message: message("b", 1) }]);
    expect(effects).toEqual([
      { type: "send", to: ["a", "c"], packet: { ...data(1, "b") } },
      { type: "send", to: ["a", "c"], packet: aru("b", 1) },
    ]);
    expect(grown([data(2, "a")]).effects).toEqual([]);
    expect(grown([data(2, "a"), data(1, "a")]).effects).toEqual([
      { type: "send", to: ["a", "c"], packet: aru("b", 2) },
    ]);
  });

  it("delivers in order, a safe message when everybody has it, and forgets what is delivered everywhere", () => {
    const { state, effects } = grown([data(2, "c", "safe"), data(1, "a"), deliver]);
    expect(delivered(effects)).toEqual(["a1"]);
    expect(state.store).toHaveLength(2);
    const all = grown([aru("a", 1), aru("c", 2), aru("a", 2), deliver], state);
    expect(all.effects).toEqual([{ type: "deliver", message: message("c", 2, "safe"), conf }]);
    expect(all.state).toMatchObject({ store: [], forgotten: 2, place: 2 });
    expect(grown([aru("c", 1)], all.state).state.aru["c"]).toBe(2);
  });

  it("is left for gather, where packets are taken and nothing is said or delivered", () => {
    const { state, effects } = grown([data(1, "a"), gather, data(2, "a")]);
    expect(effects).toHaveLength(1);
    expect(state).toMatchObject({ mode: "gather", aru: { b: 1 } });
    expect(state.store).toHaveLength(2);
  });
});

describe("commitment", () => {
  it("writes the number before anything is rebroadcast", () => {
    const { state, effects } = committed([data(1, "a"), data(2, "c"), data(3, "c")], { upto: 1, beyond: [3] });
    expect(effects).toEqual([
      { type: "persist", number: 6 },
      { type: "send", to: ["a"], packet: rebroadcast(2, "c") },
    ]);
    expect(state).toMatchObject({ number: 6, mode: "recovery", proposal });
  });

  it("rebroadcasts only what nobody before it in the list has", () => {
    const three = { number: 6, members: ["a", "b", "c"] };
    const { state } = grown([data(1, "a"), data(2, "a"), gather]);
    const token = formed(state, { upto: 1 });
    const { a, b } = token.report;
    const report = Object.fromEntries(Object.entries({ a, b, c: a && { ...a, upto: 0 } }));
    const given = { ...token, proposal: three, report: report as typeof token.report };
    const { effects } = grown([given], state);
    expect(effects.slice(1).map((effect) => [effect.type === "send" && effect.to])).toEqual([[["a", "c"]]]);
  });
});

describe("recovery", () => {
  it("acknowledges when all is here, and is obliged from then on", () => {
    const { state } = committed([data(1, "a")], { upto: 2, beyond: [4], obliged: ["c"], bound: 1 });
    const some = grown([rebroadcast(2, "c"), rebroadcast(4, "c")], state);
    expect(some.state.store).toHaveLength(1);
    const all = grown([acknowledge], some.state);
    expect(all.state).toMatchObject({ bound: 2, obliged: ["a", "b", "c"], acks: ["b"], recovered: [] });
    expect(all.state.store.map(({ place }) => place)).toEqual([1, 2, 4]);
    expect(all.effects).toEqual([{ type: "send", to: ["a", "d"], packet: ack("b") }]);
  });

  it("delivers in the regular configuration what any of them has delivered, and on to a safe message", () => {
    const packets = [data(1, "a"), data(2, "c", "safe"), data(3, "a")];
    expect(grown([acknowledge], committed(packets, { upto: 0 }).state).state.bound).toBe(1);
    expect(grown([acknowledge], committed(packets, { upto: 3, bound: 2 }).state).state.bound).toBe(3);
  });

  it("installs when all have acknowledged, with the transitional configuration between", () => {
    const packets = [data(1, "a", "safe"), data(3, "c"), data(4, "a")].slice(0, 2);
    const { state } = committed([...packets, data(2, "a")], { upto: 0, bound: 0 });
    const complete = grown([acknowledge, ack("a"), ack("d")], state).state;
    const moved = grown([move, deliver, deliver, deliver], complete);
    const transitional = { from: conf, to: proposal, members: ["a", "b"] };
    expect(moved.effects[0]).toEqual({ type: "conf", conf: transitional });
    expect(moved.effects[1]).toEqual({ type: "deliver", message: message("a", 1, "safe"), conf: transitional });
    expect(delivered(moved.effects)).toEqual(["a1", "a2", "c3"]);
    const { state: next, effects } = grown([install], moved.state);
    expect(effects).toEqual([{ type: "conf", conf: proposal }]);
    expect(next).toEqual({ ...operational, number: 6, conf: proposal, aru: { a: 0, b: 0, d: 0 } });
  });

  it("leaves out behind a hole who does not come along, unless it is obliged to them", () => {
    const behind = [data(2, "c"), data(3, "a")];
    const through = [acknowledge, ack("a"), ack("d"), move];
    const { state } = committed(behind);
    expect(delivered(grown([...through, deliver], state).effects)).toEqual(["a3"]);
    const obliged = committed(behind, { obliged: ["c"] }).state;
    const both = grown([...through, deliver, deliver, install], obliged);
    expect(delivered(both.effects)).toEqual(["c2", "a3"]);
  });

  it("is given up for gather, with all that is here and all obligations", () => {
    const { state } = committed([data(1, "a")], { upto: 2 });
    const acked = grown([rebroadcast(2, "c"), acknowledge], state).state;
    const given = grown([gather], acked).state;
    expect(given).toEqual({ ...acked, mode: "gather", proposal: null, report: {}, acks: [] });
    expect(grown([gather], grown([rebroadcast(2, "c")], state).state).state.recovered).toEqual([]);
  });

  it("says again what may have been lost", () => {
    const again: Event = { type: "RECOVERY_TIMEOUT" };
    const { state } = committed([data(1, "a")]);
    const packets = [{ type: "send", to: ["a"], packet: rebroadcast(1, "a") }];
    expect(grown([again], state).effects).toEqual(packets);
    const acked = grown([acknowledge, again], state).effects;
    expect(acked.slice(1)).toEqual([...packets, { type: "send", to: ["a", "d"], packet: ack("b") }]);
  });
});

describe("what is refused", () => {
  const gathering = grown([data(1, "a"), gather]).state;
  const recovering = committed([data(1, "a")], { upto: 2, beyond: [9] }).state;
  const ready = committed([data(1, "a")]).state;
  const acked = grown([acknowledge], ready).state;
  const complete = grown([ack("a"), ack("d")], acked).state;
  const moved = grown([deliver, move], complete).state;
  const elsewhere = { number: 4, members: ["b"] };
  const stale = formed(operational);
  const token = formed(gathering);
  const send = (place: number, sender = "b"): Event => ({ type: "SEND", place, message: message(sender, 1) });

  it.each<[string, State, Event]>([
    ["Operational", gathering, send(2)],
    ["Own", operational, send(1, "a")],
    ["New", grown([send(1)]).state, send(1)],
    ["Room", operational, send(4)],
    ["Receiving", recovering, data(2, "a")],
    ["IsOurs", operational, { ...data(1, "a"), conf: elsewhere }],
    ["FromMember", operational, data(1, "d")],
    ["New", gathering, data(1, "a")],
    ["Room", operational, data(4, "a")],
    ["Operational", gathering, aru("a", 1)],
    ["IsOurs", operational, { ...aru("a", 1), conf: elsewhere }],
    ["FromMember", operational, aru("b", 1)],
    ["MayGather", gathering, gather],
    ["MayGather", moved, gather],
    ["Ready", operational, stale],
    [
      "FromMember",
      gathering,
      { ...token, proposal: { number: 6, members: ["a", "c", "d"] }, report: { ...token.report } },
    ],
    ["NewNumbers", gathering, { ...token, proposal: { ...proposal, number: 4 } }],
    ["Own", gathering, stale],
    ["Recovery", gathering, rebroadcast(2, "a")],
    ["OfProposal", recovering, { ...rebroadcast(2, "a"), proposal: conf } as Event],
    ["IsOurs", recovering, { ...rebroadcast(2, "a"), conf: elsewhere } as Event],
    ["NotYet", acked, rebroadcast(1, "a")],
    ["Available", recovering, rebroadcast(3, "a")],
    ["New", recovering, rebroadcast(1, "a")],
    ["New", grown([rebroadcast(2, "a")], recovering).state, rebroadcast(2, "a")],
    ["Room", recovering, rebroadcast(9, "a")],
    ["Recovery", gathering, acknowledge],
    ["NotYet", acked, acknowledge],
    ["Available", recovering, acknowledge],
    ["OfProposal", gathering, ack("a")],
    ["OfProposal", recovering, { type: "ack", proposal: conf, sender: "a" }],
    ["FromMember", recovering, ack("c")],
    ["FromMember", recovering, ack("b")],
    ["New", complete, ack("a")],
    ["Held", operational, deliver],
    ["MayDeliver", grown([data(1, "a", "safe"), aru("a", 1)]).state, deliver],
    ["Receiving", gathering, deliver],
    ["IsComplete", acked, deliver],
    ["InBound", grown([deliver], complete).state, deliver],
    ["InScript", moved, deliver],
    ["Recovery", gathering, move],
    ["IsComplete", acked, move],
    ["AtBound", complete, move],
    ["Transitional", complete, install],
    ["AtEnd", { ...moved, place: 0 }, install],
    ["OfProposal", gathering, { type: "RECOVERY_TIMEOUT" }],
  ])("%s", (because, state, event) => {
    const members = event.type === "FORM" ? Object.keys(event.report) : [];
    const token = event.type === "FORM" && because === "FromMember" && members.includes("b");
    const given = token ? withoutOwn(event as typeof stale) : event;
    expect(() => grown([given], state)).toThrow(`refused because of ${because}`);
  });

  function withoutOwn(event: typeof stale): Event {
    const { b, ...rest } = event.report;
    return { ...event, report: { ...rest, c: b ?? stale.report["a"] } as typeof event.report };
  }

  it("is a delivery of what a peer claimed falsely to have", () => {
    const liar = committed([], { bound: 5 }).state;
    const through = grown([acknowledge, ack("a"), ack("d")], liar).state;
    expect(() => grown([deliver], through)).toThrow("refused because of Held");
  });
});
