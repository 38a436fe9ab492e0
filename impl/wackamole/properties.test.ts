import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Config } from "./config.ts";
import type { Effect, Event } from "./messages.ts";
import { initial, type State } from "./state.ts";
import { type ActionName, step, stepInPlace } from "./step.ts";

const groups = ["g1", "g2", "router"];
const members = ["a", "b", "c"];

const config: Config = frozen({
  self: "b",
  groups: [
    { name: "g1", addresses: [{ ip: "10.0.0.1", prefix: 24, interface: "eth0" }] },
    { name: "g2", addresses: [{ ip: "10.0.0.2", prefix: 24, interface: "eth0" }] },
    {
      name: "router",
      addresses: [
        { ip: "192.168.0.1", prefix: 24, interface: "eth1" },
        { ip: "2001:db8::1", prefix: 64, interface: "eth2" },
      ],
    },
  ],
  prefers: ["router"],
  matureTimeoutMs: 5_000,
  balanceTimeoutMs: 60_000,
  shareTimeoutMs: 30_000,
  hostsMax: 4,
});

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

// What a peer may send is not only what the protocol lets it send: senders, claims, allocations are any. But episodes
// that hang together, a view with its state messages or a handover, are frequent enough for servers to run.

const plain = { noNullPrototype: true } as const;
const member = fc.constantFrom(...members);
const view = fc
  .shuffledSubarray(members, { minLength: 1 })
  .filter((list) => list.includes("b"))
  .map((list) => ({ id: list.join(), members: list }));
const claims = fc.subarray(groups);
const allocation = fc.tuple(member, member, member).map(([g1, g2, router]) => ({ g1, g2, router }));
const hosts = fc.array(
  fc.record(
    {
      ip: fc.constantFrom("10.0.0.7", "10.0.0.8", "10.0.0.9", "192.168.0.7", "2001:db8::7", "nonsense"),
      interface: fc.constantFrom("eth0", "eth1", "eth2"),
    },
    plain,
  ),
  { maxLength: 7, size: "max" },
);

function stateMsg(sender: string, of: string): fc.Arbitrary<Event> {
  return fc
    .record({ owns: claims, mature: fc.boolean(), prefers: claims }, plain)
    .map((rest) => ({ type: "STATE_MSG", sender, view: of, ...rest }));
}

const released: fc.Arbitrary<Event> = fc.record(
  {
    type: fc.constant("RELEASED_MSG"),
    sender: member,
    released: fc.subarray(groups, { minLength: 1, maxLength: 2 }),
  },
  plain,
);

const single: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ type: fc.constant("VIEW_CHANGE"), view }, plain),
  fc.constant<Event>({ type: "DISCONNECT" }),
  fc.constant<Event>({ type: "MATURE_TIMEOUT" }),

  fc.constant<Event>({ type: "BALANCE_TIMEOUT" }),
  fc.tuple(member, view).chain(([sender, { id }]) => stateMsg(sender, id)),
  fc.record({ type: fc.constant("BALANCE_MSG"), sender: member, table: allocation }, plain),
  released,
  fc.record({ type: fc.constant("SHARE_TIMEOUT"), cache: hosts }, plain),
  fc.record({ type: fc.constant("HOSTS_MSG"), sender: member, hosts }, plain),
);

const gathering: fc.Arbitrary<readonly Event[]> = view.chain((of) =>
  fc
    .tuple(...of.members.map((sender) => stateMsg(sender, of.id)))
    .map((messages): Event[] => [{ type: "VIEW_CHANGE", view: of }, ...messages, { type: "BALANCE_TIMEOUT" }]),
);

const handover: fc.Arbitrary<readonly Event[]> = fc
  .tuple(member, allocation, fc.array(released, { maxLength: 4 }))
  .map(([sender, table, messages]): Event[] => [{ type: "BALANCE_MSG", sender, table }, ...messages]);

