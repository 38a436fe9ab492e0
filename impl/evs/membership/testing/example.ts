import type { Configuration } from "../../configuration.ts";
import type { Config } from "../config.ts";
import type { AruPacket, DataPacket, Effect, Event, Form, Message, Report } from "../messages.ts";
import { reportOf } from "../recovery.ts";
import { installed, type State } from "../state.ts";
import { step } from "../step.ts";

/** One of four processes, who keeps three messages. */
export const config: Config = frozen({ self: "b", processes: ["a", "b", "c", "d"], number: 4, keep: 3 });

/** The configuration that it is in with two others. */
export const conf: Configuration = frozen({ number: 4, members: ["a", "b", "c"] });

/** What a, b and d commit to, so that c is left. */
export const proposal: Configuration = frozen({ number: 6, members: ["a", "b", "d"] });

export const operational: State = frozen(installed(conf, 4));

/** Where a process is after these events, none of which it refuses, and what it asked for on the way. */
export function grown(events: readonly Event[], from: State = operational): { state: State; effects: Effect[] } {
  let state = from;
  const effects: Effect[] = [];
  for (const event of events) {
    const outcome = step(config, state, event);
    if (outcome.kind === "refused") throw new Error(`${event.type} was refused because of ${outcome.because}`);
    state = frozen(outcome.state);
    effects.push(...outcome.effects);
  }
  return { state, effects };
}

export function message(sender: string, number: number, service: Message["service"] = "agreed"): Message {
  return { sender, number, service, payload: `${sender}${number}` };
}

export function data(place: number, sender: string, service: Message["service"] = "agreed"): DataPacket {
  return { type: "data", conf, place, message: message(sender, place, service) };
}

export function aru(sender: string, upto: number): AruPacket {
  return { type: "aru", conf, sender, upto };
}

/** The commit token of the proposal, with what a reported, and what the process itself has to report. */
export function formed(state: State, a: Partial<Report> = {}): Form {
  const nothing = { upto: 0, beyond: [], bound: 0, obliged: [] };
  const report = {
    a: { conf, ...nothing, ...a },
    b: reportOf(state),
    d: { conf: { number: 5, members: ["d"] }, ...nothing },
  };
  return { type: "FORM", proposal, report };
}

export const ack = (sender: string): Event => ({ type: "ack", proposal, sender });
export const gather: Event = { type: "GATHER" };
export const acknowledge: Event = { type: "ACKNOWLEDGE" };
export const deliver: Event = { type: "DELIVER" };
export const move: Event = { type: "MOVE" };
export const install: Event = { type: "INSTALL" };

export function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
