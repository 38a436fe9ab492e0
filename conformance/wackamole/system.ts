import type { Protocol } from "../../impl/kernel/index.ts";
import {
  type ActionName,
  type Config,
  type Effect,
  type Event,
  type Member,
  type Message,
  type Refusal,
  type State,
  wackamole,
} from "../../impl/wackamole/index.ts";
import type { ClosedSystem, Tried } from "../engine/contract.ts";
import { type Coarse, isBatch, mayChange, mayExpire } from "./coarse.ts";
import { component, cuts, exchange, leave, lists, permutations, regroup, unite } from "./network.ts";
import { type Bounds, configOf, type Move, type Taking, takings, viewOf, type World } from "./world.ts";

type MoveOf<T extends Move["type"]> = Extract<Move, { readonly type: T }>;

/** The reducer of Wackamole, or one that is to be held against the specification in its place. */
export type Reducer = Protocol<Config, State, Event, Effect, ActionName, Refusal>;

/** The closed system of Wackamole: its servers, which are the reducer's, over {@link World} within bounds. */
export function wackamoleSystem(bounds: Bounds, reducer: Reducer = wackamole): ClosedSystem<World, Move> {
  const arena = arenaOf(bounds, reducer);
  return {
    initials: () => initials(arena),
    moves: (world) => moves(arena, world),
    apply: (world, move) => apply(arena, world, move),
  };
}

function arenaOf(bounds: Bounds, reducer: Reducer): Arena {
  return {
    bounds,
    reducer,
    subsets: subsets(bounds.servers),
    fixed: undefined,
    batches: new WeakMap(),
    configs: new Map(bounds.servers.map((server) => [server, configOf(bounds, server)])),
  };
}

interface Arena extends Coarse {
  readonly reducer: Reducer;
  readonly subsets: readonly (readonly Member[])[];
  /** Made when they are first asked for: of eight servers there are a hundred thousand. */
  fixed: readonly Move[] | undefined;
  readonly configs: ReadonlyMap<Member, Config>;
}

function apply(arena: Arena, world: World, move: Move): Tried<World> {
  switch (move.type) {
    case "ViewChange":
      return take(arena, world, move, "VIEW_CHANGE");
    case "Disconnect":
      return take(arena, world, move, "DISCONNECT");
    case "ReceiveStateMsg":
      return take(arena, world, move, "STATE_MSG");
    case "ReceiveBalanceMsg":
      return take(arena, world, move, "BALANCE_MSG");
    case "ReceiveReleasedMsg":
      return take(arena, world, move, "RELEASED_MSG");
    case "DiscardStateMsg":
      return discardStateMsg(arena, world, move);
    case "DiscardBalanceMsg":
      return discardBalanceMsg(arena, world, move);
    case "DiscardReleasedMsg":
      return discardReleasedMsg(arena, world, move);
    case "MatureTimeout":
      return expire(arena, world, move.server, "mature", { type: "MATURE_TIMEOUT" });
    case "Balance":
      return expire(arena, world, move.server, "balance", { type: "BALANCE_TIMEOUT" });
    case "Partition":
      return partition(arena, world, move);
    case "Merge":
      return merge(arena, world, move);
    case "Lose":
      return lose(arena, world, move);
    case "Recover":
      return recover(arena, world, move);
    case "Crash":
      return crash(arena, world, move);
  }
}

function took(world: World): Tried<World> {
  return { kind: "took", world };
}

function refuse(because: string): Tried<World> {
  return { kind: "refused", because };
}

// ---------------------------------------------------------------------------------------------------------------------
// The servers

/** A batch takes its next event, which is of this type; whoever refuses it makes the whole move refused. */
function take(arena: Arena, world: World, move: MoveOf<Taking>, type: Event["type"]): Tried<World> {
  const because = hindrance(arena, world, move.servers, type);
  if (because !== undefined) return refuse(because);
  let next = world;
  const sent: Message[] = [];
  for (const server of move.servers) {
    const stepped = deliver(arena, next, server, world.inbox[server]?.[0]);
    if (stepped.kind === "refused") return refuse(stepped.because);
    next = stepped.world;
    sent.push(...stepped.sent);
  }
  return took(exchange(next, move.servers, sent));
}

