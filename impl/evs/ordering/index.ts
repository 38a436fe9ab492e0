/**
 * Total order and stability within one configuration: Lamport timestamps, cumulative acknowledgements, requests for
 * what was lost, and a window. A pure reducer over packets of a network that loses, repeats and reorders them.
 *
 * The recipes are exported beside `step`, for a reducer that has this one inside: each refuses, or gives what it does
 * to a draft of {@link State}.
 *
 * @module
 */
export type { Configuration, Member, Service } from "../configuration.ts";
export { answer, ask, deliver, type Refusal, receive, send, update } from "./actions.ts";
export { type Config, problems } from "./config.ts";
export { missing } from "./knowledge.ts";
export type { DataPacket, Effect, Event, Message, Packet, RequestPacket, Row, UpdatePacket } from "./messages.ts";
export { initial, type State } from "./state.ts";
export { type ActionName, ordering, step, stepInPlace } from "./step.ts";
export { isWellFormed } from "./wellformed.ts";
