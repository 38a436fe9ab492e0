import type { Event, Member, State } from "../../impl/wackamole/index.ts";
import type { Properties } from "../engine/contract.ts";
import { component, isMessage } from "./network.ts";
import { typeOk } from "./type-ok.ts";
import { addressesOf, type Bounds, nameOf, type World } from "./world.ts";

// The properties of `Wackamole.tla` once more, over worlds. What a server covers is what its effects have put on the
// interfaces of its host, as in the projection; what its state says of it is compared with that by HeldIsCovered.

/** The properties of the specification, by its names; `HeldIsCovered` alone is ours. */
export function wackamoleProperties(bounds: Bounds): Properties<World> {
  return {
    invariants: [
      { name: "TypeOK", holds: typeOk(bounds) },
      { name: "Correctness", holds: (world) => correctness(bounds, world) },
      { name: "AtMostOnce", holds: atMostOnce },
      { name: "ImmatureCoversNothing", holds: immatureCoversNothing },
      { name: "DisconnectedCoversNothing", holds: disconnectedCoversNothing },
      { name: "ClaimsWhatItHolds", holds: claimsWhatItHolds },
      { name: "TablesAgree", holds: tablesAgree },
      { name: "HeldIsCovered", holds: heldIsCovered },
    ],
    steps: [
      { name: "NothingAcquiredInGather", holds: nothingAcquiredInGather },
      { name: "ReallocationTakesHoles", holds: reallocationTakesHoles },
      { name: "ReleasedBeforeAcquired", holds: releasedBeforeAcquired },
    ],
    atRest: [{ name: "Operational", holds: (world) => operational(bounds, world) }],
  };
}

/** Property 2 says that a quiet network comes to this. @spec Wackamole!Operational W2 */
function operational(bounds: Bounds, world: World): boolean {
  const settled = bounds.servers.every((server) => {
    const { state, view } = of(world, server);
    const net = world.net[server] ?? null;
    return net === null ? state === "DISCONNECTED" : state === "RUN" && view?.id === net.id;
  });
  return (
    settled &&
    runningComponents(world).every((members) =>
      bounds.groups.flat().every((address) => coveringOf(world, members, address).length === 1),
    )
  );
}

/** Who of some servers covers an address. @spec Wackamole!CoveredBy */
function coveringOf(world: World, members: readonly string[], address: string): readonly string[] {
  return members.filter((server) => covers(world, server).some((name) => has(name, address)));
}

/** @spec Wackamole!Correctness W1 */
function correctness(bounds: Bounds, world: World): boolean {
  return runningComponents(world).every((members) =>
    bounds.groups.flat().every((address) => {
      const covering = coveringOf(world, members, address);
      return covering.length === 1 || (covering.length === 0 && isBeingMoved(bounds, world, members, address));
    }),
  );
}

/** @spec Wackamole!AtMostOnce W1 */
function atMostOnce(world: World): boolean {
  const running = servers(world).filter((server) => of(world, server).state === "RUN");
  return running.every((s, at) =>
    running.slice(at + 1).every((t) => !sameView(world, s, t) || areDisjoint(covers(world, s), covers(world, t))),
  );
}

/** @spec Wackamole!ImmatureCoversNothing W16 */
function immatureCoversNothing(world: World): boolean {
  return servers(world).every((server) => of(world, server).mature || covers(world, server).length === 0);
}

/** @spec Wackamole!DisconnectedCoversNothing W19 */
function disconnectedCoversNothing(world: World): boolean {
  return servers(world).every(
    (server) => of(world, server).state !== "DISCONNECTED" || covers(world, server).length === 0,
  );
}

/** @spec Wackamole!ClaimsWhatItHolds R1 */
function claimsWhatItHolds(world: World): boolean {
  return servers(world).every((server) => {
    const { state, old_table } = of(world, server);
    return state !== "GATHER" || areEqual(owned(old_table, server), covers(world, server));
  });
}

/** @spec Wackamole!TablesAgree */
function tablesAgree(world: World): boolean {
  return runningComponents(world)
    .filter((members) => members.every((server) => inbox(world, server).length === 0))
    .every((members) =>
      members.every((server) => {
        const { current_table, handover } = of(world, server);
        return (
          Object.values(handover).every((owner) => owner === null) &&
          areEqual(owned(current_table, server), covers(world, server)) &&
          members.every((other) => areEqualTables(current_table, of(world, other).current_table))
        );
      }),
    );
}

