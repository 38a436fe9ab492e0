import { match } from "ts-pattern";
import { inPlace, type Outcome, type Protocol, pure, type Reading, refused } from "../kernel/index.ts";
import {
  balance,
  disconnect,
  learnHosts,
  matureTimeout,
  type Refusal,
  receiveBalanceMsg,
  receiveReleasedMsg,
  receiveStateMsg,
  shareHosts,
  viewChange,
} from "./actions.ts";
import type { Config } from "./config.ts";
import type { Effect, Event } from "./messages.ts";
import { initial, type State } from "./state.ts";
import { isWellFormed } from "./wellformed.ts";

/** The specification's actions of a server, the two of W22 that are beyond it, and what is no event at all. */
export type ActionName =
  | "ViewChange"
  | "ReceiveStateMsg"
  | "MatureTimeout"
  | "Balance"
  | "ReceiveBalanceMsg"
  | "ReceiveReleasedMsg"
  | "Disconnect"
  | "ShareHosts"
  | "LearnHosts"
  | "Malformed";

type Stepped = Outcome<State, Effect, ActionName, Refusal>;

/** One line for each event; the reading decides whether the state is copied or changed. */
function stepper(take: Reading): (config: Config, state: State, event: Event) => Stepped {
  return (config, state, event) => {
    if (!isWellFormed(config, event))
      return take<State, Effect, ActionName, Refusal>("Malformed", state, refused("WellFormed"));
    return match<Event, Stepped>(event)
      .with({ type: "VIEW_CHANGE" }, ({ view }) => take("ViewChange", state, viewChange(config, state, view)))
      .with({ type: "STATE_MSG" }, (m) => take("ReceiveStateMsg", state, receiveStateMsg(config, state, m)))
      .with({ type: "MATURE_TIMEOUT" }, () => take("MatureTimeout", state, matureTimeout(config, state)))
      .with({ type: "BALANCE_TIMEOUT" }, () => take("Balance", state, balance(config, state)))
      .with({ type: "BALANCE_MSG" }, (m) => take("ReceiveBalanceMsg", state, receiveBalanceMsg(config, state, m)))
      .with({ type: "RELEASED_MSG" }, (m) => take("ReceiveReleasedMsg", state, receiveReleasedMsg(config, state, m)))
      .with({ type: "DISCONNECT" }, () => take("Disconnect", state, disconnect(config, state)))
      .with({ type: "SHARE_TIMEOUT" }, ({ cache }) => take("ShareHosts", state, shareHosts(config, state, cache)))
      .with({ type: "HOSTS_MSG" }, (m) => take("LearnHosts", state, learnHosts(config, state, m)))
      .exhaustive();
  };
}

/** Takes one event; the state given is left as it was. */
export const step: Protocol<Config, State, Event, Effect, ActionName, Refusal>["step"] = stepper(pure);

/** Takes one event on the state itself, for an owner that holds the only reference to it. */
export const stepInPlace: typeof step = stepper(inPlace);

/** The Wackamole algorithm for one server. */
export const wackamole: Protocol<Config, State, Event, Effect, ActionName, Refusal> = { initial, step };
