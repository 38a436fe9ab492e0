import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Refusal } from "./actions.ts";
import type { Config } from "./config.ts";
import type { Event } from "./messages.ts";
import { initial, type State } from "./state.ts";
import { type ActionName, step, stepInPlace } from "./step.ts";

const config: Config = {
  self: "b",
  groups: ["g1", "g2"].map((name, index) => ({
    name,
    addresses: [{ ip: `10.0.0.${index + 1}`, prefix: 24, interface: "eth0" }],
  })),
  prefers: [],
  matureTimeoutMs: 1,
  balanceTimeoutMs: 1,
  shareTimeoutMs: 1,
  hostsMax: 2,
};

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

function grown(events: readonly Event[], from: State = initial(config).state): State {
  return frozen(
    events.reduce((state, event) => {
      const outcome = step(config, state, event);
      if (outcome.kind === "refused") throw new Error(`${event.type} was refused because of ${outcome.because}`);
      return outcome.state;
    }, from),
  );
}

const viewChange: Event = { type: "VIEW_CHANGE", view: { id: "v1", members: ["a", "b"] } };
const stateMsg: Event = {
  type: "STATE_MSG",
  sender: "a",
  view: "v1",
  owns: ["g1"],
  mature: true,
  prefers: ["g2"],
};
const balanceMsg: Event = { type: "BALANCE_MSG", sender: "a", table: { g1: "b", g2: "a" } };
const releasedMsg: Event = { type: "RELEASED_MSG", sender: "a", released: ["g1"] };
const hostsMsg: Event = { type: "HOSTS_MSG", sender: "a", hosts: [{ ip: "10.0.0.9", interface: "eth0" }] };
const shareTimeout: Event = { type: "SHARE_TIMEOUT", cache: [{ ip: "10.0.0.9", interface: "eth0" }] };

const apart: State = grown([]);
const gathering: State = grown([viewChange]);
const running: State = grown([stateMsg, { ...stateMsg, sender: "b", owns: [] }], gathering);
const handingOver: State = grown([balanceMsg], running);
const states: Readonly<Record<string, State>> = { apart, gathering, running, handingOver };

/** The same in a view whose representative is this server. */
const first: Event = { type: "VIEW_CHANGE", view: { id: "v1", members: ["b", "a"] } };
const leading: State = grown(
  [first, { ...stateMsg, owns: ["g1", "g2"], prefers: [] }, { ...stateMsg, sender: "b", owns: [], prefers: [] }],
  apart,
);
const balancing: State = grown([{ type: "BALANCE_TIMEOUT" }], leading);
const balanced: State = grown(
  [
    { ...balanceMsg, sender: "b" },
    { ...releasedMsg, released: ["g1"] },
  ],
  balancing,
);

/** The outcome has neither a state nor effects, and the state given is what it was, the in-place reading included. */
function expectRefused(state: State, event: unknown, action: ActionName, because: Refusal): void {
  const before = JSON.stringify(state);
  expect(step(config, state, event as Event)).toEqual({ kind: "refused", action, because });
  const own = structuredClone(state);
  expect(stepInPlace(config, own, event as Event)).toEqual({ kind: "refused", action, because });
  expect(own).toEqual(state);
  expect(JSON.stringify(state)).toBe(before);
}

type Row = readonly [says: string, state: State, event: Event, action: ActionName, because: Refusal];

