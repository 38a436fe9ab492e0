import { describe, expect, it } from "vitest";
import { canonical } from "../../impl/kernel/index.ts";
import type { ClosedSystem } from "../engine/contract.ts";
import { explore } from "../engine/explore.ts";
import { wackamoleSystem } from "./system.ts";
import { begun, played, settled, small, taken } from "./testing/play.ts";
import { type Bounds, type Move, takings, type World } from "./world.ts";

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** Explores while each world is frozen, and tells which conjuncts refused and which actions were taken. */
function refusals(bounds: Bounds): { because: Set<string>; took: Set<string>; violations: readonly unknown[] } {
  const because = new Set<string>();
  const took = new Set<string>();
  const system = wackamoleSystem(bounds);
  const watched: ClosedSystem<World, Move> = {
    ...system,
    apply: (world, move) => {
      const tried = system.apply(frozen(world), frozen(move));
      if (tried.kind === "took") took.add(move.type);
      else because.add(tried.because);
      return tried;
    },
  };
  const { violations, complete } = explore(watched);
  expect(complete).toBe(true);
  return { because, took, violations };
}

const quiet: Bounds = { ...small, timers: "quiet" };

describe("the closed system", () => {
  it("never changes the world that a move is tried at, taken or refused", () => {
    expect(refusals(quiet).violations).toEqual([]);
  });

  it("refuses for every conjunct that can be false in it, where messages can be late", () => {
    expect([...refusals(small).because].sort()).toEqual(
      [
        ...["IsBatch", "Have", "Heeded", "InGather", "OfCurrentView", "Armed", "SomethingToMove"],
        ...["MayChange", "OfOneComponent", "NotWhole", "WithHead", "TwoComponents", "Connected", "NotConnected"],
      ].sort(),
    );
    const balancing = refusals({ ...small, groups: [["a1"], ["a2"]], timers: "quiet" });
    expect([...balancing.because]).toEqual(expect.arrayContaining(["MayExpire"]));
  });

  it("takes every action where there is something to balance", () => {
    const every = [...takings, "MatureTimeout", "Balance", "Partition", "Merge", "Lose", "Recover", "Crash"];
    const { took } = refusals({ ...small, groups: [["a1"], ["a2"]], prefers: { s1: [["a2"]] } });
    expect([...took].sort()).toEqual(every.toSorted());
  });

  it("starts with any servers connected in any components and orders", () => {
    const system = wackamoleSystem({ ...small, lists: "any" });
    const nets = [...system.initials()].map(({ net }) => canonical([net["s1"]?.id ?? null, net["s2"]?.id ?? null]));
    expect(nets.toSorted()).toEqual(
      [
        [null, null],
        ["0:s1", null],
        [null, "0:s2"],
        ["0:s1", "0:s2"],
        ["0:s1,s2", "0:s1,s2"],
        ["0:s2,s1", "0:s2,s1"],
      ]
        .map(canonical)
        .sort(),
    );
  });

  it("does to the hosts what effects ask for", () => {
    const system = wackamoleSystem(small);
    const start = begun(system, ["s1"]);
    expect(start.armed).toEqual({ s1: [], s2: [] });
    const joined = taken(system, start, "s1");
    expect(joined.armed["s1"]).toEqual(["mature", "share"]);
    const run = settled(system, small, joined);
    expect([run.covers["s1"], run.armed["s1"]]).toEqual([["a1"], ["balance", "share"]]);
    const lost = played(system, run, { type: "Lose", server: "s1", list: [], kept: 0 });
    expect(lost.covers["s1"]).toEqual(["a1"]);
    const dropped = taken(system, lost, "s1");
    expect([dropped.covers["s1"], dropped.armed["s1"]]).toEqual([[], []]);
    const crashed = played(system, run, { type: "Crash", server: "s1", list: [], kept: 0 });
    expect([crashed.covers["s1"], crashed.armed["s1"], crashed.servers["s1"]?.mature]).toEqual([[], [], false]);
  });

  it("refuses what is asked of a server that it does not have", () => {
    const system = wackamoleSystem(small);
    const start = begun(system, ["s1"]);
    for (const type of takings) {
      expect(system.apply(start, { type, servers: ["s9"] })).toEqual({ kind: "refused", because: "Have" });
    }
    expect(system.apply(start, { type: "Balance", server: "s9" })).toEqual({ kind: "refused", because: "Armed" });
  });
});

describe("the closed system whose batches are views", () => {
  const bounds: Bounds = { ...small, grain: "view", changes: "calm", timers: "quiet", lists: "any" };
  const system = wackamoleSystem(bounds);

  it("lets all members take what is the same for all, in any order of what they send", () => {
    const start = begun(system, ["s1", "s2"]);
    for (const servers of [["s1"], ["s2"], []]) {
      expect(system.apply(start, { type: "ViewChange", servers })).toEqual({ kind: "refused", because: "IsBatch" });
    }
    const orders = [...system.moves(start)].flatMap((move) => (move.type === "ViewChange" ? [move.servers] : []));
    expect(orders).toContainEqual(["s1", "s2"]);
    expect(orders).toContainEqual(["s2", "s1"]);
    const world = played(system, start, { type: "ViewChange", servers: ["s2", "s1"] });
    const senders = (server: string): unknown[] =>
      (world.inbox[server] ?? []).map((event) => ("sender" in event ? event.sender : event.type));
    expect([senders("s1"), senders("s2")]).toEqual([
      ["s2", "s1"],
      ["s2", "s1"],
    ]);
  });

  it("lets nobody else take while a view change waits, and the network not change", () => {
    const start = begun(system, ["s1"], ["s2"]);
    const ahead = played(system, start, { type: "ViewChange", servers: ["s1"] });
    expect(system.apply(ahead, { type: "ReceiveStateMsg", servers: ["s1"] })).toEqual({
      kind: "refused",
      because: "IsBatch",
    });
    const merge: Move = { type: "Merge", servers: ["s1", "s2"], list: ["s1", "s2"] };
    expect(system.apply(ahead, merge)).toEqual({ kind: "refused", because: "MayChange" });
    const both = played(system, ahead, { type: "ViewChange", servers: ["s2"] });
    expect(system.apply(both, merge).kind).toBe("took");
    expect(system.apply(both, { type: "MatureTimeout", server: "s1" })).toEqual({
      kind: "refused",
      because: "MayExpire",
    });
  });

  it("cuts worlds away and adds none", () => {
    const fine = worlds(wackamoleSystem({ ...bounds, grain: "server" }));
    const coarse = worlds(system);
    expect(coarse.size).toBeGreaterThan(100);
    expect(coarse.size).toBeLessThan(fine.size);
    expect([...coarse].filter((world) => !fine.has(world))).toEqual([]);
  });
});

function worlds(system: ClosedSystem<World, Move>): Set<string> {
  const met = new Set<string>();
  const { violations } = explore(system, {
    properties: { invariants: [{ name: "met", holds: (world) => met.add(canonical(world)).size > 0 }], steps: [] },
  });
  expect(violations).toEqual([]);
  return met;
}