/** What the effects put on the interfaces of a host is what the state says is held there, neither more nor less. */
function heldIsCovered(world: World): boolean {
  return servers(world).every((server) => areEqual(of(world, server).held, covers(world, server)));
}

/** @spec Wackamole!NothingAcquiredInGather */
function nothingAcquiredInGather(before: World, after: World): boolean {
  return acquiring(before, after).every((server) => of(after, server).state !== "GATHER");
}

/** @spec Wackamole!ReallocationTakesHoles */
function reallocationTakesHoles(before: World, after: World): boolean {
  const filling = acquiring(before, after).filter(
    (s) => of(before, s).state === "GATHER" && of(after, s).state === "RUN",
  );
  return filling.every((s) => {
    const gained = acquired(before, after, s);
    return servers(after).every(
      (t) =>
        t === s ||
        !sameView(after, s, t) ||
        (areDisjoint(gained, covers(before, t)) && areDisjoint(gained, covers(after, t))),
    );
  });
}

/** @spec Wackamole!ReleasedBeforeAcquired W6, R3 */
function releasedBeforeAcquired(before: World, after: World): boolean {
  const gaining = acquiring(before, after).filter((s) => of(after, s).state === "RUN");
  return gaining.every((s) =>
    servers(after).every((t) => {
      const run = t !== s && of(before, t).state === "RUN" && sameView(after, s, t);
      return !run || areDisjoint(acquired(before, after, s), covers(before, t));
    }),
  );
}

/** @spec Wackamole!Acquires */
function acquired(before: World, after: World, server: Member): readonly string[] {
  const had = covers(before, server);
  return covers(after, server).filter((name) => !had.includes(name));
}

/** Who acquires something. A step leaves what it does not change as it was, so most servers need no comparison. */
function acquiring(before: World, after: World): Member[] {
  return servers(after).filter(
    (server) => before.covers[server] !== after.covers[server] && acquired(before, after, server).length > 0,
  );
}

/** @spec Wackamole!Running */
function runningComponents(world: World): Member[][] {
  const connected = servers(world).filter((server) => (world.net[server] ?? null) !== null);
  const heads = connected.filter((server) => component(world.net, server)[0] === server);
  return heads
    .map((server) => component(world.net, server))
    .filter((members) =>
      members.every((server) => {
        const { state, view } = of(world, server);
        return state === "RUN" && view?.id === world.net[server]?.id;
      }),
    );
}

/** @spec Wackamole!BeingMoved */
function isBeingMoved(bounds: Bounds, world: World, members: readonly Member[], address: string): boolean {
  const groups = bounds.groups.map(nameOf).filter((name) => has(name, address));
  return members.some((server) =>
    inbox(world, server).some((event) => groups.some((name) => isOnItsWay(world, server, event, name))),
  );
}

/** @spec Wackamole!OnItsWay */
function isOnItsWay(world: World, server: Member, event: Event, name: string): boolean {
  if (!isMessage(event)) return false;
  if (event.type === "BALANCE_MSG") return event.table[name] === server && !covers(world, server).includes(name);
  return event.type === "RELEASED_MSG" && event.released.includes(name) && of(world, server).handover[name] === server;
}

// ---------------------------------------------------------------------------------------------------------------------
// Parts of worlds

function servers(world: World): readonly Member[] {
  return Object.keys(world.servers);
}

function of(world: World, server: Member): State {
  const state = world.servers[server];
  if (state === undefined) throw new Error(`world without the state of ${server}`);
  return state;
}

function covers(world: World, server: Member): readonly string[] {
  return world.covers[server] ?? [];
}

function inbox(world: World, server: Member): readonly Event[] {
  return world.inbox[server] ?? [];
}

function sameView(world: World, one: Member, other: Member): boolean {
  return of(world, one).view?.id === of(world, other).view?.id;
}

function owned(table: State["current_table"], server: Member): string[] {
  return Object.keys(table).filter((name) => table[name] === server);
}

/** Whether a group, by its name, has an address. */
function has(name: string, address: string): boolean {
  return addressesOf(name).includes(address);
}

function areDisjoint(some: readonly string[], others: readonly string[]): boolean {
  return !some.some((name) => others.includes(name));
}

/** Whether two lists without repetition have the same names. */
function areEqual(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((name) => others.includes(name));
}

function areEqualTables(one: State["current_table"], other: State["current_table"]): boolean {
  return one === other || Object.keys(one).every((name) => one[name] === other[name]);
}