const rows: readonly Row[] = [
  ["a state message without a view", apart, stateMsg, "ReceiveStateMsg", "InGather"],
  ["a state message in RUN", running, stateMsg, "ReceiveStateMsg", "InGather"],
  ["a state message of another view", gathering, { ...stateMsg, view: "v0" }, "ReceiveStateMsg", "OfCurrentView"],
  ["a state message of a stranger", gathering, { ...stateMsg, sender: "x" }, "ReceiveStateMsg", "FromMember"],
  ["the mature timeout without a view", apart, { type: "MATURE_TIMEOUT" }, "MatureTimeout", "InGather"],
  ["the mature timeout in RUN", running, { type: "MATURE_TIMEOUT" }, "MatureTimeout", "InGather"],
  [
    "the mature timeout of a mature server",
    grown([stateMsg], gathering),
    { type: "MATURE_TIMEOUT" },
    "MatureTimeout",
    "NotMature",
  ],
  ["the balance timeout without a view", apart, { type: "BALANCE_TIMEOUT" }, "Balance", "InRun"],
  ["the balance timeout in GATHER", gathering, { type: "BALANCE_TIMEOUT" }, "Balance", "InRun"],
  ["the balance timeout of another", running, { type: "BALANCE_TIMEOUT" }, "Balance", "Representative"],
  ["the balance timeout in a handover", balancing, { type: "BALANCE_TIMEOUT" }, "Balance", "HandoverOver"],
  ["a balance of what is balanced", balanced, { type: "BALANCE_TIMEOUT" }, "Balance", "SomethingToMove"],
  ["an allocation without a view", apart, balanceMsg, "ReceiveBalanceMsg", "InRun"],
  ["an allocation in GATHER", gathering, balanceMsg, "ReceiveBalanceMsg", "InRun"],
  [
    "an allocation of who is not the representative",
    running,
    { ...balanceMsg, sender: "b" },
    "ReceiveBalanceMsg",
    "FromRepresentative",
  ],
  [
    "an allocation to strangers",
    running,
    { type: "BALANCE_MSG", sender: "a", table: { g1: "b", g2: "x" } },
    "ReceiveBalanceMsg",
    "OfMembers",
  ],
  ["a release without a view", apart, releasedMsg, "ReceiveReleasedMsg", "InRun"],
  ["a release in GATHER", gathering, releasedMsg, "ReceiveReleasedMsg", "InRun"],
  ["a release of what is not on its way", running, releasedMsg, "ReceiveReleasedMsg", "OnItsWay"],
  [
    "a release of something that is on its way and something that is not",
    grown([{ type: "BALANCE_MSG", sender: "a", table: { g1: "b", g2: "b" } }], running),
    { ...releasedMsg, released: ["g1", "g2"] },
    "ReceiveReleasedMsg",
    "OnItsWay",
  ],
  ["a release by who does not own it", handingOver, { ...releasedMsg, sender: "b" }, "ReceiveReleasedMsg", "OnItsWay"],
  ["sharing hosts without a view", apart, shareTimeout, "ShareHosts", "Connected"],
  ["hosts without a view", apart, hostsMsg, "LearnHosts", "Connected"],
  ["hosts of a stranger", running, { ...hostsMsg, sender: "x" }, "LearnHosts", "FromMember"],
];

describe("refusals", () => {
  it.each(rows)("%s is refused, and nothing changes", (_, state, event, action, because) => {
    expectRefused(state, event, action, because);
  });

  it("are reached for every reason there is", () => {
    const every: Record<Exclude<Refusal, "WellFormed">, true> = {
      InGather: true,
      OfCurrentView: true,
      InRun: true,
      NotMature: true,
      Representative: true,
      HandoverOver: true,
      SomethingToMove: true,
      Connected: true,
      FromMember: true,
      FromRepresentative: true,
      OfMembers: true,
      OnItsWay: true,
    };
    expect(new Set(rows.map(([, , , , because]) => because))).toEqual(new Set(Object.keys(every)));
  });

  it("are not for what keeps to the protocol: each event of the rows is taken somewhere", () => {
    const taken = [
      step(config, gathering, stateMsg),
      step(config, gathering, { type: "MATURE_TIMEOUT" }),
      step(config, leading, { type: "BALANCE_TIMEOUT" }),
      step(config, running, balanceMsg),
      step(config, handingOver, releasedMsg),
      step(config, running, shareTimeout),
      step(config, running, hostsMsg),
      step(config, running, viewChange),
      step(config, running, { type: "DISCONNECT" }),
    ];
    expect(taken.map(({ kind }) => kind)).toEqual(taken.map(() => "took"));
  });
});

const huge = Array.from({ length: 100_000 }, () => "g1");
const proto: unknown = JSON.parse('{"__proto__":"a","g1":"a","g2":"a"}');