/** What the servers refuse is taken from their inboxes all the same, and changes nothing else. */
function discard(arena: Arena, world: World, move: MoveOf<Taking>, type: Event["type"]): Tried<World> {
  const because = hindrance(arena, world, move.servers, type);
  if (because !== undefined) return refuse(because);
  const heeded = move.servers.some((server) => deliver(arena, world, server, world.inbox[server]?.[0]).kind === "took");
  return heeded ? refuse("Heeded") : took(exchange(world, move.servers, []));
}

/** @spec Wackamole!DiscardStateMsg W7 */
function discardStateMsg(arena: Arena, world: World, move: MoveOf<Taking>): Tried<World> {
  return discard(arena, world, move, "STATE_MSG");
}

/** @spec Wackamole!DiscardBalanceMsg W12 */
function discardBalanceMsg(arena: Arena, world: World, move: MoveOf<Taking>): Tried<World> {
  return discard(arena, world, move, "BALANCE_MSG");
}

/** @spec Wackamole!DiscardReleasedMsg R3 */
function discardReleasedMsg(arena: Arena, world: World, move: MoveOf<Taking>): Tried<World> {
  return discard(arena, world, move, "RELEASED_MSG");
}

/** Which conjunct of taking an event is false, if one is. @spec Wackamole!IsBatch @spec Wackamole!Have */
function hindrance(arena: Arena, world: World, servers: readonly Member[], type: Event["type"]): string | undefined {
  if (!isBatch(arena, world, servers)) return "IsBatch";
  return servers.every((server) => world.inbox[server]?.[0]?.type === type) ? undefined : "Have";
}

/** A timer that the server has armed fires. */
function expire(arena: Arena, world: World, server: Member, timer: "mature" | "balance", event: Event): Tried<World> {
  if (!mayExpire(arena, world, server)) return refuse("MayExpire");
  if (!world.armed[server]?.includes(timer)) return refuse("Armed");
  const stepped = deliver(arena, world, server, event);
  return stepped.kind === "refused" ? refuse(stepped.because) : took(exchange(stepped.world, [], stepped.sent));
}

type Delivered =
  | { readonly kind: "took"; readonly world: World; readonly sent: readonly Message[] }
  | { readonly kind: "refused"; readonly because: string };

/** One server steps, and what it asks for is done to its host; messages are left to the caller. */
function deliver(arena: Arena, world: World, server: Member, event: Event | undefined): Delivered {
  const config = arena.configs.get(server);
  const state = world.servers[server];
  if (config === undefined || state === undefined || event === undefined) return { kind: "refused", because: "Server" };
  const outcome = arena.reducer.step(config, state, event);
  if (outcome.kind === "refused") return { kind: "refused", because: outcome.because };
  const host = perform(outcome.effects, world.covers[server] ?? [], world.armed[server] ?? []);
  return {
    kind: "took",
    world: {
      ...world,
      servers: { ...world.servers, [server]: outcome.state },
      covers: { ...world.covers, [server]: host.covers },
      armed: { ...world.armed, [server]: host.armed },
    },
    sent: outcome.effects.flatMap((effect) => (effect.type === "send" ? [effect.message] : [])),
  };
}

/** What effects do to the interfaces and timers of a host, in order. */
function perform(
  effects: readonly Effect[],
  covers: readonly string[],
  armed: World["armed"][string],
): { readonly covers: readonly string[]; readonly armed: World["armed"][string] } {
  const interfaces = new Set(covers);
  const timers = new Set(armed);
  for (const effect of effects) {
    if (effect.type === "acquire") interfaces.add(effect.group);
    else if (effect.type === "release") interfaces.delete(effect.group);
    else if (effect.type === "arm") timers.add(effect.timer);
    else if (effect.type === "disarm") timers.delete(effect.timer);
  }
  return { covers: [...interfaces].sort(), armed: [...timers].sort() };
}

