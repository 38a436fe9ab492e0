import { match } from "ts-pattern";
import { inPlace, type Outcome, type Protocol, pure, type Reading, refused } from "../../kernel/index.ts";
import { answer, ask, deliver, type Refusal, receive, send, update } from "./actions.ts";
import type { Config } from "./config.ts";
import type { Effect, Event } from "./messages.ts";
import { initial, type State } from "./state.ts";
import { isWellFormed } from "./wellformed.ts";

/** The specification's actions of a process, and what is no event at all. */
export type ActionName = "Send" | "Update" | "Receive" | "Ask" | "Answer" | "Deliver" | "Malformed";

type Stepped = Outcome<State, Effect, ActionName, Refusal>;

/** One line for each event; the reading decides whether the state is copied or changed. */
function stepper(take: Reading): (config: Config, state: State, event: Event) => Stepped {
  return (config, state, event) => {
    if (!isWellFormed(event))
      return take<State, Effect, ActionName, Refusal>("Malformed", state, refused("WellFormed"));
    return match<Event, Stepped>(event)
      .with({ type: "SEND" }, ({ service, payload }) => take("Send", state, send(config, state, service, payload)))
      .with({ type: "UPDATE_TIMEOUT" }, () => take("Update", state, update(config, state)))
      .with({ type: "data" }, { type: "update" }, (packet) => take("Receive", state, receive(config, state, packet)))
      .with({ type: "ASK" }, ({ member, number }) => take("Ask", state, ask(config, state, member, number)))
      .with({ type: "request" }, (packet) => take("Answer", state, answer(config, state, packet)))
      .with({ type: "DELIVER" }, () => take("Deliver", state, deliver(config, state)))
      .exhaustive();
  };
}

/** Takes one event; the state given is left as it was. */
export const step: Protocol<Config, State, Event, Effect, ActionName, Refusal>["step"] = stepper(pure);

/** Takes one event on the state itself, for an owner that holds the only reference to it. */
export const stepInPlace: typeof step = stepper(inPlace);

/** Order and stability for one process of one configuration. */
export const ordering: Protocol<Config, State, Event, Effect, ActionName, Refusal> = { initial, step };
