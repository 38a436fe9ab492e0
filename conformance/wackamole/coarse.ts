import { canonical } from "../../impl/kernel/index.ts";
import type { Member } from "../../impl/wackamole/index.ts";
import { component, isMessage } from "./network.ts";
import type { Bounds, World } from "./world.ts";

// What the models coarsen: who steps together, and when the network may change and timers may fire.

export interface Coarse {
  readonly bounds: Bounds;
  /** The batches of the worlds at which they were asked for, where they depend on the world. */
  readonly batches: WeakMap<World, ReadonlySet<string>>;
}

/** @spec Wackamole!IsBatch @spec MCWackamole!Lockstep */
export function isBatch(coarse: Coarse, world: World, servers: readonly Member[]): boolean {
  if (coarse.bounds.grain === "server") return servers.length === 1;
  let batches = coarse.batches.get(world);
  if (batches === undefined) {
    batches = new Set(lockstep(coarse.bounds, world).map(String));
    coarse.batches.set(world, batches);
  }
  return batches.has(String(servers.length < 2 ? servers : servers.toSorted()));
}

/** The servers that are alike, those who have a view change before them first. */
function lockstep({ servers }: Bounds, world: World): Member[][] {
  const lagging = servers.filter((server) => lags(world, server));
  const first = lagging.length > 0 ? lagging : servers;
  return first.map((one) => servers.filter((other) => isAlike(world, one, other)).sort());
}

function isAlike(world: World, one: Member, other: Member): boolean {
  if (one === other) return true;
  return (
    world.net[one]?.id === world.net[other]?.id &&
    world.servers[one]?.view?.id === world.servers[other]?.view?.id &&
    world.servers[one]?.state === world.servers[other]?.state &&
    canonical(world.inbox[one]) === canonical(world.inbox[other])
  );
}

/** @spec MCWackamole!Lags */
function lags(world: World, server: Member): boolean {
  return world.inbox[server]?.some((event) => !isMessage(event)) ?? false;
}

/** @spec VirtualSynchrony!MayChange @spec MCWackamole!Calm */
export function mayChange(coarse: Coarse, world: World): boolean {
  const { bounds } = coarse;
  if (world.epoch >= bounds.maxEpoch) return false;
  return bounds.changes === "any" || !bounds.servers.some((server) => lags(world, server));
}

/** @spec Wackamole!MayExpire @spec MCWackamole!Quiet */
export function mayExpire(coarse: Coarse, world: World, server: Member): boolean {
  if (coarse.bounds.timers !== "quiet") return coarse.bounds.timers === "any";
  return [server, ...component(world.net, server)].every((member) => world.inbox[member]?.length === 0);
}
