import { describe, expect, it } from "vitest";
import type { Member, State } from "../../impl/wackamole/index.ts";
import { wackamoleProperties } from "./invariants.ts";
import { wackamoleSystem } from "./system.ts";
import { begun, next, type Played, played, settled, small, taken } from "./testing/play.ts";
import type { Bounds, Move, World } from "./world.ts";

// The rules that need several servers; those of one server alone are in impl/wackamole.

const bounds: Bounds = {
  ...small,
  servers: ["s1", "s2", "s3"],
  groups: [["a1"], ["a2"], ["a3"]],
  maxEpoch: 9,
  lists: "any",
};
const system = wackamoleSystem(bounds);
const properties = wackamoleProperties(bounds);
const all = ["s1", "s2", "s3"];

/** The servers that cover each address, by the address. */
function coverage(world: World, members: readonly Member[] = all): Record<string, Member[]> {
  return Object.fromEntries(
    bounds.groups.flat().map((address) => [address, members.filter((s) => world.covers[s]?.includes(address))]),
  );
}

function stateOf(world: World, server: Member): State {
  const state = world.servers[server];
  if (state === undefined) throw new Error(`no ${server}`);
  return state;
}

/** Everything that holds of every world and step holds of these. */
function expectSound(before: World, { move, world }: Played): void {
  const broken = properties.invariants.filter((invariant) => !invariant.holds(world));
  const steps = properties.steps.filter((property) => !property.holds(before, world));
  expect(
    [...broken, ...steps].map(({ name }) => name),
    JSON.stringify(move),
  ).toEqual([]);
}

function operational(world: World): boolean {
  return properties.atRest.every((property) => property.holds(world));
}

/** Settles, and checks every step on the way. */
function calmed(from: World, balance = true): World {
  let before = from;
  return settled(system, bounds, from, balance, (step) => {
    expectSound(before, step);
    before = step.world;
  });
}

/** Each of these servers takes everything that it has, one server after the other, until nobody has anything. */
function drained(from: World, ...order: readonly Member[]): World {
  let world = from;
  for (let at = 0; order.some((server) => (world.inbox[server]?.length ?? 0) > 0); at++) {
    const server = order[at % order.length] ?? "";
    for (let step = next(system, world, server); step !== undefined; step = next(system, world, server)) {
      world = step.world;
    }
  }
  return world;
}

const together = calmed(begun(system, all));
const apart = calmed(begun(system, ["s1"], ["s2"], ["s3"]));

const partition: Move = { type: "Partition", servers: ["s1"], lists: [["s1"], ["s3", "s2"]], kept: [0, 0] };

