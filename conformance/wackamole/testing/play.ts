import type { Member } from "../../../impl/wackamole/index.ts";
import type { ClosedSystem } from "../../engine/contract.ts";
import { deliveries, settle } from "../fuzz.ts";
import type { Bounds, Move, World } from "../world.ts";

/** Two servers, one address, one change: the smallest bounds at which everything but a cascade can happen. */
export const small: Bounds = {
  servers: ["s1", "s2"],
  groups: [["a1"]],
  prefers: {},
  maxEpoch: 1,
  lists: "sorted",
  grain: "server",
  changes: "any",
  timers: "any",
};

type System = ClosedSystem<World, Move>;

/** The world after moves that must all be taken. */
export function played(system: System, world: World, ...moves: readonly Move[]): World {
  return moves.reduce((before, move) => {
    const tried = system.apply(before, move);
    if (tried.kind === "refused") throw new Error(`${JSON.stringify(move)} was refused because of ${tried.because}`);
    return tried.world;
  }, world);
}

/** The initial world in which the servers are in components with these lists, and all others are not connected. */
export function begun(system: System, ...components: readonly (readonly Member[])[]): World {
  const wanted = new Set(components.map((list) => `0:${list}`));
  for (const world of system.initials()) {
    const ids = new Set(Object.values(world.net).flatMap((view) => (view === null ? [] : [view.id])));
    if (ids.size === wanted.size && [...ids].every((id) => wanted.has(id))) return world;
  }
  throw new Error(`no initial world has the components ${[...wanted].join(" ")}`);
}

/** A step that was taken, and the world that it led to. */
export interface Played {
  readonly move: Move;
  readonly world: World;
}

/** A server takes the first event of its inbox; undefined when there is none. */
export function next(system: System, world: World, server: Member): Played | undefined {
  const event = world.inbox[server]?.[0];
  if (event === undefined) return undefined;
  const step = firstOf(system, world, deliveries(world, server));
  if (step === undefined) throw new Error(`${server} neither heeds nor discards ${JSON.stringify(event)}`);
  return step;
}

/** The first of some moves that is taken. */
function firstOf(system: System, world: World, moves: Iterable<Move>): Played | undefined {
  for (const move of moves) {
    const tried = system.apply(world, move);
    if (tried.kind === "took") return { move, world: tried.world };
  }
  return undefined;
}

/** Each of these servers takes so many events, one server after the other. */
export function taken(system: System, world: World, ...servers: readonly Member[]): World {
  return servers.reduce((before, server) => {
    const after = next(system, before, server);
    if (after === undefined) throw new Error(`${server} has nothing to take`);
    return after.world;
  }, world);
}

const longest = 10_000;

/**
 * The network is quiet from here on: servers take what they have, then timers fire, until nothing is enabled. `seen`
 * is told each step. Balancing is a choice: without it the end may be uneven.
 */
export function settled(
  system: System,
  { servers }: Bounds,
  from: World,
  balance = true,
  seen: (step: Played) => void = () => {},
): World {
  let world = from;
  for (let steps = 0; steps < longest; steps++) {
    const step = firstOf(system, world, settle(world, servers, balance));
    if (step === undefined) return world;
    seen(step);
    world = step.world;
  }
  throw new Error(`not settled after ${longest} steps`);
}
