import { type Refused, refused, type Update } from "../../kernel/index.ts";
import { isSame, type Member, type Service } from "../configuration.ts";
import type { Config } from "./config.ts";
import {
  added,
  firstWaiting,
  globalAru,
  type Has,
  hasRoom,
  isMissing,
  others,
  type Rows,
  refreshed,
  remaining,
  rowOf,
  unstable,
} from "./knowledge.ts";
import type { DataPacket, Effect, Message, RequestPacket, Row, UpdatePacket } from "./messages.ts";
import { noRow, type State } from "./state.ts";

/**
 * The conjunct that refused an event. `MaySend`, `IsOurs`, `Others`, `MayAsk`, `Waiting` and `Deliverable` are the
 * specification's. `SomethingToSay` is as much of `IsNews` as one process can know. `Room` and `NextLts` keep what is
 * held and counted within limits, and `WellFormed` is about peers that do not keep to the protocol.
 */
export type Refusal =
  | "MaySend"
  | "SomethingToSay"
  | "IsOurs"
  | "Others"
  | "MayAsk"
  | "Waiting"
  | "Deliverable"
  | "Room"
  | "NextLts"
  | "WellFormed";

type Result = Refused<Refusal> | Update<State, Effect>;

/** @spec Ordering!Send */
export function send(config: Config, state: State, service: Service, payload: string): Result {
  const own = rowOf(state.site, config.self);
  if (unstable(config, state).length >= config.window) return refused("MaySend");
  const number = own.sequence + 1;
  if (!hasRoom(config, state, config.self, number)) return refused("Room");
  const lts = own.lts + 1;
  if (!Number.isSafeInteger(lts)) return refused("NextLts");
  const message: Message = { sender: config.self, number, lts, service, payload };
  const rows = { ...state.site, [config.self]: { ...own, sequence: number, lts } };
  const packet: DataPacket = { type: "data", conf: config.conf, message };
  return settled(config, state, added(state, message), rows, [{ type: "send", to: others(config), packet }]);
}

/** @spec Ordering!Update */
export function update(config: Config, state: State): Result {
  const row = rowOf(state.site, config.self);
  if (covers(noRow, row)) return refused("SomethingToSay");
  // It may be lost. Until everybody is known to have all that is known to exist, it is said again.
  const again = globalAru(config, state.site) < row.lts ? [arm(config)] : [];
  const packet: UpdatePacket = { type: "update", conf: config.conf, sender: config.self, row: { ...row } };
  return () => [{ type: "send", to: others(config), packet }, ...again];
}

/** @spec Ordering!Receive */
export function receive(config: Config, state: State, packet: DataPacket | UpdatePacket): Result {
  if (!isSame(packet.conf, config.conf)) return refused("IsOurs");
  return packet.type === "data"
    ? receiveData(config, state, packet.message)
    : receiveUpdate(config, state, packet.sender, packet.row);
}

/** @spec Ordering!ReceiveData */
function receiveData(config: Config, state: State, message: Message): Result {
  const { sender, number, lts, service, payload } = message;
  if (!others(config).includes(sender)) return refused("Others");
  if (!hasRoom(config, state, sender, number)) return refused("Room");
  const has = added(state, { sender, number, lts, service, payload });
  // A message says as much as a row does, but of what its sender received.
  return settled(config, state, has, learned(config, state, sender, { sequence: number, lts, aru: 0 }));
}

/** @spec Ordering!ReceiveUpdate */
function receiveUpdate(config: Config, state: State, sender: Member, row: Row): Result {
  if (!others(config).includes(sender)) return refused("Others");
  return settled(config, state, state, learned(config, state, sender, row));
}

/** @spec Ordering!Ask */
export function ask(config: Config, state: State, member: Member, number: number): Result {
  if (!others(config).includes(member)) return refused("Others");
  if (!isMissing(state, member, number)) return refused("MayAsk");
  if (!hasRoom(config, state, member, number)) return refused("Room");
  const packet: RequestPacket = { type: "request", conf: config.conf, sender: config.self, number };
  return () => [{ type: "send", to: [member], packet }];
}

/** Who asks for what is no longer kept has it by now, and is sent nothing. @spec Ordering!Answer */
export function answer(config: Config, state: State, request: RequestPacket): Result {
  if (!isSame(request.conf, config.conf)) return refused("IsOurs");
  if (!others(config).includes(request.sender)) return refused("Others");
  const found = unstable(config, state).filter((message) => message.number === request.number);
  const to = [request.sender];
  return () => found.map((message) => ({ type: "send", to, packet: { type: "data", conf: config.conf, message } }));
}

/** @spec Ordering!Deliver */
export function deliver(config: Config, state: State): Result {
  const message = firstWaiting(config, state);
  if (message === undefined) return refused("Waiting");
  const upto = message.service === "safe" ? globalAru(config, state.site) : rowOf(state.site, config.self).aru;
  if (message.lts > upto) return refused("Deliverable");
  const delivered = { ...state.delivered, [message.sender]: message.number };
  const { store, forgotten } = remaining(config, state.site, state, delivered);
  return (draft) => {
    Object.assign(draft, { delivered, store, forgotten });
    return [{ type: "deliver", message }];
  };
}

/** @spec Ordering!Covers */
function covers(newer: Row, older: Row): boolean {
  return newer.sequence >= older.sequence && newer.lts >= older.lts && newer.aru >= older.aru;
}

/** The rows with the news of one, which may come in any order, and own timestamps beyond it. @spec Ordering!Learned */
function learned(config: Config, state: State, member: Member, row: Row): Rows {
  const [old, own] = [rowOf(state.site, member), rowOf(state.site, config.self)];
  return {
    ...state.site,
    [config.self]: { ...own, lts: Math.max(own.lts, row.lts) },
    [member]: {
      sequence: Math.max(old.sequence, row.sequence),
      lts: Math.max(old.lts, row.lts),
      aru: Math.max(old.aru, row.aru),
    },
  };
}

/** Takes over what was sent or received, and has an update sent when there is something new to say. */
function settled(config: Config, state: State, has: Has, rows: Rows, effects: readonly Effect[] = []): Result {
  const site = refreshed(config, has, rows);
  const { store, forgotten } = remaining(config, site, has, state.delivered);
  const isNew = !covers(rowOf(state.site, config.self), rowOf(site, config.self));
  return (draft) => {
    Object.assign(draft, { site, store, forgotten });
    return isNew ? [...effects, arm(config)] : effects;
  };
}

function arm(config: Config): Effect {
  return { type: "arm", timer: "update", ms: config.deltaMs };
}
