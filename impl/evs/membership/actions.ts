import { refused } from "../../kernel/index.ts";
import { areEqual, isSame, type Member } from "../configuration.ts";
import type { Config } from "./config.ts";
import type { AckPacket, AruPacket, DataPacket, Effect, Entry, Form, Message, Report } from "./messages.ts";
import {
  boundary,
  coming,
  has,
  isAllHere,
  isComplete,
  merged,
  obligedTo,
  others,
  prefix,
  rebroadcasts,
  remaining,
  reportOf,
  scriptLength,
  transitional,
} from "./recovery.ts";
import type { Refusal, Result } from "./refusal.ts";
import { installed, type State } from "./state.ts";

/** Step 1: the message goes to the members of the configuration. @spec Membership!Send */
export function send(config: Config, state: State, place: number, message: Message): Result {
  if (state.mode !== "operational") return refused("Operational");
  if (message.sender !== config.self) return refused("Own");
  const { sender, number, service, payload } = message;
  const entry: Entry = { place, message: { sender, number, service, payload } };
  const packet: DataPacket = { type: "data", conf: state.conf, ...entry };
  return gets(config, state, entry, [{ type: "send", to: others(config, state.conf), packet }]);
}

/** Who has left the configuration for gather still takes its packets. @spec Membership!Receive */
export function receive(config: Config, state: State, packet: DataPacket): Result {
  if (state.mode !== "operational" && state.mode !== "gather") return refused("Receiving");
  if (!isSame(packet.conf, state.conf)) return refused("IsOurs");
  const { sender, number, service, payload } = packet.message;
  if (!state.conf.members.includes(sender)) return refused("FromMember");
  return gets(config, state, { place: packet.place, message: { sender, number, service, payload } }, []);
}

/** Who gathers does not acknowledge what it gets. @spec Membership!Gets @spec Membership!Acknowledges */
function gets(config: Config, state: State, entry: Entry, effects: readonly Effect[]): Result {
  if (has(state, entry.place)) return refused("New");
  if (entry.place > state.forgotten + config.keep) return refused("Room");
  const store = merged(state.store, [entry]);
  const upto = prefix({ ...state, store });
  const isNews = state.mode === "operational" && upto > (state.aru[config.self] ?? 0);
  const aru = isNews ? { ...state.aru, [config.self]: upto } : state.aru;
  const packet: AruPacket = { type: "aru", conf: state.conf, sender: config.self, upto };
  const kept = remaining({ ...state, store, aru });
  return (draft) => {
    Object.assign(draft, kept, { aru });
    return isNews ? [...effects, { type: "send", to: others(config, state.conf), packet }] : effects;
  };
}

/** @spec Membership!Gather @spec Membership!Remembered */
export function gather(_: Config, state: State): Result {
  if (state.mode !== "operational" && state.mode !== "recovery") return refused("MayGather");
  return (draft) => {
    // What it has and whom it is obliged to stays: another may have installed the proposal by its acknowledgement.
    Object.assign(draft, { mode: "gather", proposal: null, report: {}, acks: [], recovered: [] });
    return [];
  };
}

/**
 * Steps 3 and 4: the process has supplied its report, and commits. What it reported must be what it has; so it takes
 * nothing more once it has reported, or the proposal is of no use. @spec Membership!Form
 */
export function form(config: Config, state: State, { proposal, report }: Form): Result {
  if (state.mode !== "gather") return refused("Ready");
  if (!proposal.members.includes(config.self)) return refused("FromMember");
  if (proposal.number <= state.number) return refused("NewNumbers");
  const own = report[config.self];
  if (own === undefined || !isSameReport(own, reportOf(state))) return refused("Own");
  const { number, members } = proposal;
  const committed = {
    ...{ number, mode: "recovery" as const, proposal: { number, members: [...members] } },
    report: Object.fromEntries(members.flatMap((member) => copied(member, report[member]))),
  };
  const effects = rebroadcasts(config, { ...state, ...committed });
  return (draft) => {
    Object.assign(draft, committed, { acks: [], recovered: [] });
    return [{ type: "persist", number }, ...effects];
  };
}

