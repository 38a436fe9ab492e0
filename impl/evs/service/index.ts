/**
 * The service of Extended Virtual Synchrony as one pure reducer: all processes and the network between them, to run an
 * application over. It promises what `EVS.tla` promises, and no more: whatever that leaves open comes with the event.
 *
 * @module
 */
export type { Refusal } from "./actions.ts";
export { type Config, type Process, problems } from "./config.ts";
export { type Configuration, nameOf, type Transitional } from "./configuration.ts";
export { cutsOf, transitionalSet } from "./cuts.ts";
export type { CommittingSet, Effect, Event, Message, Service } from "./messages.ts";
export { lacks, logOf, rest, script, until } from "./places.ts";
export { type Commitment, initial, type Log, type Started, type State, start } from "./state.ts";
export { type ActionName, evs, step, stepInPlace } from "./step.ts";
export { isWellFormed } from "./wellformed.ts";
