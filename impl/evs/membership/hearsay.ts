import { refused } from "../../kernel/index.ts";
import { isSame } from "../configuration.ts";
import type { Config } from "./config.ts";
import type { AckPacket, AruPacket, Effect, RebroadcastPacket } from "./messages.ts";
import { has, isAvailable, isOf, merged, others, rebroadcasts, remaining } from "./recovery.ts";
import type { Result } from "./refusal.ts";
import type { State } from "./state.ts";

// What the specification has everybody know at once, and what takes no step there: what processes hear of each other,
// and say again since it may have been lost.

/** What another member of the configuration has. It is cumulative, so one that is late says nothing new. */
export function learn(config: Config, state: State, packet: AruPacket): Result {
  if (state.mode !== "operational") return refused("Operational");
  if (!isSame(packet.conf, state.conf)) return refused("IsOurs");
  if (!others(config, state.conf).includes(packet.sender)) return refused("FromMember");
  const aru = { ...state.aru, [packet.sender]: Math.max(state.aru[packet.sender] ?? 0, packet.upto) };
  const kept = remaining({ ...state, aru });
  return (draft) => {
    Object.assign(draft, kept, { aru });
    return [];
  };
}

/** 5.a: what comes is kept apart until all is here, since the process has not reported it. */
export function collect(config: Config, state: State, packet: RebroadcastPacket): Result {
  const { place } = packet;
  if (state.mode !== "recovery") return refused("Recovery");
  if (!isOf(state, packet.proposal)) return refused("OfProposal");
  if (!isSame(packet.conf, state.conf)) return refused("IsOurs");
  if (state.acks.includes(config.self)) return refused("NotYet");
  if (!isAvailable(state, place)) return refused("Available");
  if (has(state, place) || state.recovered.some((entry) => entry.place === place)) return refused("New");
  if (place > state.forgotten + 2 * config.keep) return refused("Room");
  const { sender, number, service, payload } = packet.message;
  const recovered = merged(state.recovered, [{ place, message: { sender, number, service, payload } }]);
  return (draft) => {
    Object.assign(draft, { recovered });
    return [];
  };
}

/** Another member has acknowledged. */
export function hear(config: Config, state: State, packet: AckPacket): Result {
  if (!isOf(state, packet.proposal)) return refused("OfProposal");
  if (!others(config, packet.proposal).includes(packet.sender)) return refused("FromMember");
  if (state.acks.includes(packet.sender)) return refused("New");
  const acks = [...state.acks, packet.sender].sort();
  return (draft) => {
    Object.assign(draft, { acks });
    return [];
  };
}

/** Says again what may have been lost on the way to the members of the proposal. It changes nothing here. */
export function repeat(config: Config, state: State): Result {
  const { proposal } = state;
  if (proposal === null) return refused("OfProposal");
  const packet: AckPacket = { type: "ack", proposal, sender: config.self };
  const acks: Effect[] = state.acks.includes(config.self)
    ? [{ type: "send", to: others(config, proposal), packet }]
    : [];
  const effects = [...rebroadcasts(config, state), ...acks];
  return () => effects;
}
