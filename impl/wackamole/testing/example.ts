import type { Address, Config } from "../config.ts";
import type { BalanceMsg, Effect, Event, Host, Message, StateMsg, Table, View } from "../messages.ts";
import { initial, type State } from "../state.ts";
import { step } from "../step.ts";

// A cluster of three servers, a, b and c, with two addresses and a router: what the tests of the rules start from.

export const web1: Address = { ip: "10.0.0.1", prefix: 24, interface: "eth0" };
export const web2: Address = { ip: "10.0.0.2", prefix: 24, interface: "eth0" };
export const inside: Address = { ip: "192.168.0.1", prefix: 24, interface: "eth1" };
export const outside: Address = { ip: "2001:db8::1", prefix: 64, interface: "eth2" };

const addresses: Readonly<Record<string, readonly Address[]>> = {
  g1: [web1],
  g2: [web2],
  router: [inside, outside],
};

export function configOf(self: string, prefers: readonly string[] = []): Config {
  return {
    self,
    groups: Object.entries(addresses).map(([name, list]) => ({ name, addresses: list })),
    prefers,
    matureTimeoutMs: 5_000,
    balanceTimeoutMs: 60_000,
    shareTimeoutMs: 30_000,
    hostsMax: 3,
  };
}

export const nobody: Table = { g1: null, g2: null, router: null };
export const each: Readonly<Record<string, string>> = { g1: "a", g2: "b", router: "c" };
export const v1: View = { id: "v1", members: ["a", "b", "c"] };
export const v2: View = { id: "v2", members: ["a", "b"] };

export function viewChange(view: View): Event {
  return { type: "VIEW_CHANGE", view };
}

export function stateMsg(sender: string, owns: readonly string[], more: Partial<StateMsg> = {}): StateMsg {
  return { type: "STATE_MSG", sender, view: "v1", owns, mature: true, prefers: [], ...more };
}

export function balanceMsg(table: BalanceMsg["table"], sender = "a"): Event {
  return { type: "BALANCE_MSG", sender, table };
}

export function released(sender: string, groups: readonly string[]): Event {
  return { type: "RELEASED_MSG", sender, released: groups };
}

export function send(message: Message): Effect {
  return { type: "send", message };
}

export function acquire(group: string): Effect {
  return { type: "acquire", group, addresses: addresses[group] ?? [] };
}

export function release(group: string): Effect {
  return { type: "release", group, addresses: addresses[group] ?? [] };
}

export function arp(address: Address, hosts: readonly Host[] = []): Effect {
  return { type: "announce", how: "gratuitous-arp", address, hosts };
}

export function na(address: Address, hosts: readonly Host[] = []): Effect {
  return { type: "announce", how: "unsolicited-na", address, hosts };
}

export interface Taken {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** Takes an event that must not be refused. */
export function take(config: Config, state: State, event: Event): Taken {
  const outcome = step(config, state, event);
  if (outcome.kind === "refused") throw new Error(`${outcome.action} was refused because of ${outcome.because}`);
  return outcome;
}

export function reached(config: Config, events: readonly Event[], from: State = initial(config).state): State {
  return events.reduce((state, event) => take(config, state, event).state, from);
}

/** What a member covers by the table `each`. */
export function owned(member: string): string[] {
  return Object.keys(each).filter((name) => each[name] === member);
}

/** A server that runs in v1 and covers its part of `each` by right, not by having filled a hole. */
export function running(self: string, prefs: State["prefs"] = {}): State {
  return {
    ...reached(configOf(self), [viewChange(v1)]),
    state: "RUN",
    mature: true,
    current_table: each,
    held: owned(self),
    prefs,
  };
}

/** A server that gathers in v1 and covers its part of `each`. */
export function gathering(self: string): State {
  return reached(configOf(self), [viewChange(v1)], running(self));
}
