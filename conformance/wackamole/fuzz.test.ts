import { describe, expect, it } from "vitest";
import { type Campaign, type CampaignOptions, campaign } from "../engine/fuzz/campaign.ts";
import { Dice } from "../engine/fuzz/dice.ts";
import { follow } from "../engine/fuzz/shorten.ts";
import { has } from "../engine/replay.ts";
import { type Settings, wackamoleFuzz } from "./fuzz.ts";
import { faults } from "./fuzz-faults.ts";
import { isMove } from "./fuzz-moves.ts";
import { wackamoleModels } from "./models.ts";
import { wackamoleSystem } from "./system.ts";
import { small } from "./testing/play.ts";
import type { Bounds, Move } from "./world.ts";

const usual: CampaignOptions = { seed: 1, number: 0, strategy: "guided", runs: 100, steps: 200 };

type Target = ReturnType<typeof wackamoleFuzz>;

function done(target: Target, options: Partial<CampaignOptions> = {}): Campaign<Settings, Move> {
  const steps = campaign(target, { ...usual, ...options });
  for (let next = steps.next(); ; next = steps.next()) if (next.done === true) return next.value;
}

const { modelOf } = wackamoleModels;
const genuine = wackamoleFuzz();

describe("clusters of 2 to 8 servers with up to 20 addresses", () => {
  it.each(["uniform", "guided"] as const)("keep every property, whatever happens to them: %s", (strategy) => {
    const { failure, settled, actions, features } = done(genuine, { strategy });
    expect(failure).toBeUndefined();
    expect(settled).toBe(usual.runs);
    const named = modelOf('CONSTANTS Server = {"s1"}\n Groups <- Groups1');
    const every = typeof named === "string" ? [] : named.actions;
    expect(every).toHaveLength(15);
    expect(every.filter((action) => (actions[action] ?? 0) < 3)).toEqual([]);
    // The largest components came to an agreement, and were broken up while they did.
    expect([...features].filter((feature) => /-> RUN, of 8,/.test(feature)).length).toBeGreaterThan(0);
    expect(
      [...features].filter((feature) => /heard [2-7] of [5-8],.*[12] changes before it$/.test(feature)).length,
    ).toBeGreaterThan(0);
  });

  it("are of all sizes", () => {
    const seen = new Set<number>();
    const addresses: number[] = [];
    const watched: Target = {
      ...genuine,
      open(settings) {
        seen.add(settings.servers);
        const cluster = genuine.open(settings);
        const world = cluster.start(new Dice(0));
        addresses.push(Object.keys(world.servers["s1"]?.current_table ?? {}).flatMap((name) => name.split("+")).length);
        return cluster;
      },
    };
    done(watched, { steps: 1 });
    expect([...seen].sort()).toEqual([2, 3, 4, 5, 6, 7, 8]);
    expect(Math.max(...addresses)).toBe(20);
    expect(Math.min(...addresses)).toBeLessThan(4);
  });

  it("go the same way once more", () => {
    expect(done(genuine, { runs: 10, number: 3 })).toEqual(done(genuine, { runs: 10, number: 3 }));
  });
});

describe("a planted fault", () => {
  const doubled = /^(Correctness|AtMostOnce|ClaimsWhatItHolds|ReallocationTakesHoles)$/;
  /** What it shows as, and in how many moves at most. */
  const found: Record<string, readonly [RegExp, number]> = {
    "of three groups gained at once the third is forgotten": [/^Correctness$/, 6],
    "of three groups lost at once the third is kept": [doubled, 30],
    "in a view of five the last state message is not awaited": [doubled, 130],
    "who is interrupted after three state messages claims what it has heard": [/^ClaimsWhatItHolds$/, 90],
    "among four a state message of two views before is believed": [doubled, 130],
    "three groups released at once are too many to be handed over": [/^released too many groups$/, 40],
    "who is disconnected forgets its three groups where they are kept": [/read only/, 10],
    "among four the representative never has enough of balancing": [/^it never comes to rest without faults$/, 8],
  };

  it("has a test here, each of them", () => {
    expect(Object.keys(found)).toEqual(Object.keys(faults));
  });

  it.each(Object.entries(faults))("is found and made short: %s", (name, reducer) => {
    const target = wackamoleFuzz(reducer);
    const [says, most] = found[name] ?? [/^$/, 0];
    let failure = done(target).failure;
    for (let number = 1; failure === undefined && number < 3; number++) failure = done(target, { number }).failure;
    expect(failure?.breach.says).toMatch(says);
    if (failure === undefined) return;
    expect(failure.moves.length).toBeLessThanOrEqual(most);
    // It is the fault that is found: without it the same moves do no harm.
    expect(follow(genuine.open(failure.settings), failure, undefined, true).breach).toBeUndefined();
    expect(follow(target.open(failure.settings), failure, undefined, true).breach).toEqual(failure.breach);
  });

  it.each(Object.entries(faults))("does not show within the bounds of a model: %s", (_, reducer) => {
    const bounds: Bounds = { ...small, groups: [["a1"], ["a2"]] };
    const [planted, sound] = [wackamoleSystem(bounds, reducer), wackamoleSystem(bounds)];
    expect(walked(planted)).toEqual(walked(sound));
  });
});

