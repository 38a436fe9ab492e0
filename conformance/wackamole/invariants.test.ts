import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Member, State } from "../../impl/wackamole/index.ts";
import type { ClosedSystem } from "../engine/contract.ts";
import { type Explored, explore } from "../engine/explore.ts";
import { wackamoleProperties } from "./invariants.ts";
import { wackamoleSystem } from "./system.ts";
import { small } from "./testing/play.ts";
import type { Bounds, Move, World } from "./world.ts";

type System = ClosedSystem<World, Move>;

function explored(bounds: Bounds, system: System): Explored<Move> {
  return explore(system, { properties: wackamoleProperties(bounds) });
}

interface Counted {
  readonly path: string;
  readonly distinctStates: number;
  readonly totalStates: number;
  readonly stateDepth: number;
}

const manifest = JSON.parse(readFileSync(new URL("../../spec/wackamole/manifest.json", import.meta.url), "utf8")) as {
  readonly modules: readonly { readonly models: readonly Counted[] }[];
};

/** What TLC found for a model, and what that is for the explorer: TLC counts initial states as generated, too. */
function found(cfg: string, initials: number): { worlds: number; edges: number; depth: number } {
  const model = manifest.modules.flatMap(({ models }) => models).find(({ path }) => path.endsWith(`/${cfg}`));
  if (model === undefined) throw new Error(`the manifest has no ${cfg}`);
  return { worlds: model.distinctStates, edges: model.totalStates - initials, depth: model.stateDepth };
}

const bounded: readonly (readonly [cfg: string, change: Partial<Bounds>, counts: readonly number[]])[] = [
  ["MCWackamoleSmall.cfg", { changes: "calm", timers: "quiet" }, [614, 1_272, 15]],
  ["MCWackamoleBoot.cfg", { maxEpoch: 0, groups: [["a1"], ["a2"]], prefers: { s1: [["a2"]] } }, [624, 1_278, 18]],
  ["MCWackamoleLiveness.cfg", {}, [11_866, 28_644, 17]],
  ["MCWackamole.cfg", { groups: [["a1"], ["a2"]], prefers: { s1: [["a2"]] } }, [18_399, 46_306, 23]],
  ["MCWackamoleRouter.cfg", { groups: [["a1", "a2"], ["a3"]], prefers: { s1: [["a1", "a2"]] } }, [12_514, 29_973, 20]],
  ["MCWackamoleOrders.cfg", { maxEpoch: 2, lists: "any", timers: "quiet" }, [23_777, 55_934, 22]],
];

describe("the specification's properties, over every reachable world", () => {
  it.each(bounded)("hold within the bounds of %s, in as many worlds as TLC finds states", (cfg, change, counts) => {
    const bounds = { ...small, ...change };
    const system = wackamoleSystem(bounds);
    const { worlds, edges, depth, complete, violations } = explored(bounds, system);
    expect(violations).toEqual([]);
    expect(complete).toBe(true);
    expect([worlds, edges, depth]).toEqual(counts);
    expect({ worlds, edges, depth }).toEqual(found(cfg, [...system.initials()].length));
  });
});

// Each property is shown able to fail, and to fail alone: one kind of step is doctored, and the world that it leads to
// is looked at but not entered, so that nothing else can follow from it.

type Doctor = (after: World, before: World) => World | undefined;

function doctored(system: System, doctor: Doctor): System {
  const dead = new WeakSet<World>();
  return {
    ...system,
    moves: (world) => (dead.has(world) ? [] : system.moves(world)),
    apply: (before, move) => {
      const tried = system.apply(before, move);
      const world = tried.kind === "took" ? doctor(tried.world, before) : undefined;
      if (world === undefined) return tried;
      dead.add(world);
      return { kind: "took", world };
    },
  };
}

function changed(world: World, server: Member, change: Partial<State>): World {
  const state = world.servers[server];
  if (state === undefined) throw new Error(`no ${server}`);
  return { ...world, servers: { ...world.servers, [server]: { ...state, ...change } } };
}

/** A server covers just these groups, and its state says so. */
function covering(world: World, server: Member, names: readonly string[]): World {
  return { ...changed(world, server, { held: names }), covers: { ...world.covers, [server]: names } };
}

/** The first server, in either order of the two, for which a condition holds, and the other. */
function where(holds: (s: Member, t: Member) => boolean): readonly [Member, Member] | undefined {
  const orders = [["s1", "s2"] as const, ["s2", "s1"] as const];
  return orders.find(([s, t]) => holds(s, t));
}

function stateOf(world: World, server: Member): State["state"] | undefined {
  return world.servers[server]?.state;
}

function viewOf(world: World, server: Member): string | undefined {
  return world.servers[server]?.view?.id;
}

