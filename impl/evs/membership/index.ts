/**
 * How processes get from one configuration of Extended Virtual Synchrony to the next: gather, commit, recovery with its
 * obligations, transitional configuration, installation. A pure reducer over packets, over an order that gives each
 * message a place.
 *
 * The recipes are exported beside `step`, for a reducer that has this one inside: each refuses, or gives what it does
 * to a draft of {@link State}.
 *
 * @module
 */
export type { Configuration, Member, Service } from "../configuration.ts";
export { acknowledge, deliver, form, gather, install, move, receive, send } from "./actions.ts";
export { type Config, problems } from "./config.ts";
export { collect, hear, learn, repeat } from "./hearsay.ts";
export type {
  AckPacket,
  AruPacket,
  DataPacket,
  Effect,
  Entry,
  Event,
  Form,
  Message,
  Packet,
  RebroadcastPacket,
  Report,
  Transitional,
} from "./messages.ts";
export { reportOf } from "./recovery.ts";
export type { Refusal } from "./refusal.ts";
export { initial, installed, type State } from "./state.ts";
export { type ActionName, membership, step, stepInPlace } from "./step.ts";
export { isWellFormed } from "./wellformed.ts";
