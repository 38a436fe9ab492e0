import { type Config, type Effect, type Event, evs, type State, start } from "../../impl/evs/service/index.ts";

const config: Config = { processes: ["p", "q", "r"] };

const events: readonly Event[] = [
  { type: "SEND", process: "p", service: "agreed", body: { text: "first" }, at: 1 },
  { type: "SEND", process: "q", service: "safe", body: 2, at: 1 },
  { type: "DELIVER", process: "q" },
  { type: "CRASH", process: "r" },
  { type: "DELIVER", process: "p" },
  { type: "REPAIR", process: "p", number: 1, held: 2, bound: 1 },
  { type: "REPAIR", process: "p", number: 1, held: 2, bound: 2 },
  { type: "DELIVER", process: "p" },
  { type: "MOVE", process: "p" },
  { type: "INSTALL", process: "p" },
  { type: "MOVE", process: "q" },
  { type: "RECOVER", process: "r", number: 1 },
  {
    type: "FORM",
    members: ["q", "r"],
    number: 2,
    sets: [{ members: ["r"], acknowledge: ["r"], held: 0, bound: 0 }],
  },
  { type: "DELIVER", process: "nobody" },
];

/** What becomes of three processes, one of which crashes: every state, and every effect in order. */
export function run(): readonly { readonly state: State; readonly effects: readonly Effect[] }[] {
  const began = start(config, [config.processes]);
  const life: { readonly state: State; readonly effects: readonly Effect[] }[] = [began];
  let now = began.state;
  for (const event of events) {
    const outcome = evs.step(config, now, event);
    if (outcome.kind === "took") now = outcome.state;
    life.push({ state: now, effects: outcome.kind === "took" ? outcome.effects : [] });
  }
  return life;
}