/** A server starts immature, and once mature stays so: a bootstrap by timeout comes first or never. */
const bootstrap: fc.Arbitrary<readonly Event[]> = view.map((of): Event[] => [
  { type: "VIEW_CHANGE", view: of },
  { type: "MATURE_TIMEOUT" },
]);

const sharing: fc.Arbitrary<readonly Event[]> = fc
  .array(fc.tuple(member, hosts), { minLength: 1, maxLength: 3 })
  .map((shared) => shared.map(([sender, list]): Event => ({ type: "HOSTS_MSG", sender, hosts: list })));

const one = single.map((event): readonly Event[] => [event]);

const events = fc
  .tuple(fc.oneof(bootstrap, one), fc.array(fc.oneof(one, gathering, handover, sharing), { maxLength: 12 }))
  .map(([first, episodes]) => frozen([first, ...episodes].flat()));

interface Step {
  readonly before: State;
  readonly event: Event;
  readonly action: ActionName;
  readonly after: State;
  readonly effects: readonly Effect[];
}

/** The steps that were taken; what is refused is left out. */
function history(list: readonly Event[]): Step[] {
  const taken: Step[] = [];
  let state = frozen(initial(config).state);
  for (const event of list) {
    const outcome = step(config, state, event);
    if (outcome.kind === "refused") continue;
    taken.push({ before: state, event, action: outcome.action, after: outcome.state, effects: outcome.effects });
    state = frozen(outcome.state);
  }
  return taken;
}

/** Checks all histories, and that each of these actions was among them often enough to count. */
function always(actions: readonly ActionName[], check: (step: Step) => void): void {
  const seen = new Map<ActionName, number>();
  fc.assert(
    fc.property(events, (list) => {
      for (const taken of history(list)) {
        seen.set(taken.action, (seen.get(taken.action) ?? 0) + 1);
        check(taken);
      }
    }),
    { seed: 11, numRuns: 1_000 },
  );
  for (const action of actions) expect(seen.get(action) ?? 0, action).toBeGreaterThan(25);
}

const every: readonly ActionName[] = [
  "ViewChange",
  "ReceiveStateMsg",
  "MatureTimeout",
  "Balance",
  "ReceiveBalanceMsg",
  "ReceiveReleasedMsg",
  "Disconnect",
  "ShareHosts",
  "LearnHosts",
];