/** Steps 5.a and 5.c: from now on it is obliged to all of them. @spec Membership!Acknowledge */
export function acknowledge(config: Config, state: State): Result {
  const { proposal } = state;
  if (state.mode !== "recovery" || proposal === null) return refused("Recovery");
  if (state.acks.includes(config.self)) return refused("NotYet");
  if (!isAllHere(state)) return refused("Available");
  const store = merged(state.store, state.recovered);
  const acked = { store, bound: boundary(state, store), obliged: obligedTo(config, state), recovered: [] };
  const acks = [...state.acks, config.self].sort();
  const packet: AckPacket = { type: "ack", proposal, sender: config.self };
  return (draft) => {
    Object.assign(draft, acked, { acks });
    return [{ type: "send", to: others(config, proposal), packet }];
  };
}

/** @spec Membership!Deliver */
export function deliver(_: Config, state: State): Result {
  const entry = coming(state);
  const because = undeliverable(state, entry);
  if (because !== undefined) return refused(because);
  if (entry === undefined) return refused("Held");
  const place = state.place + 1;
  const conf = (state.mode === "transitional" ? transitional(state) : undefined) ?? state.conf;
  const kept = state.mode === "operational" ? remaining({ ...state, place }) : {};
  return (draft) => {
    Object.assign(draft, kept, { place });
    return [{ type: "deliver", message: entry.message, conf }];
  };
}

/** Why nothing is delivered now, if so. @spec Membership!MayDeliver */
function undeliverable(state: State, entry: Entry | undefined): Refusal | undefined {
  switch (state.mode) {
    case "operational": {
      if (state.place >= prefix(state)) return "Held";
      const isSafe = entry?.message.service === "safe";
      const haveAll = state.conf.members.every((member) => (state.aru[member] ?? 0) > state.place);
      return isSafe && !haveAll ? "MayDeliver" : undefined;
    }
    case "recovery":
      if (!isComplete(state)) return "IsComplete";
      return state.place < state.bound ? undefined : "InBound";
    case "transitional":
      return state.place < scriptLength(state) ? undefined : "InScript";
    case "gather":
      return "Receiving";
  }
}

/** Step 6.c. @spec Membership!Move */
export function move(_: Config, state: State): Result {
  if (state.mode !== "recovery") return refused("Recovery");
  if (!isComplete(state)) return refused("IsComplete");
  if (state.place !== state.bound) return refused("AtBound");
  const conf = transitional(state) ?? state.conf;
  return (draft) => {
    draft.mode = "transitional";
    return [{ type: "conf", conf }];
  };
}

/** Step 6.e. @spec Membership!Install @spec Membership!Afresh */
export function install(_: Config, state: State): Result {
  const { proposal } = state;
  if (state.mode !== "transitional" || proposal === null) return refused("Transitional");
  if (state.place !== scriptLength(state)) return refused("AtEnd");
  const next = installed(proposal, state.number);
  return (draft) => {
    Object.assign(draft, next);
    return [{ type: "conf", conf: proposal }];
  };
}

function isSameReport(one: Report, other: Report): boolean {
  const beyond =
    one.beyond.length === other.beyond.length && one.beyond.every((place, at) => place === other.beyond[at]);
  const same = isSame(one.conf, other.conf) && one.upto === other.upto && one.bound === other.bound;
  return same && beyond && areEqual(one.obliged, other.obliged);
}

/** The report of a member without anything else that came with it, and shared with nothing that came. */
function copied(member: Member, report: Report | undefined): [Member, Report][] {
  if (report === undefined) return [];
  const { conf, upto, beyond, bound, obliged } = report;
  const from = { number: conf.number, members: [...conf.members] };
  return [[member, { conf: from, upto, beyond: [...beyond], bound, obliged: [...obliged] }]];
}
