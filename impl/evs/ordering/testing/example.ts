import type { Config } from "../config.ts";
import type { DataPacket, Effect, Event, Message, UpdatePacket } from "../messages.ts";
import { initial, type State } from "../state.ts";
import { step } from "../step.ts";

/** The second of three members, with a window of two messages, who keeps three of each. */
export const config: Config = frozen({
  self: "b",
  conf: { number: 7, members: ["a", "b", "c"] },
  window: 2,
  keep: 3,
  deltaMs: 50,
});

/** Where a process is after these events, none of which it refuses, and what it asked for on the way. */
export function grown(
  events: readonly Event[],
  from: State = initial(config).state,
): { state: State; effects: Effect[] } {
  let state = frozen(from);
  const effects: Effect[] = [];
  for (const event of events) {
    const outcome = step(config, state, event);
    if (outcome.kind === "refused") throw new Error(`${event.type} was refused because of ${outcome.because}`);
    state = outcome.state;
    effects.push(...outcome.effects);
  }
  return { state, effects };
}

export function data(sender: string, number: number, lts: number, more: Partial<Message> = {}): DataPacket {
  const message: Message = { sender, number, lts, service: "agreed", payload: `${sender}${number}`, ...more };
  return { type: "data", conf: config.conf, message };
}

export function row(sender: string, sequence: number, lts: number, aru: number): UpdatePacket {
  return { type: "update", conf: config.conf, sender, row: { sequence, lts, aru } };
}

export const send: Event = { type: "SEND", service: "agreed", payload: "hello" };
export const deliver: Event = { type: "DELIVER" };
export const timeout: Event = { type: "UPDATE_TIMEOUT" };

export function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
