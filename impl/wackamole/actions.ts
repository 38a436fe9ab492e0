import { type Refused, refused, type Update } from "../kernel/index.ts";
import { spelling } from "./address.ts";
import type { Config } from "./config.ts";
import { acquire, announce, arm, disarm, release, send } from "./effects.ts";
import type { BalanceMsg, Effect, Host, HostsMsg, ReleasedMsg, StateMsg, Table, View } from "./messages.ts";
import { nobody, type State } from "./state.ts";
import {
  balanceIps,
  forget,
  inOrder,
  isEmpty,
  later,
  moves,
  owned,
  reallocateIps,
  resolveConflicts,
} from "./tables.ts";

/**
 * The conjunct that refused an event. The first seven are guards of the specification. `Connected` is that of sharing
 * hosts (W22), which is beyond it; the others are about peers that do not keep to it, and never false in its model.
 */
export type Refusal =
  | "InGather"
  | "OfCurrentView"
  | "InRun"
  | "NotMature"
  | "Representative"
  | "HandoverOver"
  | "SomethingToMove"
  | "Connected"
  | "FromMember"
  | "FromRepresentative"
  | "OfMembers"
  | "OnItsWay"
  | "WellFormed";

type Result = Refused<Refusal> | Update<State, Effect>;

function stateMsg(config: Config, view: View, owns: readonly string[], mature: boolean): StateMsg {
  return { type: "STATE_MSG", sender: config.self, view: view.id, owns, mature, prefers: config.prefers };
}

/** What is backed up when RUN is left: the table, less what a handover released (W5, R1). @spec Wackamole!Backup */
function backup(config: Config, state: State): Table {
  const gone = owned(config, state.current_table, config.self).filter((name) => !state.held.includes(name));
  return forget(state.current_table, gone);
}

/** @spec Wackamole!ViewChange */
export function viewChange(config: Config, state: State, view: View): Result {
  const table = state.state === "RUN" ? backup(config, state) : state.old_table; // W5, W11
  const effects = [send(stateMsg(config, view, owned(config, table, config.self), state.mature))]; // W5, W11
  if (state.state === "RUN") effects.push(disarm("balance"));
  if (state.state === "DISCONNECTED") {
    if (!state.mature) effects.push(arm(config, "mature")); // W18
    effects.push(arm(config, "share")); // W22
  }
  return (draft) => {
    draft.old_table = table;
    draft.current_table = nobody(config); // W11, R2
    draft.view = { id: view.id, members: [...view.members] }; // W3
    draft.state = "GATHER"; // W5
    draft.received = [];
    draft.prefs = {};
    draft.handover = nobody(config);
    return effects;
  };
}

/** @spec Wackamole!ReceiveStateMsg */
export function receiveStateMsg(config: Config, state: State, message: StateMsg): Result {
  const { view } = state;
  const { sender, prefers } = message;
  if (state.state !== "GATHER" || view === null) return refused("InGather");
  if (message.view !== view.id) return refused("OfCurrentView"); // W7
  if (!view.members.includes(sender)) return refused("FromMember");
  const merged = resolveConflicts(view.members, state.current_table, sender, message.owns); // W4, W8
  const lost = state.held.filter((name) => isLost(config, view, merged[name] ?? null)); // W9
  const heard = [...new Set([...state.received, sender])].sort();
  const mature = state.mature || message.mature; // W17
  // What an earlier member covered too is reachable at this one alone from now on, so its caches must follow (W21).
  const won =
    sender === config.self ? [] : state.held.filter((name) => message.owns.includes(name) && !lost.includes(name));
  const effects = [...release(config, lost), ...announce(config, won, state.hosts)];
  if (mature && !state.mature) effects.push(disarm("mature"));
  const prefs = { ...state.prefs, [sender]: prefers }; // W15
  const kept = state.held.filter((name) => !lost.includes(name));
  if (heard.length < view.members.length || !mature) {
    const old = forget(state.old_table, lost); // R1
    return (draft) => {
      draft.current_table = merged;
      draft.held = kept;
      draft.old_table = old;
      draft.received = heard;
      draft.prefs = mutable(prefs);
      draft.mature = mature;
      return effects;
    };
  }
  const final = reallocateIps(config, view.members, merged); // W10
  const gained = owned(config, final, config.self).filter((name) => merged[name] === null);
  const held = inOrder(config, [...kept, ...gained]);
  return (draft) => {
    draft.current_table = final;
    draft.held = held;
    draft.old_table = nobody(config);
    draft.received = [];
    draft.prefs = mutable(prefs);
    draft.mature = mature;
    draft.state = "RUN"; // W10
    effects.push(...acquire(config, gained, state.hosts)); // W10, W21
    if (view.members[0] === config.self) effects.push(arm(config, "balance")); // W13
    return effects;
  };
}

/** A group that this server holds is lost to an owner that comes later in the list. */
function isLost(config: Config, view: View, owner: string | null): boolean {
  return owner !== null && later(view.members, owner, config.self);
}

