import type { Address, Config, Event, Member, State, Timer, View } from "../../impl/wackamole/index.ts";

/** What bounds the closed system, as a model's cfg bounds the specification. */
export interface Bounds {
  readonly servers: readonly Member[];
  /** The indivisible groups of addresses, in order, each address by its name in the specification. */
  readonly groups: readonly (readonly string[])[];
  /** Which groups a server prefers; whoever prefers nothing is absent. */
  readonly prefers: Readonly<Record<Member, readonly (readonly string[])[]>>;
  /** How often the network may change. */
  readonly maxEpoch: number;
  /** Whether a view's list may have any order, or that of `servers` alone. */
  readonly lists: "any" | "sorted";
  /** Whether servers take events one at a time, or all members of a view that are alike together. */
  readonly grain: "server" | "view";
  /** Whether the network changes at any time, or only when no server has a view change before it. */
  readonly changes: "any" | "calm";
  /** Whether a timer fires at any time, only when no member of the view has anything to take, or never. */
  readonly timers: "any" | "quiet" | "never";
}

/**
 * Servers, their interfaces and timers, and the group communication between them. `net` and `inbox` are the variables
 * of `VirtualSynchrony.tla`; `covers` and `armed` are what the effects of the servers have done to their hosts.
 */
export interface World {
  readonly epoch: number;
  readonly net: Readonly<Record<Member, View | null>>;
  readonly inbox: Readonly<Record<Member, readonly Event[]>>;
  readonly servers: Readonly<Record<Member, State>>;
  readonly covers: Readonly<Record<Member, readonly string[]>>;
  readonly armed: Readonly<Record<Member, readonly Timer[]>>;
}

/**
 * A move names an action of the specification with its parameter, the servers, and settles what the action leaves
 * open: `servers` is the order in which their messages are sent, `lists` the member lists of the new views, `kept` how
 * many of the messages in transit each part keeps.
 */
export type Move =
  | { readonly type: Taking; readonly servers: readonly Member[] }
  | { readonly type: "MatureTimeout" | "Balance"; readonly server: Member }
  | {
      readonly type: "Partition";
      readonly servers: readonly Member[];
      readonly lists: readonly [readonly Member[], readonly Member[]];
      readonly kept: readonly [number, number];
    }
  | { readonly type: "Merge"; readonly servers: readonly Member[]; readonly list: readonly Member[] }
  | { readonly type: "Lose"; readonly server: Member; readonly list: readonly Member[]; readonly kept: number }
  | { readonly type: "Crash"; readonly server: Member; readonly list: readonly Member[]; readonly kept: number }
  | { readonly type: "Recover"; readonly server: Member };

/** The actions by which a batch of servers takes its next event. */
export const takings = [
  "ViewChange",
  "ReceiveStateMsg",
  "ReceiveBalanceMsg",
  "ReceiveReleasedMsg",
  "DiscardStateMsg",
  "DiscardBalanceMsg",
  "DiscardReleasedMsg",
  "Disconnect",
] as const;

export type Taking = (typeof takings)[number];

/** The identifier that the group communication gives a view: the number of the change and the list. */
export function viewOf(epoch: number, members: readonly Member[]): View {
  return { id: `${epoch}:${members.join(",")}`, members };
}

/** The number of the change that made a view. */
export function epochOf(id: string): number {
  return Number(id.slice(0, id.indexOf(":")));
}

/** The name of a group in the implementation tells the addresses that are the group in the specification. */
export function nameOf(addresses: readonly string[]): string {
  return addresses.join("+");
}

/** The addresses of a group, by its name. */
export function addressesOf(name: string): readonly string[] {
  let addresses = split.get(name);
  if (addresses === undefined) {
    addresses = name.split("+");
    split.set(name, addresses);
  }
  return addresses;
}

/** Names are few, and asked for at every step. */
const split = new Map<string, readonly string[]>();

/**
 * What a server of the closed system is started with. The view shows nothing of addresses, timers and limits, so they
 * differ wherever they can: whoever takes one for another is found by the effects.
 */
export function configOf(bounds: Bounds, self: Member): Config {
  const places = bounds.groups.flat();
  const rank = bounds.servers.indexOf(self);
  return {
    self,
    groups: bounds.groups.map((addresses) => ({
      name: nameOf(addresses),
      addresses: addresses.map((address) => addressAt(places.indexOf(address))),
    })),
    prefers: (bounds.prefers[self] ?? []).map(nameOf),
    matureTimeoutMs: 5_000 + rank,
    balanceTimeoutMs: 60_000 + rank,
    shareTimeoutMs: 90_000 + rank,
    hostsMax: 4 + rank,
  };
}

/** Both families in turn, each on an interface of its own. */
function addressAt(place: number): Address {
  return place % 2 === 0
    ? { ip: `10.0.0.${place + 1}`, prefix: 16 + place, interface: "eth0" }
    : { ip: `2001:db8::${place + 1}`, prefix: 48 + place, interface: "eth1" };
}
