import { match } from "ts-pattern";
import { inPlace, type Outcome, type Protocol, pure, type Reading, refused } from "../../kernel/index.ts";
import { acknowledge, deliver, form, gather, install, move, receive, send } from "./actions.ts";
import type { Config } from "./config.ts";
import { collect, hear, learn, repeat } from "./hearsay.ts";
import type { Effect, Event } from "./messages.ts";
import type { Refusal } from "./refusal.ts";
import { initial, type State } from "./state.ts";
import { isWellFormed } from "./wellformed.ts";

/** The specification's actions of a process, what it takes of the knowledge of others, and what is no event at all. */
export type ActionName =
  | "Send"
  | "Receive"
  | "Learn"
  | "Gather"
  | "Form"
  | "Collect"
  | "Acknowledge"
  | "Hear"
  | "Deliver"
  | "Move"
  | "Install"
  | "Repeat"
  | "Malformed";

type Stepped = Outcome<State, Effect, ActionName, Refusal>;

/** One line for each event; the reading decides whether the state is copied or changed. */
function stepper(take: Reading): (config: Config, state: State, event: Event) => Stepped {
  return (config, state, event) => {
    if (!isWellFormed(config, event))
      return take<State, Effect, ActionName, Refusal>("Malformed", state, refused("WellFormed"));
    return match<Event, Stepped>(event)
      .with({ type: "SEND" }, ({ place, message }) => take("Send", state, send(config, state, place, message)))
      .with({ type: "data" }, (packet) => take("Receive", state, receive(config, state, packet)))
      .with({ type: "aru" }, (packet) => take("Learn", state, learn(config, state, packet)))
      .with({ type: "GATHER" }, () => take("Gather", state, gather(config, state)))
      .with({ type: "FORM" }, (token) => take("Form", state, form(config, state, token)))
      .with({ type: "rebroadcast" }, (packet) => take("Collect", state, collect(config, state, packet)))
      .with({ type: "ACKNOWLEDGE" }, () => take("Acknowledge", state, acknowledge(config, state)))
      .with({ type: "ack" }, (packet) => take("Hear", state, hear(config, state, packet)))
      .with({ type: "DELIVER" }, () => take("Deliver", state, deliver(config, state)))
      .with({ type: "MOVE" }, () => take("Move", state, move(config, state)))
      .with({ type: "INSTALL" }, () => take("Install", state, install(config, state)))
      .with({ type: "RECOVERY_TIMEOUT" }, () => take("Repeat", state, repeat(config, state)))
      .exhaustive();
  };
}

/** Takes one event; the state given is left as it was. */
export const step: Protocol<Config, State, Event, Effect, ActionName, Refusal>["step"] = stepper(pure);

/** Takes one event on the state itself, for an owner that holds the only reference to it. */
export const stepInPlace: typeof step = stepper(inPlace);

/** How one process gets from one configuration to the next. */
export const membership: Protocol<Config, State, Event, Effect, ActionName, Refusal> = { initial, step };