const malformed: Readonly<Record<string, readonly unknown[]>> = {
  "no event at all": [undefined, null, true, 0, "VIEW_CHANGE", [], ["STATE_MSG"], {}, () => stateMsg, Symbol("event")],
  "an unknown type": [{ type: "HELLO" }, { type: "" }, { type: null }, { type: ["DISCONNECT"] }, { type: "__proto__" }],
  "a view without what it needs": [
    { type: "VIEW_CHANGE" },
    ...[undefined, null, "v1", ["a", "b"], {}, { id: "v1" }, { members: ["b"] }].map((view) => ({
      type: "VIEW_CHANGE",
      view,
    })),
    { ...viewChange, view: { id: 1, members: ["a", "b"] } },
    ...[null, "b", { 0: "b", length: 1 }, [], ["b", 1], ["b", null], ["b", ""], ["b", "__proto__"], ["b", ["a"]]].map(
      (members) => ({ type: "VIEW_CHANGE", view: { id: "v1", members } }),
    ),
  ],
  "a view that this server is not in": [{ type: "VIEW_CHANGE", view: { id: "v1", members: ["a", "c"] } }],
  "a view that lists a member twice": [{ type: "VIEW_CHANGE", view: { id: "v1", members: ["a", "b", "a"] } }],
  "a view with holes": [{ type: "VIEW_CHANGE", view: { id: "v1", members: Object.assign([], { 1: "b" }) } }],
  "a sender that is no name": [stateMsg, balanceMsg, releasedMsg, hostsMsg].flatMap((event) =>
    [undefined, null, "", 7, {}, ["a"], "__proto__"].map((sender) => ({ ...event, sender })),
  ),
  "a state message without what it needs": [
    ...["view", "owns", "mature", "prefers"].map((key) => ({ ...stateMsg, [key]: undefined })),
    ...[null, 1, { id: "v1" }].map((view) => ({ ...stateMsg, view })),
    ...[null, 0, "true"].map((mature) => ({ ...stateMsg, mature })),
  ],
  "groups that are no list of groups": ["owns", "prefers"].flatMap((key) =>
    [null, "g1", { g1: true }, [1], [null], [["g1"]], new Array(1)].map((names) => ({ ...stateMsg, [key]: names })),
  ),
  "an unknown group": [
    { ...stateMsg, owns: ["g3"] },
    { ...stateMsg, prefers: ["g1", "G2"] },
    { ...stateMsg, owns: ["__proto__"] },
    { ...stateMsg, owns: ["constructor"] },
    { ...releasedMsg, released: ["g3"] },
    { ...releasedMsg, released: ["__proto__"] },
  ],
  "a group twice": [
    { ...stateMsg, owns: ["g1", "g1"] },
    { ...stateMsg, prefers: ["g2", "g2"] },
    { ...releasedMsg, released: ["g1", "g1"] },
  ],
  "a huge list of groups": [
    { ...stateMsg, owns: huge },
    { ...stateMsg, prefers: huge },
    { ...releasedMsg, released: huge },
  ],
  "a table that is no allocation": [
    ...[undefined, null, "g1", [], ["a", "b"], {}, { g1: "a" }, { g1: "a", g3: "a" }, proto].map((table) => ({
      ...balanceMsg,
      table,
    })),
    ...[null, "", 1, "__proto__", {}, ["a"]].map((owner) => ({ ...balanceMsg, table: { g1: "a", g2: owner } })),
    { ...balanceMsg, table: { g1: "a", g2: "a", g3: "a" } },
    { ...balanceMsg, table: Object.create({ g1: "a", g2: "a" }) },
    { ...balanceMsg, table: Object.assign(Object.create({ g1: "a" }), { g2: "a", g3: "a" }) },
  ],
  "released groups that are none": [
    { ...releasedMsg, released: undefined },
    { ...releasedMsg, released: "g1" },
  ],
  "hosts that are none": [[hostsMsg, "hosts"] as const, [shareTimeout, "cache"] as const].flatMap(([event, key]) =>
    [
      undefined,
      null,
      "10.0.0.9",
      {},
      [null],
      ["10.0.0.9"],
      [{}],
      [{ ip: "10.0.0.9" }],
      [{ ip: 1, interface: "eth0" }],
      [{ ip: "10.0.0.9", interface: null }],
      [[]],
      new Array(1),
    ].map((hosts) => ({ ...event, [key]: hosts })),
  ),
};