function mutable(prefs: State["prefs"]): Record<string, string[]> {
  return Object.fromEntries(Object.entries(prefs).map(([member, names]) => [member, [...names]]));
}

/** @spec Wackamole!MatureTimeout */
export function matureTimeout(config: Config, state: State): Result {
  const { view } = state;
  if (state.state !== "GATHER" || view === null) return refused("InGather");
  if (state.mature) return refused("NotMature"); // W16
  const notice = stateMsg(config, view, owned(config, state.old_table, config.self), true);
  return (draft) => {
    draft.mature = true; // W18
    return [disarm("mature"), send(notice)]; // W18, R4
  };
}

/** @spec Wackamole!Balance */
export function balance(config: Config, state: State): Result {
  const { view } = state;
  if (state.state !== "RUN" || view === null) return refused("InRun");
  if (view.members[0] !== config.self) return refused("Representative"); // W13
  if (!isEmpty(state.handover)) return refused("HandoverOver");
  const table = balanceIps(config, view.members, state.current_table, state.prefs); // W13, W15
  const handover = moves(state.current_table, table);
  if (isEmpty(handover)) return refused("SomethingToMove");
  return (draft) => {
    draft.handover = handover;
    // The state BALANCE is entered and left in this step, so no event can come between (W14).
    return [send({ type: "BALANCE_MSG", sender: config.self, table: table as BalanceMsg["table"] })];
  };
}

/** @spec Wackamole!ReceiveBalanceMsg */
export function receiveBalanceMsg(config: Config, state: State, message: BalanceMsg): Result {
  const { view } = state;
  if (state.state !== "RUN" || view === null) return refused("InRun"); // W12
  if (message.sender !== view.members[0]) return refused("FromRepresentative");
  if (!Object.values(message.table).every((owner) => view.members.includes(owner))) return refused("OfMembers");
  const released = state.held.filter((name) => message.table[name] !== config.self); // W6
  const held = state.held.filter((name) => message.table[name] === config.self);
  const handover = moves(state.current_table, message.table);
  return (draft) => {
    draft.handover = handover;
    draft.held = held;
    if (released.length === 0) return [];
    return [...release(config, released), send({ type: "RELEASED_MSG", sender: config.self, released })]; // R3
  };
}

/** @spec Wackamole!ReceiveReleasedMsg */
export function receiveReleasedMsg(config: Config, state: State, message: ReleasedMsg): Result {
  const { current_table, handover } = state;
  if (state.state !== "RUN") return refused("InRun"); // R3
  const onItsWay = (name: string): boolean => handover[name] !== null && current_table[name] === message.sender;
  if (!message.released.every(onItsWay)) return refused("OnItsWay");
  const table: Record<string, string | null> = { ...current_table };
  for (const name of message.released) table[name] = handover[name] ?? null;
  const gained = message.released.filter((name) => handover[name] === config.self); // W6
  const held = inOrder(config, [...state.held, ...gained]);
  return (draft) => {
    draft.current_table = table;
    draft.handover = forget(handover, message.released);
    draft.held = held;
    return acquire(config, gained, state.hosts); // W6, W21
  };
}

/** @spec Wackamole!Disconnect */
export function disconnect(config: Config, state: State): Result {
  const { held } = state;
  return (draft) => {
    draft.state = "DISCONNECTED";
    draft.view = null;
    draft.current_table = nobody(config);
    draft.old_table = nobody(config);
    draft.received = [];
    draft.prefs = {};
    draft.handover = nobody(config);
    draft.held = []; // W19; `mature` stays (R5)
    const timers = [disarm("mature"), disarm("balance"), disarm("share")];
    return [...release(config, held), ...timers, { type: "connect" }]; // W19
  };
}

/** W22: tells the others what this host has resolved. It changes no variable of the specification. */
export function shareHosts(config: Config, state: State, cache: readonly Host[]): Result {
  if (state.view === null) return refused("Connected");
  const hosts = firstOf(config, cache);
  return () => [send({ type: "HOSTS_MSG", sender: config.self, hosts })];
}

/** W22: remembers what another host has resolved, the latest first, as many as the configuration allows. */
export function learnHosts(config: Config, state: State, message: HostsMsg): Result {
  if (state.view === null) return refused("Connected");
  if (!state.view.members.includes(message.sender)) return refused("FromMember");
  const isNew = (host: Host, index: number, all: readonly Host[]): boolean =>
    all.findIndex((other) => spelling(other.ip) === spelling(host.ip) && other.interface === host.interface) === index;
  const hosts = [...firstOf(config, message.hosts), ...state.hosts].filter(isNew).slice(0, config.hostsMax);
  return (draft) => {
    draft.hosts = hosts;
    return [];
  };
}

/** As many hosts as the configuration allows, without anything else that may have come with them. */
function firstOf(config: Config, hosts: readonly Host[]): Host[] {
  return hosts.slice(0, config.hostsMax).map(({ ip, interface: name }) => ({ ip, interface: name }));
}