/** What a walk without choice comes to: all worlds within the first 300. */
function walked(system: ReturnType<typeof wackamoleSystem>): unknown {
  const worlds = [...system.initials()];
  for (let at = 0; at < worlds.length && worlds.length < 300; at++) {
    const world = worlds[at];
    if (world === undefined) break;
    for (const move of system.moves(world)) {
      const tried = system.apply(world, move);
      if (tried.kind === "took") worlds.push(tried.world);
    }
  }
  return worlds;
}

describe("a move from outside", () => {
  const bounds: Bounds = {
    ...small,
    servers: ["s1", "s2", "s3"],
    groups: [["a1"], ["a2"], ["a3"]],
    lists: "any",
    maxEpoch: 3,
  };
  const system = wackamoleSystem(bounds);
  const cluster = genuine.open({ servers: 3, groups: [1, 1, 1], prefers: [] });

  it("is one where the system has it, and is none where the system would not try it", () => {
    let [moves, strange] = [0, 0];
    for (let seed = 0; seed < 30; seed++) {
      const dice = new Dice(seed);
      let world = cluster.start(dice);
      for (let steps = 0; steps < 12; steps++) {
        const all = [...system.moves(world)];
        const taken = all.flatMap((move) => {
          const tried = system.apply(world, move);
          if (tried.kind === "refused") return [];
          moves++;
          expect(isMove(bounds, world, move)).toBe(true);
          for (const other of disturbed(move)) {
            strange++;
            if (!isMove(bounds, world, other)) continue;
            // What is let through is the system's own, or refused whatever it says.
            const own = has(all, other);
            expect(own || system.apply(world, other as Move).kind === "refused").toBe(true);
          }
          return [tried.world];
        });
        world = dice.pick(taken) ?? world;
      }
    }
    expect(moves).toBeGreaterThan(500);
    expect(strange).toBeGreaterThan(2000);
  });

  it.each([null, 7, "Crash", {}, { type: "Crash" }, { type: "Balance", server: "s9" }, { type: "Fly", server: "s1" }])(
    "is none: %j",
    (move) => expect(isMove(bounds, cluster.start(new Dice(1)), move)).toBe(false),
  );

  it("is made of each kind, and is one that the system has", () => {
    const times = new Map<string, number>();
    const weights = genuine.kinds.map(({ weight }) => weight);
    for (let seed = 0; seed < 60; seed++) {
      const dice = new Dice(seed);
      let world = cluster.start(dice);
      for (let steps = 0; steps < 250; steps++) {
        const kind = genuine.kinds[dice.weighted(weights)]?.name ?? "";
        for (const move of cluster.pick(world, kind, dice)) {
          const tried = cluster.system.apply(world, move);
          if (tried.kind === "refused") continue;
          if (steps % 8 === 0) expect(has(system.moves({ ...world, epoch: 0 }), move)).toBe(true);
          times.set(kind, (times.get(kind) ?? 0) + 1);
          world = tried.world;
          break;
        }
      }
    }
    // Servers four to eight are not there.
    const there = genuine.kinds.map(({ name }) => name).filter((name) => !/[4-8]$/.test(name));
    expect([...times.keys()].sort()).toEqual(there.sort());
  });
});

/** The move with its parts exchanged, dropped or repeated. */
function disturbed(move: Move): unknown[] {
  const fields = Object.entries(move).filter(([field]) => field !== "type");
  return fields.flatMap(([field, value]) => {
    const others = Array.isArray(value)
      ? [value.toReversed(), value.slice(1), [...value, ...value.slice(0, 1)]]
      : typeof value === "number"
        ? [value + 1, value - 1]
        : ["s1", "s2", "s3"];
    return others.map((other) => ({ ...move, [field]: other }));
  });
}
