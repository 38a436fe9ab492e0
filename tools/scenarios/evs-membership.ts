import {
  type Config,
  type Effect,
  type Event,
  membership,
  reportOf,
  type State,
} from "../../impl/evs/membership/index.ts";

const config: Config = { self: "b", processes: ["a", "b"], number: 1, keep: 4 };
const both = { number: 3, members: ["a", "b"] };
const alone = { number: 2, members: ["b"] };
const message = { sender: "b", number: 1, service: "safe", payload: "hello" } as const;

/** A process from its start to its first configuration with another: every state, and every effect in order. */
export function run(): readonly { readonly state: State; readonly effects: readonly Effect[] }[] {
  const life: { readonly state: State; readonly effects: readonly Effect[] }[] = [membership.initial(config)];
  let now = membership.initial(config).state;
  const events: readonly (() => Event)[] = [
    () => ({ type: "SEND", place: 1, message }),
    () => ({ type: "DELIVER" }),
    () => ({ type: "GATHER" }),
    () => {
      const nothing = { upto: 0, beyond: [], bound: 0, obliged: [] };
      const report = { a: { conf: { number: 2, members: ["a"] }, ...nothing }, b: reportOf(now) };
      return { type: "FORM", proposal: both, report };
    },
    () => ({ type: "ACKNOWLEDGE" }),
    () => ({ type: "data", conf: alone, place: 2, message }),
    () => ({ type: "ack", proposal: both, sender: "a" }),
    () => ({ type: "MOVE" }),
    () => ({ type: "INSTALL" }),
    () => ({ type: "data", conf: both, place: 1, message: { ...message, sender: "a" } }),
    () => ({ type: "aru", conf: both, sender: "a", upto: 1 }),
    () => ({ type: "DELIVER" }),
  ];
  for (const event of events) {
    const outcome = membership.step(config, now, event());
    if (outcome.kind === "took") now = outcome.state;
    life.push({ state: now, effects: outcome.kind === "took" ? outcome.effects : [] });
  }
  return life;
}