describe("Wackamole, rule by rule, among servers", () => {
  it("W1: every address is covered exactly once in each component, however the network breaks and heals", () => {
    expect(coverage(together)).toEqual({ a1: ["s1"], a2: ["s2"], a3: ["s3"] });
    const parted = calmed(played(system, together, partition));
    expect(coverage(parted, ["s1"])).toEqual({ a1: ["s1"], a2: ["s1"], a3: ["s1"] });
    expect(coverage(parted, ["s2", "s3"])).toEqual({ a1: ["s3"], a2: ["s2"], a3: ["s3"] });
    const merged = calmed(played(system, parted, { type: "Merge", servers: all, list: ["s3", "s1", "s2"] }), false);
    // The last of the list who covers an address has it: s2 its own, and s1 the others.
    expect(coverage(merged)).toEqual({ a1: ["s1"], a2: ["s2"], a3: ["s1"] });
    const crashed = played(system, merged, { type: "Crash", server: "s1", list: ["s2", "s3"], kept: 0 });
    expect(coverage(calmed(crashed), ["s2", "s3"])).toEqual({ a1: ["s3"], a2: ["s2"], a3: ["s2"] });
  });

  it("W2: servers that see no more change get to RUN, from wherever they are", () => {
    const changes: readonly Move[] = [
      partition,
      { type: "Merge", servers: all, list: ["s2", "s3", "s1"] },
      { type: "Lose", server: "s3", list: ["s1", "s2"], kept: 0 },
      { type: "Crash", server: "s1", list: ["s2"], kept: 0 },
      { type: "Recover", server: "s1" },
    ];
    // Each change finds the servers still in the last one, and some have taken more of it than others.
    let world = together;
    for (const change of changes) {
      world = played(system, world, change);
      expect(operational(world)).toBe(false);
      expect(operational(calmed(world))).toBe(true);
      world = next(system, world, "s2")?.world ?? world;
    }
    expect(coverage(calmed(world), ["s1"])).toEqual({ a1: ["s1"], a2: ["s1"], a3: ["s1"] });
    expect(coverage(calmed(world), ["s2"])).toEqual({ a1: ["s2"], a2: ["s2"], a3: ["s2"] });
  });

  it("W3: all members have the same list, and take what is sent in the same order", () => {
    const views = taken(system, begun(system, ["s2", "s3", "s1"]), "s3", "s1", "s2");
    for (const server of all) {
      expect(stateOf(views, server).view?.members).toEqual(["s2", "s3", "s1"]);
      expect(views.inbox[server]).toEqual(views.inbox["s1"]);
    }
    expect(views.inbox["s1"]?.map((event) => "sender" in event && event.sender)).toEqual(["s3", "s1", "s2"]);
  });

  it("W3: servers that move together take the same of the old view, and what was taken is not lost", () => {
    const sent = taken(system, begun(system, all), "s1", "s2", "s3", "s1", "s1", "s2");
    // s1 has taken the messages of s1 and s2, s2 that of s1 alone; s3 goes.
    const lost = played(system, sent, { type: "Crash", server: "s3", list: ["s1", "s2"], kept: 0 });
    expect(lost.inbox["s1"]?.map(({ type }) => type)).toEqual(["VIEW_CHANGE"]);
    expect(lost.inbox["s2"]?.map(({ type }) => type)).toEqual(["STATE_MSG", "VIEW_CHANGE"]);
    const kept = played(system, sent, { type: "Crash", server: "s3", list: ["s1", "s2"], kept: 1 });
    expect(kept.inbox["s1"]?.map(({ type }) => type)).toEqual(["STATE_MSG", "VIEW_CHANGE"]);
  });

  it("W7: a state message of an old view can arrive in a new one, and is dropped", () => {
    // s2 and s3 have heard of the merge late: s1 answers in it before they send what belongs to the view before.
    const merged = played(system, begun(system, ["s1"], ["s2"]), {
      type: "Merge",
      servers: ["s1", "s2"],
      list: ["s1", "s2"],
    });
    const late = taken(system, merged, "s2", "s1", "s1");
    const old = late.inbox["s1"]?.[0];
    expect(old).toMatchObject({ type: "STATE_MSG", sender: "s2", view: "0:s2" });
    expect(system.apply(late, { type: "ReceiveStateMsg", servers: ["s1"] })).toMatchObject({
      because: "OfCurrentView",
    });
    const dropped = played(system, late, { type: "DiscardStateMsg", servers: ["s1"] });
    expect(dropped.servers).toEqual(late.servers);
    expect(operational(calmed(late))).toBe(true);
  });

  it("W9: when components merge that both cover an address, one lets go as soon as it hears of the other", () => {
    expect(coverage(apart)["a1"]).toEqual(all);
    const merged = played(system, apart, { type: "Merge", servers: ["s1", "s2"], list: ["s1", "s2"] });
    const heard = taken(system, merged, "s2", "s1", "s1");
    expect(stateOf(heard, "s1").state).toBe("GATHER");
    expect(coverage(heard, ["s1", "s2"])).toEqual({ a1: ["s2"], a2: ["s2"], a3: ["s2"] });
    expect(coverage(calmed(heard, false), ["s1", "s2"])).toEqual({ a1: ["s2"], a2: ["s2"], a3: ["s2"] });
  });

  it("W10: all members fill the same holes with the same members, whoever is the first to run", () => {
    const crashed = played(system, together, { type: "Crash", server: "s2", list: ["s3", "s1"], kept: 0 });
    for (const order of [
      ["s1", "s3"],
      ["s3", "s1"],
    ]) {
      const world = drained(crashed, ...order);
      expect(coverage(world, ["s1", "s3"])).toEqual({ a1: ["s1"], a2: ["s3"], a3: ["s3"] });
      expect(stateOf(world, "s1").current_table).toEqual(stateOf(world, "s3").current_table);
    }
  });

  it("W13, W6, R3: an address that balancing moves is covered by nobody for a while, and never by two", () => {
    const merged = played(system, apart, { type: "Merge", servers: ["s1", "s2"], list: ["s1", "s2"] });
    const uneven = calmed(merged, false);
    expect(coverage(uneven, ["s1", "s2"])).toEqual({ a1: ["s2"], a2: ["s2"], a3: ["s2"] });
    const ordered = played(system, uneven, { type: "Balance", server: "s1" });
    const moved = (world: World): readonly Member[] => coverage(world, ["s1", "s2"])["a3"] ?? [];
    expect(moved(ordered)).toEqual(["s2"]);
    const first = taken(system, ordered, "s1");
    expect(moved(first)).toEqual(["s2"]);
    const second = taken(system, first, "s2");
    expect(moved(second)).toEqual([]);
    expect(moved(taken(system, second, "s2"))).toEqual([]);
    expect(moved(taken(system, second, "s1"))).toEqual(["s1"]);
    expect(coverage(calmed(ordered), ["s1", "s2"])).toEqual({ a1: ["s2"], a2: ["s2"], a3: ["s1"] });
  });

  it("W14: a view change in the middle of a handover loses no address", () => {
    const merged = played(system, apart, { type: "Merge", servers: ["s1", "s2"], list: ["s1", "s2"] });
    const released = taken(system, played(system, calmed(merged, false), { type: "Balance", server: "s1" }), "s2");
    for (const kept of [0, 1]) {
      const crashed = played(system, released, { type: "Crash", server: "s1", list: ["s2"], kept });
      expect(coverage(calmed(crashed), ["s2"])).toEqual({ a1: ["s2"], a2: ["s2"], a3: ["s2"] });
    }
    const joined = played(system, released, { type: "Merge", servers: all, list: ["s3", "s1", "s2"] });
    expect(Object.values(coverage(calmed(joined))).map(({ length }) => length)).toEqual([1, 1, 1]);
  });

  it("W16, W17, W18: a view of immature servers waits, and one of them that gives up brings all to RUN", () => {
    const waiting = drained(begun(system, all), ...all);
    expect(all.map((s) => stateOf(waiting, s).state)).toEqual(["GATHER", "GATHER", "GATHER"]);
    expect(Object.values(coverage(waiting)).flat()).toEqual([]);
    const noticed = played(system, waiting, { type: "MatureTimeout", server: "s2" });
    expect(Object.values(coverage(noticed)).flat()).toEqual([]);
    const run = drained(noticed, ...all);
    expect(all.map((s) => [stateOf(run, s).state, stateOf(run, s).mature])).toEqual(all.map(() => ["RUN", true]));
    expect(coverage(run)).toEqual({ a1: ["s1"], a2: ["s2"], a3: ["s3"] });
  });

  it("W19: a server that loses the group communication covers nothing, and takes part again when it is back", () => {
    const lost = calmed(played(system, together, { type: "Lose", server: "s1", list: ["s2", "s3"], kept: 0 }));
    expect(lost.covers["s1"]).toEqual([]);
    expect(coverage(lost, ["s2", "s3"])).toEqual({ a1: ["s2"], a2: ["s2"], a3: ["s3"] });
    const alone = calmed(played(system, lost, { type: "Recover", server: "s1" }));
    expect(coverage(alone, ["s1"])).toEqual({ a1: ["s1"], a2: ["s1"], a3: ["s1"] });
  });

  it("W20: the addresses of a group are covered by one server, whatever happens", () => {
    const routers: Bounds = { ...bounds, groups: [["a1", "a2"], ["a3"]], prefers: { s3: [["a1", "a2"]] } };
    const arena = wackamoleSystem(routers);
    const run = settled(arena, routers, begun(arena, all));
    expect(run.covers).toEqual({ s1: [], s2: ["a3"], s3: ["a1+a2"] });
    const parted = settled(arena, routers, played(arena, run, partition));
    expect(parted.covers).toEqual({ s1: ["a1+a2", "a3"], s2: ["a3"], s3: ["a1+a2"] });
  });
});

