/**
 * The Wackamole algorithm: servers share virtual IP addresses so that each is covered by exactly one server of every
 * connected component. A pure reducer over events of a group communication system with agreed delivery.
 *
 * @module
 */
export type { Refusal } from "./actions.ts";
export { type Address, type Config, type Group, type Member, problems } from "./config.ts";
export type {
  BalanceMsg,
  Effect,
  Event,
  Host,
  HostsMsg,
  Message,
  ReleasedMsg,
  StateMsg,
  Table,
  Timer,
  View,
} from "./messages.ts";
export { initial, type State } from "./state.ts";
export { type ActionName, step, stepInPlace, wackamole } from "./step.ts";
export { isWellFormed } from "./wellformed.ts";
