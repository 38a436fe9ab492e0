import fc from "fast-check";
import { type Event, type Member, wackamole } from "../../impl/wackamole/index.ts";
import type { Dice, FuzzTarget, Kind } from "../engine/index.ts";
import { seen } from "./fuzz-features.ts";
import { isMove } from "./fuzz-moves.ts";
import { wackamoleProperties } from "./invariants.ts";
import { component, cuts } from "./network.ts";
import { wackamoleRefinement } from "./refine.ts";
import { type Reducer, startedAs, wackamoleSystem } from "./system.ts";
import type { Bounds, Move, Taking, World } from "./world.ts";

/** The size of a cluster: how many servers, how many addresses each group has, and who prefers which group. */
export interface Settings {
  readonly servers: number;
  readonly groups: readonly number[];
  /** Pairs of a server and a group, by their numbers, of which only the rest counts. */
  readonly prefers: readonly (readonly [number, number])[];
}

const MAX_SERVERS = 8;
const MAX_ADDRESSES = 20;

/** Clusters of 2 to 8 servers with up to 20 addresses, lists in any order, and as many changes as there are. */
export function wackamoleFuzz(reducer: Reducer = wackamole): FuzzTarget<Settings, World, Move> {
  return {
    kinds,
    settings: fc.record({
      servers: fc.integer({ min: 2, max: MAX_SERVERS }),
      groups: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: MAX_ADDRESSES, size: "max" }),
      prefers: fc.array(fc.tuple(fc.nat({ max: 63 }), fc.nat({ max: 63 })), { maxLength: 6, size: "max" }),
    }),
    open(settings) {
      const bounds = boundsOf(settings);
      return {
        system: wackamoleSystem(bounds, reducer),
        refinement: wackamoleRefinement(bounds),
        properties: wackamoleProperties(bounds),
        start: (dice) => startedAs(bounds, components(bounds, dice), reducer),
        pick: (world, kind, dice) => pick(world, kind, dice),
        settle: (world) => settle(world, bounds.servers),
        // A change of the network can always come.
        isOver: () => false,
        has: (world, move) => isMove(bounds, world, move),
        features: seen,
      };
    },
  };
}

const delivery = "Deliver to ";

/** Each server has its own deliveries, so that some are slower than others. */
const kinds: readonly Kind[] = [
  ...serversOf(MAX_SERVERS).map((server): Kind => ({ name: `${delivery}${server}`, weight: 16, fault: false })),
  { name: "MatureTimeout", weight: 1, fault: false },
  { name: "Balance", weight: 1, fault: false },
  { name: "Partition", weight: 1, fault: true },
  { name: "Merge", weight: 2, fault: true },
  { name: "Lose", weight: 1, fault: true },
  { name: "Crash", weight: 1, fault: true },
  { name: "Recover", weight: 2, fault: true },
];

function serversOf(count: number): Member[] {
  return Array.from({ length: count }, (_, at) => `s${at + 1}`);
}

function boundsOf({ servers: count, groups: sizes, prefers }: Settings): Bounds {
  const servers = serversOf(count);
  const groups: string[][] = [];
  let addresses = 0;
  for (const size of sizes) {
    if (addresses + size > MAX_ADDRESSES) break;
    groups.push(Array.from({ length: size }, () => `a${++addresses}`));
  }
  const wishes = servers.map((server, at) => {
    const wished = new Set(prefers.filter(([who]) => who % count === at).map(([, what]) => what % groups.length));
    return [server, groups.filter((_, group) => wished.has(group))] as const;
  });
  return {
    servers,
    groups,
    prefers: Object.fromEntries(wishes.filter(([, wished]) => wished.length > 0)),
    maxEpoch: Number.MAX_SAFE_INTEGER,
    lists: "any",
    grain: "server",
    changes: "any",
    timers: "any",
  };
}

/** Some servers that are connected, in some components, each with its list. */
function components({ servers }: Bounds, dice: Dice): Member[][] {
  const parts: Member[][] = [];
  for (const server of dice.shuffled(servers)) {
    const place = dice.below(parts.length + 2);
    if (place < parts.length) parts[place]?.push(server);
    else if (place === parts.length) parts.push([server]);
  }
  return parts;
}