function covers(world: World, server: Member): boolean {
  return world.covers[server]?.length === 1;
}

/** Whether both servers run in one view, which is the one that is installed for them, or is not any more. */
function runTogether(world: World, installed: boolean): boolean {
  const id = viewOf(world, "s1");
  return (
    id !== undefined &&
    viewOf(world, "s2") === id &&
    ["s1", "s2"].every((s) => stateOf(world, s) === "RUN" && (world.net[s]?.id === id) === installed)
  );
}

function idle(world: World): boolean {
  return ["s1", "s2"].every((server) => world.inbox[server]?.length === 0);
}

const nobody = { a1: null };

const doctors: Readonly<Record<string, Doctor>> = {
  TypeOK: (after) => {
    const view = after.servers["s1"]?.view;
    return view ? changed(after, "s1", { view: { ...view, members: ["s2"] } }) : undefined;
  },
  Correctness: (after) => {
    if (!runTogether(after, true) || !idle(after)) return undefined;
    return ["s1", "s2"].reduce((world, s) => covering(changed(world, s, { current_table: nobody }), s, []), after);
  },
  AtMostOnce: (after) => {
    if (!runTogether(after, false)) return undefined;
    return covering(covering(after, "s1", ["a1"]), "s2", ["a1"]);
  },
  ImmatureCoversNothing: (after) => {
    const who = where((s) => covers(after, s));
    return who && changed(after, who[0], { mature: false });
  },
  DisconnectedCoversNothing: (after) => {
    const who = where((s) => stateOf(after, s) === "DISCONNECTED" && after.servers[s]?.mature === true);
    return who && covering(after, who[0], ["a1"]);
  },
  ClaimsWhatItHolds: (after) => {
    const who = where((s) => stateOf(after, s) === "GATHER" && covers(after, s));
    return who && changed(after, who[0], { old_table: nobody });
  },
  TablesAgree: (after) => {
    if (!runTogether(after, true) || !idle(after)) return undefined;
    return changed(after, "s2", { handover: { a1: "s1" } });
  },
  HeldIsCovered: (after) => {
    const who = where((s) => covers(after, s));
    return who && changed(after, who[0], { held: [] });
  },
};

const stepDoctors: Readonly<Record<string, Doctor>> = {
  NothingAcquiredInGather: (after, before) => {
    const who = where((s) => stateOf(after, s) === "GATHER" && !covers(before, s) && after.servers[s]?.mature === true);
    return who && changed(covering(after, who[0], ["a1"]), who[0], { old_table: { a1: who[0] } });
  },
  ReallocationTakesHoles: (after, before) => {
    // The other still gathers, and has still to hear that what it covers is a later member's.
    const who = where(
      (s, t) =>
        stateOf(before, s) === "GATHER" &&
        stateOf(after, s) === "RUN" &&
        viewOf(after, s) === viewOf(after, t) &&
        stateOf(before, t) === "GATHER" &&
        covers(before, t) &&
        !covers(before, s),
    );
    return who && covering(after, who[0], ["a1"]);
  },
  ReleasedBeforeAcquired: (after, before) => {
    // The other lets go in the very step in which this one acquires, and not before.
    if (!runTogether(before, true) || !runTogether(after, true) || idle(after)) return undefined;
    const who = where((s, t) => covers(before, t) && !covers(before, s));
    return who && covering(covering(after, who[0], ["a1"]), who[1], []);
  },
};

const properties = wackamoleProperties(small);
const quiet: Bounds = { ...small, timers: "quiet" };

describe("the properties can fail", () => {
  it("each of them is doctored here", () => {
    expect(Object.keys(doctors)).toEqual(properties.invariants.map(({ name }) => name));
    expect(Object.keys(stepDoctors)).toEqual(properties.steps.map(({ name }) => name));
  });

  it.each(Object.entries(doctors))("%s alone is found violated where it is", (name, doctor) => {
    const { violations } = explore(doctored(wackamoleSystem(quiet), doctor), {
      properties: { ...wackamoleProperties(quiet), steps: [] },
    });
    expect(violations).toMatchObject([{ kind: "invariant", says: name }]);
    expect(violations[0]?.paths[0]?.moves.length).toBeGreaterThan(0);
  });

  it.each(Object.entries(stepDoctors))("%s alone is found violated where it is", (name, doctor) => {
    const system = wackamoleSystem(small);
    expect(brokenBy(system, doctor)).toEqual([name]);
  });
});

/** The properties that the doctored steps break; the invariants that they break with them are another matter. */
function brokenBy(system: System, doctor: Doctor): string[] {
  const { violations } = explore(doctored(system, doctor), { properties: { ...properties, invariants: [] } });
  return violations.filter(({ kind }) => kind === "step").map(({ says }) => says);
}
