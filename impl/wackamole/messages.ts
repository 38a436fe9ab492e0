import type { Address, Member } from "./config.ts";

/** A view as the group communication notifies it: an identifier of its own, and the uniquely ordered list (W3). */
export interface View {
  readonly id: string;
  readonly members: readonly Member[];
}

/** Who covers each group, by the group's name; null for nobody. */
export type Table = Readonly<Record<string, Member | null>>;

/** A host that has resolved one of the addresses, so that it must hear when they move (W22). */
export interface Host {
  readonly ip: string;
  readonly interface: string;
}

/** What the sender covers, in which view it says so, whether it is mature, and what it prefers (W5, W15, W17). */
export interface StateMsg {
  readonly type: "STATE_MSG";
  readonly sender: Member;
  readonly view: string;
  readonly owns: readonly string[];
  readonly mature: boolean;
  readonly prefers: readonly string[];
}

/** The allocation that the representative decided on (W13). */
export interface BalanceMsg {
  readonly type: "BALANCE_MSG";
  readonly sender: Member;
  readonly table: Readonly<Record<string, Member>>;
}

/** The groups that the sender let go because of a BALANCE_MSG (R3). */
export interface ReleasedMsg {
  readonly type: "RELEASED_MSG";
  readonly sender: Member;
  readonly released: readonly string[];
}

/** What the sender's address resolution cache holds (W22). */
export interface HostsMsg {
  readonly type: "HOSTS_MSG";
  readonly sender: Member;
  readonly hosts: readonly Host[];
}

export type Message = StateMsg | BalanceMsg | ReleasedMsg | HostsMsg;

/** The two notices of the group communication, its messages, and the three timers. */
export type Event =
  | { readonly type: "VIEW_CHANGE"; readonly view: View }
  | { readonly type: "DISCONNECT" }
  | Message
  | { readonly type: "MATURE_TIMEOUT" }
  | { readonly type: "BALANCE_TIMEOUT" }
  | { readonly type: "SHARE_TIMEOUT"; readonly cache: readonly Host[] };

export type Timer = "mature" | "balance" | "share";

/**
 * What the owner of a server is to do, in the order given.
 *
 * - `connect`: join the group, and keep trying until a VIEW_CHANGE can be notified (W19).
 * - `send`: multicast to the members of the view, oneself among them, with agreed delivery.
 * - `acquire`, `release`: put the addresses of a group on their interfaces, or remove them. Both are idempotent.
 * - `announce`: tell the hosts, and whoever else hears, that the address is here now: a gratuitous ARP for IPv4, an
 *   unsolicited neighbour advertisement for IPv6 (W21).
 * - `arm`: let the timer fire every `ms` milliseconds until it is disarmed; an armed one starts anew. `disarm` a timer.
 */
export type Effect =
  | { readonly type: "connect" }
  | { readonly type: "send"; readonly message: Message }
  | { readonly type: "acquire"; readonly group: string; readonly addresses: readonly Address[] }
  | { readonly type: "release"; readonly group: string; readonly addresses: readonly Address[] }
  | {
      readonly type: "announce";
      readonly how: "gratuitous-arp" | "unsolicited-na";
      readonly address: Address;
      readonly hosts: readonly Host[];
    }
  | { readonly type: "arm"; readonly timer: Timer; readonly ms: number }
  | { readonly type: "disarm"; readonly timer: Timer };