// ---------------------------------------------------------------------------------------------------------------------
// The environment

/** @spec Wackamole!Partition W3 */
function partition(arena: Arena, world: World, move: MoveOf<"Partition">): Tried<World> {
  const [first] = move.servers;
  const whole = first === undefined ? [] : component(world.net, first);
  if (!mayChange(arena, world)) return refuse("MayChange");
  if (first === undefined || !move.servers.every((server) => whole.includes(server))) return refuse("OfOneComponent");
  if (move.servers.length === whole.length) return refuse("NotWhole");
  if (!move.servers.includes(headOf(world, first))) return refuse("WithHead");
  const parts = move.lists.map((list, index) => ({ list, kept: move.kept[index] ?? 0 }));
  return took(regroup(world, parts));
}

/** @spec Wackamole!Merge W3 */
function merge(arena: Arena, world: World, move: MoveOf<"Merge">): Tried<World> {
  if (!mayChange(arena, world)) return refuse("MayChange");
  return isUnionOfTwo(world, move.servers) ? took(unite(world, move.list)) : refuse("TwoComponents");
}

/** @spec Wackamole!Lose W3, W19 */
function lose(arena: Arena, world: World, move: MoveOf<"Lose">): Tried<World> {
  if (!mayChange(arena, world)) return refuse("MayChange");
  if (!isConnected(world, move.server)) return refuse("Connected");
  return took(leave(world, move.server, [{ type: "DISCONNECT" }], { list: move.list, kept: move.kept }));
}

/** @spec Wackamole!Crash W3, W16 */
function crash(arena: Arena, world: World, move: MoveOf<"Crash">): Tried<World> {
  if (!mayChange(arena, world)) return refuse("MayChange");
  if (!isConnected(world, move.server)) return refuse("Connected");
  return took(start(arena, leave(world, move.server, [], { list: move.list, kept: move.kept }), move.server));
}

/** @spec Wackamole!Recover W3 */
function recover(arena: Arena, world: World, move: MoveOf<"Recover">): Tried<World> {
  if (!mayChange(arena, world)) return refuse("MayChange");
  if (isConnected(world, move.server)) return refuse("NotConnected");
  return took(unite(world, [move.server]));
}

/** A host without anything left of an earlier process, and the process as it starts. */
function start(arena: Arena, world: World, server: Member): World {
  const config = arena.configs.get(server) ?? configOf(arena.bounds, server);
  const { state, effects } = arena.reducer.initial(config);
  const host = perform(effects, [], []);
  return {
    ...world,
    servers: { ...world.servers, [server]: state },
    covers: { ...world.covers, [server]: host.covers },
    armed: { ...world.armed, [server]: host.armed },
  };
}

function isConnected(world: World, server: Member): boolean {
  return (world.net[server] ?? null) !== null;
}

function headOf(world: World, server: Member): Member {
  return world.net[server]?.members[0] ?? server;
}

function isUnionOfTwo(world: World, servers: readonly Member[]): boolean {
  if (!servers.every((server) => isConnected(world, server))) return false;
  const views = new Set(servers.map((server) => world.net[server]?.id));
  return views.size === 2 && servers.every((server) => component(world.net, server).every((s) => servers.includes(s)));
}

// ---------------------------------------------------------------------------------------------------------------------
// Where it starts, and what may be tried

/** @spec VirtualSynchrony!Init @spec Wackamole!Init */
function* initials(arena: Arena): Iterable<World> {
  for (const parts of partitions(arena.bounds.servers)) {
    for (const chosen of product(parts.map((part) => lists(arena.bounds, part)))) yield started(arena, chosen);
  }
}

/** The initial world with these components, each told by the list of its members; they are too many to try all. */
export function startedAs(
  bounds: Bounds,
  components: readonly (readonly Member[])[],
  reducer: Reducer = wackamole,
): World {
  return started(arenaOf(bounds, reducer), components);
}

