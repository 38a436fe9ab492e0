import { match } from "ts-pattern";
import { inPlace, type Outcome, type Protocol, pure, type Reading, refused } from "../../kernel/index.ts";
import { crash, deliver, form, install, move, type Refusal, recover, repair, send } from "./actions.ts";
import type { Config } from "./config.ts";
import type { Effect, Event } from "./messages.ts";
import { initial, type State } from "./state.ts";
import { isWellFormed } from "./wellformed.ts";

/** The specification's actions, and what is no event at all. */
export type ActionName =
  | "Send"
  | "Deliver"
  | "Form"
  | "Move"
  | "Install"
  | "Repair"
  | "Crash"
  | "Recover"
  | "Malformed";

type Stepped = Outcome<State, Effect, ActionName, Refusal>;

/** One line for each event; the reading decides whether the state is copied or changed. */
function stepper(take: Reading): (config: Config, state: State, event: Event) => Stepped {
  return (config, state, event) => {
    if (!isWellFormed(config, event))
      return take<State, Effect, ActionName, Refusal>("Malformed", state, refused("WellFormed"));
    return match<Event, Stepped>(event)
      .with({ type: "SEND" }, (e) => take("Send", state, send(config, state, e)))
      .with({ type: "DELIVER" }, (e) => take("Deliver", state, deliver(config, state, e)))
      .with({ type: "FORM" }, (e) => take("Form", state, form(config, state, e)))
      .with({ type: "MOVE" }, (e) => take("Move", state, move(config, state, e)))
      .with({ type: "INSTALL" }, (e) => take("Install", state, install(config, state, e)))
      .with({ type: "REPAIR" }, (e) => take("Repair", state, repair(config, state, e)))
      .with({ type: "CRASH" }, (e) => take("Crash", state, crash(config, state, e)))
      .with({ type: "RECOVER" }, (e) => take("Recover", state, recover(config, state, e)))
      .exhaustive();
  };
}

/** Takes one event; the state given is left as it was. */
export const step: Protocol<Config, State, Event, Effect, ActionName, Refusal>["step"] = stepper(pure);

/** Takes one event on the state itself, for an owner that holds the only reference to it. */
export const stepInPlace: typeof step = stepper(inPlace);

/** The service of Extended Virtual Synchrony, adversarial within what it promises. */
export const evs: Protocol<Config, State, Event, Effect, ActionName, Refusal> = { initial, step };