describe("the reducer, over random histories of one server", () => {
  it("says the same twice and changes nothing of what it is given, frozen or not", () => {
    always(every, ({ before, event, after, effects, action }) => {
      const loose = structuredClone({ config, before, event });
      const again = step(loose.config, loose.before, loose.event);
      expect(again).toEqual({ kind: "took", action, state: after, effects });
      expect(loose).toEqual({ config, before, event });
    });
  });

  it("does in place what it does purely: the same state and the same effects, or the same refusal", () => {
    let refused = 0;
    fc.assert(
      fc.property(events, (list) => {
        let pure = initial(config).state;
        const own = structuredClone(pure);
        for (const event of list) {
          const outcome = step(config, pure, event);
          const same = stepInPlace(config, own, event);
          expect(same).toEqual(outcome);
          if (outcome.kind === "refused") refused++;
          else {
            pure = outcome.state;
            expect(same.kind === "took" && same.state).toBe(own);
          }
          expect(own).toEqual(pure);
        }
      }),
      { seed: 12, numRuns: 1_000 },
    );
    expect(refused).toBeGreaterThan(1_000);
  });

  it("does not share anything with the events and effects that a later step in place could change", () => {
    fc.assert(
      fc.property(events, (list) => {
        const own = initial(structuredClone(config)).state;
        const told: { readonly effects: readonly Effect[]; readonly text: string }[] = [];
        for (const event of list) {
          const outcome = stepInPlace(config, own, event);
          if (outcome.kind === "took") told.push({ effects: outcome.effects, text: JSON.stringify(outcome.effects) });
        }
        for (const { effects, text } of told) expect(JSON.stringify(effects)).toBe(text);
      }),
      { seed: 13, numRuns: 500 },
    );
  });

  it("keeps a state that is plain JSON", () => {
    always(every, ({ after, effects }) => {
      expect(JSON.parse(JSON.stringify(after))).toStrictEqual(after);
      expect(JSON.parse(JSON.stringify(effects))).toStrictEqual(effects);
    });
  });

  it("asks neither for the time nor for chance", () => {
    const forbidden = (): never => {
      throw new Error("not in a reducer");
    };
    const sample = fc.sample(events, { seed: 14, numRuns: 300 });
    const stubs = [vi.spyOn(Date, "now"), vi.spyOn(Math, "random"), vi.spyOn(performance, "now")].map((stub) =>
      stub.mockImplementation(forbidden),
    );
    try {
      expect(() => Math.random()).toThrow("not in a reducer");
      expect(sample.flatMap(history).length).toBeGreaterThan(1_000);
    } finally {
      for (const stub of stubs) stub.mockRestore();
    }
  });

  it("changes nothing but the hosts when caches are shared, and keeps those within their limit (W22)", () => {
    let learnt = 0;
    always(["ShareHosts", "LearnHosts"], ({ event, before, after, effects }) => {
      expect(after.hosts.length).toBeLessThanOrEqual(config.hostsMax);
      if (event.type === "SHARE_TIMEOUT") {
        expect(after).toBe(before);
        expect(effects).toHaveLength(1);
      } else if (event.type === "HOSTS_MSG") {
        expect({ ...after, hosts: before.hosts }).toEqual(before);
        expect(effects).toEqual([]);
        if (after.hosts.length === config.hostsMax) learnt++;
      } else expect(after.hosts).toEqual(before.hosts);
    });
    expect(learnt).toBeGreaterThan(50);
  });

  it("acquires nothing in GATHER, nor on the way into it", () => {
    let kept = 0;
    always(["ViewChange", "ReceiveStateMsg", "MatureTimeout"], ({ before, after, effects }) => {
      if (after.state !== "GATHER") return;
      expect(effects.filter(({ type }) => type === "acquire")).toEqual([]);
      expect(before.held).toEqual(expect.arrayContaining([...after.held]));
      if (after.held.length > 0) kept++;
    });
    expect(kept).toBeGreaterThan(100);
  });

  it("puts on the interfaces exactly what the state says is held, whatever peers send", () => {
    let most = 0;
    fc.assert(
      fc.property(events, (list) => {
        const interfaces = new Set<string>();
        for (const { after, effects } of history(list)) {
          for (const effect of effects) {
            if (effect.type === "acquire") interfaces.add(effect.group);
            if (effect.type === "release") interfaces.delete(effect.group);
          }
          expect([...interfaces].sort()).toEqual([...after.held].sort());
          most = Math.max(most, interfaces.size);
        }
      }),
      { seed: 15, numRuns: 1_500 },
    );
    expect(most).toBe(groups.length);
  });

  it("announces what it acquires and what it keeps in a conflict, address by address, and nothing else", () => {
    let acquired = 0;
    let kept = 0;
    always(["ReceiveStateMsg", "ReceiveReleasedMsg"], ({ event, before, after, effects }) => {
      const told = effects.flatMap((effect) => (effect.type === "announce" ? [effect.address] : []));
      const put = effects.flatMap((effect) => (effect.type === "acquire" ? effect.addresses : []));
      const claims = event.type === "STATE_MSG" && event.sender !== config.self && before !== after ? event.owns : [];
      const won = before.held.filter((name) => claims.includes(name) && after.held.includes(name));
      expect(told).toEqual([
        ...config.groups.filter(({ name }) => won.includes(name)).flatMap((one) => one.addresses),
        ...put,
      ]);
      acquired += put.length;
      kept += won.length;
    });
    expect(acquired).toBeGreaterThan(100);
    expect(kept).toBeGreaterThan(10);
  });
});