function started(arena: Arena, parts: readonly (readonly Member[])[]): World {
  const { servers } = arena.bounds;
  let world: World = { epoch: 0, net: {}, inbox: {}, servers: {}, covers: {}, armed: {} };
  for (const server of servers) {
    const list = parts.find((part) => part.includes(server));
    const view = list === undefined ? null : viewOf(0, list);
    const inbox: readonly Event[] = view === null ? [] : [{ type: "VIEW_CHANGE", view }];
    world = { ...world, net: { ...world.net, [server]: view }, inbox: { ...world.inbox, [server]: inbox } };
    world = start(arena, world, server);
  }
  return world;
}

/** All ways to connect some of the servers in some components. */
function partitions(servers: readonly Member[]): Member[][][] {
  const [first, ...others] = servers;
  if (first === undefined) return [[]];
  return partitions(others).flatMap((parts) => [
    parts,
    [...parts, [first]],
    ...parts.map((part, index) => parts.with(index, [first, ...part])),
  ]);
}

function* moves(arena: Arena, world: World): Iterable<Move> {
  arena.fixed ??= fixedMoves(arena.bounds);
  yield* arena.fixed;
  for (const servers of arena.subsets) {
    if (servers.length < 2 || !isBatch(arena, world, servers)) continue;
    for (const order of permutations(servers).slice(1)) {
      yield { type: "ViewChange", servers: order };
      yield { type: "ReceiveBalanceMsg", servers: order };
    }
  }
  const changes = mayChange(arena, world);
  for (const server of arena.bounds.servers) yield* departures(arena, world, server, changes);
  for (const servers of arena.subsets) yield* breakups(arena, world, servers, changes);
}

/** The moves that leave nothing open but the order in which a batch sends, and the first order of those. */
function fixedMoves(bounds: Bounds): readonly Move[] {
  return [
    ...takings.flatMap((type) => subsets(bounds.servers).map((servers): Move => ({ type, servers }))),
    ...bounds.servers.flatMap((server): Move[] => [
      { type: "MatureTimeout", server },
      { type: "Balance", server },
      { type: "Recover", server },
    ]),
    ...subsets(bounds.servers).flatMap((servers) =>
      lists(bounds, servers).map((list): Move => ({ type: "Merge", servers, list })),
    ),
  ];
}

/** Where a server cannot leave, nothing is open, and one move stands for all. */
function* departures(arena: Arena, world: World, server: Member, changes: boolean): Iterable<Move> {
  const others = changes ? component(world.net, server).filter((other) => other !== server) : [];
  for (const list of lists(arena.bounds, others)) {
    for (const kept of cuts(world, others)) {
      yield { type: "Crash", server, list, kept };
      yield { type: "Lose", server, list, kept };
    }
  }
}

/** Where a component cannot break up like this, nothing is open, and one move stands for all. */
function* breakups(arena: Arena, world: World, servers: readonly Member[], changes: boolean): Iterable<Move> {
  const whole = changes && servers[0] !== undefined ? component(world.net, servers[0]) : [];
  const others = whole.filter((server) => !servers.includes(server));
  if (others.length === 0) {
    yield { type: "Partition", servers, lists: [servers, others], kept: [0, 0] };
    return;
  }
  for (const here of lists(arena.bounds, servers)) {
    for (const there of lists(arena.bounds, others)) {
      for (const keptHere of cuts(world, servers)) {
        for (const keptThere of cuts(world, others)) {
          yield { type: "Partition", servers, lists: [here, there], kept: [keptHere, keptThere] };
        }
      }
    }
  }
}

function subsets<T>(items: readonly T[]): T[][] {
  const all: T[][] = [[]];
  for (const item of items) all.push(...all.map((subset) => [...subset, item]));
  return all;
}

function product<T>(choices: readonly (readonly T[])[]): T[][] {
  return choices.reduce<T[][]>((all, choice) => all.flatMap((chosen) => choice.map((one) => [...chosen, one])), [[]]);
}
