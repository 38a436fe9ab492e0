import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Member } from "../../impl/wackamole/index.ts";
import type { ClosedSystem } from "../engine/contract.ts";
import { wackamoleProperties } from "./invariants.ts";
import { component } from "./network.ts";
import { wackamoleSystem } from "./system.ts";
import { attempt, next, type Played, settled, small } from "./testing/play.ts";
import type { Bounds, Move, World } from "./world.ts";

// Random walks beyond the bounds that TLC exhausts: more servers, groups and changes, all orders of all lists.

const four: Bounds = {
  ...small,
  servers: ["s1", "s2", "s3", "s4"],
  groups: [["a1"], ["a2", "a3"], ["a4"], ["a5"], ["a6", "a7", "a8"], ["a9"]],
  prefers: { s1: [["a1"], ["a2", "a3"]], s3: [["a1"]], s4: [["a6", "a7", "a8"]] },
  maxEpoch: 8,
  lists: "any",
};
const five: Bounds = { ...four, servers: [...four.servers, "s5"], prefers: {}, maxEpoch: 6 };

type System = ClosedSystem<World, Move>;

/** Twice what brings servers together, so that components are large as often as small. */
const changes = ["Partition", "Merge", "Merge", "Lose", "Crash", "Recover", "Recover"] as const;

/** A walk is told by numbers: each picks one of what is possible by its rest. */
class Dice {
  readonly #numbers: readonly number[];
  #at = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  get left(): boolean {
    return this.#at < this.#numbers.length;
  }

  below(bound: number): number {
    return (this.#numbers[this.#at++ % this.#numbers.length] ?? 0) % bound;
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)];
  }
}

/** A change of some kind that can happen at this world. */
function change(system: System, world: World, dice: Dice): Played | undefined {
  const all = [...system.moves(world)];
  for (let tries = changes.length; tries > 0; tries--) {
    const type = dice.pick(changes);
    const possible = all.filter((move) => move.type === type && attempt(system, world, move) !== undefined);
    const move = dice.pick(possible);
    if (move !== undefined) return attempt(system, world, move);
  }
  return undefined;
}

function timer(system: System, bounds: Bounds, world: World, dice: Dice): Played | undefined {
  const moves = bounds.servers.flatMap((server): Move[] => [
    { type: "MatureTimeout", server },
    { type: "Balance", server },
  ]);
  const fired = moves.flatMap((move) => attempt(system, world, move) ?? []);
  return fired[dice.below(Math.max(fired.length, 1))];
}

function delivery(system: System, bounds: Bounds, world: World, dice: Dice): Played | undefined {
  const waiting = bounds.servers.filter((server) => (world.inbox[server]?.length ?? 0) > 0);
  const server = dice.pick(waiting);
  return server === undefined ? undefined : next(system, world, server);
}

/** One of sixteen steps is a change of the network, two are timers, the others deliveries. */
function step(system: System, bounds: Bounds, world: World, dice: Dice): Played | undefined {
  const kind = dice.below(16);
  if (kind === 0 && world.epoch < bounds.maxEpoch) return change(system, world, dice);
  return kind < 3 ? timer(system, bounds, world, dice) : delivery(system, bounds, world, dice);
}

interface Seen {
  /** How often each action was taken. */
  readonly actions: Map<string, number>;
  /** How many servers the largest component had when the walk settled. */
  readonly largest: number[];
}

/** Walks, settles, and checks everything on the way; throws the names of what does not hold. */
function walk(system: System, bounds: Bounds, start: World, dice: Dice, seen: Seen): void {
  const properties = wackamoleProperties(bounds);
  let world = start;
  const check = ({ move, world: after }: Played): void => {
    const broken = [
      ...properties.invariants.filter((invariant) => !invariant.holds(after)),
      ...properties.steps.filter((property) => !property.holds(world, after)),
    ].map(({ name }) => name);
    if (broken.length > 0) throw new Error(`${broken.join(", ")}: violated by ${JSON.stringify(move)}`);
    seen.actions.set(move.type, (seen.actions.get(move.type) ?? 0) + 1);
    world = after;
  };
  while (dice.left) {
    const taken = step(system, bounds, world, dice);
    if (taken !== undefined) check(taken);
  }
  settled(system, bounds, world, true, check);
  for (const { name, holds } of properties.atRest) if (!holds(world)) throw new Error(`${name} is violated`);
  const components = bounds.servers.map((server) => component(world.net, server)).filter(({ length }) => length > 0);
  for (const members of components) {
    for (const address of bounds.groups.flat()) {
      const covering = members.filter((server) => covers(world, server, address));
      if (covering.length !== 1) throw new Error(`${address} is covered by ${covering.length} of ${members}`);
    }
  }
  seen.largest.push(Math.max(0, ...components.map(({ length }) => length)));
}

function covers(world: World, server: Member, address: string): boolean {
  return world.covers[server]?.some((group) => group.split("+").includes(address)) ?? false;
}

function walks(bounds: Bounds, system: System, seed: number, numRuns: number): Seen {
  const starts = [...system.initials()];
  const seen: Seen = { actions: new Map(), largest: [] };
  const numbers = fc.array(fc.nat(), { minLength: 150, maxLength: 600, size: "max" });
  fc.assert(
    fc.property(fc.nat({ max: starts.length - 1 }), numbers, (at, list) => {
      const start = starts[at];
      if (start === undefined) throw new Error("no initial world");
      walk(system, bounds, start, new Dice(list), seen);
    }),
    { seed, numRuns },
  );
  return seen;
}

const every = [
  ...["ViewChange", "ReceiveStateMsg", "ReceiveBalanceMsg", "ReceiveReleasedMsg", "Disconnect"],
  ...["DiscardStateMsg", "DiscardBalanceMsg", "DiscardReleasedMsg"],
  ...["MatureTimeout", "Balance", ...changes],
];

describe("random walks of larger systems", () => {
  it.each([
    ["four servers with preferences, eight changes", four, 41, 800],
    ["five servers, six changes", five, 51, 500],
  ] as const)("of %s keep every property, and settle with each address covered once", (_, bounds, seed, runs) => {
    const { actions, largest } = walks(bounds, wackamoleSystem(bounds), seed, runs);
    expect(every.filter((action) => (actions.get(action) ?? 0) < 5)).toEqual([]);
    expect(largest).toHaveLength(runs);
    expect(largest.filter((size) => size === bounds.servers.length).length).toBeGreaterThan(5);
  });

  it.each([
    [
      "a server does not put on its interfaces what it was given",
      "ReceiveReleasedMsg",
      /HeldIsCovered: violated by .*ReceiveReleasedMsg/,
    ],
    ["a server that lost its connection is never told", "Disconnect", /neither heeds nor discards .*DISCONNECT/],
  ] as const)("find it when %s", (_, type, says) => {
    const genuine = wackamoleSystem(four);
    const broken: System = {
      ...genuine,
      apply: (world, move) => {
        const tried = genuine.apply(world, move);
        if (move.type !== type || tried.kind === "refused") return tried;
        if (type === "Disconnect") return { kind: "refused", because: "never" };
        return { kind: "took", world: { ...tried.world, covers: world.covers } };
      },
    };
    expect(failure(() => walks(four, broken, 41, 120))).toMatch(says);
  });
});

/** Why a property failed: what was thrown for its smallest counterexample. */
function failure(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  }
  return "nothing failed";
}