/** Moves of a kind, drawn and not enumerated: there are too many orders of eight servers. */
function pick(world: World, kind: string, dice: Dice): Iterable<Move> {
  if (kind.startsWith(delivery)) return deliveries(world, kind.slice(delivery.length));
  switch (kind) {
    case "MatureTimeout":
      return firing(world, "mature", dice).map((server) => ({ type: kind, server }));
    case "Balance":
      return firing(world, "balance", dice).map((server) => ({ type: kind, server }));
    case "Recover":
      return dice.shuffled(alone(world)).map((server) => ({ type: kind, server }));
    case "Lose":
    case "Crash":
      return some(dice.pick(connected(world)), (server) => ({ type: kind, server, ...rest(world, server, dice) }));
    case "Merge":
      return some(dice.shuffled(parts(world)).slice(0, 2), ([one, other]) => {
        if (one === undefined || other === undefined) return undefined;
        const servers = Object.keys(world.net).filter((server) => one.includes(server) || other.includes(server));
        return { type: kind, servers, list: dice.shuffled(servers) };
      });
    case "Partition":
      return some(dice.pick(parts(world).filter(({ length }) => length > 1)), (whole) => breakup(world, whole, dice));
    default:
      return [];
  }
}

function some<T>(found: T | undefined, move: (found: T) => Move | undefined): readonly Move[] {
  const made = found === undefined ? undefined : move(found);
  return made === undefined ? [] : [made];
}

/** The first of the list is always in the first part; which part is called so changes nothing. */
function breakup(world: World, whole: readonly Member[], dice: Dice): Move {
  const head = world.net[whole[0] ?? ""]?.members[0] ?? "";
  const [first = "", ...others] = dice.shuffled(whole.filter((server) => server !== head));
  const leaving = [first, ...others.slice(0, dice.below(others.length + 1))];
  const servers = whole.filter((server) => !leaving.includes(server));
  const there = whole.filter((server) => leaving.includes(server));
  return {
    type: "Partition",
    servers,
    lists: [dice.shuffled(servers), dice.shuffled(there)],
    kept: [kept(world, servers, dice), kept(world, there, dice)],
  };
}

function rest(world: World, server: Member, dice: Dice): { readonly list: readonly Member[]; readonly kept: number } {
  const others = component(world.net, server).filter((other) => other !== server);
  return { list: dice.shuffled(others), kept: kept(world, others, dice) };
}

function kept(world: World, part: readonly Member[], dice: Dice): number {
  return dice.pick(cuts(world, part)) ?? 0;
}

function firing(world: World, timer: "mature" | "balance", dice: Dice): Member[] {
  return dice.shuffled(Object.keys(world.armed).filter((server) => world.armed[server]?.includes(timer)));
}

function connected(world: World): Member[] {
  return Object.keys(world.net).filter((server) => (world.net[server] ?? null) !== null);
}

function alone(world: World): Member[] {
  return Object.keys(world.net).filter((server) => (world.net[server] ?? null) === null);
}

function parts(world: World): Member[][] {
  const heads = connected(world).filter((server) => world.net[server]?.members[0] === server);
  return heads.map((server) => component(world.net, server));
}

const takingsOf: Readonly<Partial<Record<Event["type"], readonly Taking[]>>> = {
  VIEW_CHANGE: ["ViewChange"],
  DISCONNECT: ["Disconnect"],
  STATE_MSG: ["ReceiveStateMsg", "DiscardStateMsg"],
  BALANCE_MSG: ["ReceiveBalanceMsg", "DiscardBalanceMsg"],
  RELEASED_MSG: ["ReceiveReleasedMsg", "DiscardReleasedMsg"],
};

/** The ways in which a server may take the first event of its inbox: one of them is not refused. */
export function deliveries(world: World, server: Member): readonly Move[] {
  const event = world.inbox[server]?.[0];
  return (event === undefined ? [] : (takingsOf[event.type] ?? [])).map((type) => ({ type, servers: [server] }));
}

/** The network is quiet: servers take what they have, and timers fire when nobody has anything left. */
export function* settle(world: World, servers: readonly Member[], balance = true): Iterable<Move> {
  for (const server of servers) yield* deliveries(world, server);
  for (const server of servers) yield { type: "MatureTimeout", server };
  if (balance) for (const server of servers) yield { type: "Balance", server };
}
