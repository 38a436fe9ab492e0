import { type Config, type Effect, type Event, ordering, type State } from "../../impl/evs/ordering/index.ts";

const config: Config = {
  self: "b",
  conf: { number: 1, members: ["a", "b", "c"] },
  window: 2,
  keep: 4,
  deltaMs: 50,
};

const { conf } = config;
const message = { sender: "a", service: "safe", payload: "x" } as const;
const events: readonly Event[] = [
  { type: "SEND", service: "agreed", payload: "hello" },
  { type: "data", conf, message: { ...message, number: 2, lts: 3 } },
  { type: "ASK", member: "a", number: 1 },
  { type: "data", conf, message: { ...message, number: 1, lts: 1 } },
  { type: "request", conf, sender: "c", number: 1 },
  { type: "update", conf, sender: "c", row: { sequence: 0, lts: 3, aru: 3 } },
  { type: "UPDATE_TIMEOUT" },
  { type: "DELIVER" },
  { type: "update", conf, sender: "a", row: { sequence: 2, lts: 3, aru: 3 } },
  { type: "DELIVER" },
  { type: "DELIVER" },
  { type: "DELIVER" },
];

/** What a process does in a configuration: every state, and every effect in order. */
export function run(): readonly { readonly state: State; readonly effects: readonly Effect[] }[] {
  const life: { readonly state: State; readonly effects: readonly Effect[] }[] = [ordering.initial(config)];
  let now = ordering.initial(config).state;
  for (const event of events) {
    const outcome = ordering.step(config, now, event);
    if (outcome.kind === "took") now = outcome.state;
    life.push({ state: now, effects: outcome.kind === "took" ? outcome.effects : [] });
  }
  return life;
}