describe("the readings, where the paper is silent or wrong, among servers", () => {
  it("R1: who released in a conflict and is interrupted finds the hole that the other left when it crashed", () => {
    const merged = played(system, apart, { type: "Merge", servers: ["s1", "s2"], list: ["s1", "s2"] });
    const released = taken(system, merged, "s2", "s1", "s1");
    expect(coverage(released, ["s1"])).toEqual({ a1: [], a2: [], a3: [] });
    const crashed = calmed(played(system, released, { type: "Crash", server: "s2", list: ["s1"], kept: 0 }));
    expect(coverage(crashed, ["s1"])).toEqual({ a1: ["s1"], a2: ["s1"], a3: ["s1"] });
  });

  it("R2: what a departed server covered is a hole to those who remain", () => {
    const crashed = played(system, together, { type: "Crash", server: "s3", list: ["s1", "s2"], kept: 0 });
    expect(coverage(calmed(crashed, false), ["s1", "s2"])).toEqual({ a1: ["s1"], a2: ["s2"], a3: ["s1"] });
  });

  it("R4: servers that all give up waiting at once take a share each, and nothing is covered twice", () => {
    const waiting = drained(begun(system, all), ...all);
    const noticed = all.reduce((world, server) => played(system, world, { type: "MatureTimeout", server }), waiting);
    const run = drained(noticed, "s3", "s1", "s2");
    expect(coverage(run)).toEqual({ a1: ["s1"], a2: ["s2"], a3: ["s3"] });
  });

  it("R5: a server that is back runs at once, one that crashed waits for the timeout", () => {
    const back = (type: "Lose" | "Crash"): State["state"] => {
      const gone = drained(played(system, together, { type, server: "s1", list: ["s2", "s3"], kept: 0 }), ...all);
      return stateOf(drained(played(system, gone, { type: "Recover", server: "s1" }), ...all), "s1").state;
    };
    expect([back("Lose"), back("Crash")]).toEqual(["RUN", "GATHER"]);
  });
});