describe("what is malformed", () => {
  it.each(Object.entries(malformed))("%s is refused as such, in every state", (_, events) => {
    expect(events.length).toBeGreaterThan(0);
    for (const state of Object.values(states)) {
      for (const event of events) expectRefused(state, event, "Malformed", "WellFormed");
    }
  });

  it("is not read further than to see that it is too long", () => {
    const unread = new Proxy(huge, {
      get: (list, key) => {
        if (key === "length") return list.length;
        throw new Error(`${String(key)} was read`);
      },
    });
    for (const event of [
      { ...stateMsg, owns: unread },
      { ...releasedMsg, released: unread },
    ]) {
      expect(step(config, gathering, event)).toMatchObject({ action: "Malformed", because: "WellFormed" });
    }
  });

  it("is all that is refused without looking at the state: names of Object's own are names like any other", () => {
    const members = ["constructor", "b", "toString"];
    const gathered = grown([{ type: "VIEW_CHANGE", view: { id: "v1", members } }], apart);
    const heard = grown([{ ...stateMsg, sender: "constructor" }], gathered);
    expect(heard.current_table).toEqual({ g1: "constructor", g2: null });
    expect(heard.prefs).toEqual({ constructor: ["g2"] });
    expect(
      grown(
        [
          { ...stateMsg, sender: "toString", owns: [] },
          { ...stateMsg, sender: "b", owns: [] },
        ],
        heard,
      ),
    ).toMatchObject({ state: "RUN", current_table: { g1: "constructor", g2: "b" } });
  });

  it("may be anything whatever: nothing throws, and what is taken leaves a state of the same shape", () => {
    const keys = Object.keys(apart);
    const anything = fc.anything({
      withNullPrototype: true,
      withSparseArray: true,
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
    });
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(states)), anything, (state, event) => {
        expect(step(config, state, event as Event)).toEqual({
          kind: "refused",
          action: "Malformed",
          because: "WellFormed",
        });
        expect(Object.keys(state)).toEqual(keys);
      }),
      { seed: 3, numRuns: 5_000 },
    );
  });

  it("may be a good event with anything in place of a part of it: it is taken or refused, and never thrown", () => {
    const good = [viewChange, stateMsg, balanceMsg, releasedMsg, hostsMsg, shareTimeout];
    const mutated = fc
      .constantFrom(...good)
      .chain((event) => fc.tuple(fc.constant(event), fc.constantFrom(...places(event)), part))
      .map(([event, place, value]) => replaced(event, place, value));
    let refused = 0;
    let taken = 0;
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(states)), mutated, (state, event) => {
        const outcome = step(config, state, event as Event);
        if (outcome.kind === "refused") refused++;
        else {
          taken++;
          expect(JSON.parse(JSON.stringify(outcome.state))).toEqual(outcome.state);
          expect(Object.keys(outcome.state.current_table)).toEqual(["g1", "g2"]);
          expect(outcome.state.held.every((name) => ["g1", "g2"].includes(name))).toBe(true);
        }
      }),
      { seed: 3, numRuns: 20_000 },
    );
    expect(refused).toBeGreaterThan(10_000);
    expect(taken).toBeGreaterThan(500);
  });
});

type Place = readonly string[];

/** Where an event can be cut: the way to each of its parts, however deep. */
function places(value: unknown, way: Place = []): Place[] {
  if (typeof value !== "object" || value === null) return [way];
  const deeper = Object.entries(value).flatMap(([key, inner]) => places(inner, [...way, key]));
  return way.length === 0 ? deeper : [way, ...deeper];
}

const part: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({ withSparseArray: true, withNullPrototype: true }),
  fc.constantFrom("a", "b", "x", "g1", "g2", "v1", "__proto__", true, false),
  fc.array(fc.constantFrom("a", "b", "g1", "g2", "__proto__"), { maxLength: 3 }),
  fc.dictionary(fc.constantFrom("g1", "g2", "__proto__"), fc.constantFrom("a", "b", "x", null)),
);

function replaced(value: unknown, [key, ...rest]: Place, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.with(Number(key), replaced(value[Number(key)], rest, by));
  const fields = value as Readonly<Record<string, unknown>>;
  return { ...fields, [key]: replaced(fields[key], rest, by) };
}
