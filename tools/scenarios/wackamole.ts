import { type Config, type Effect, type Event, type State, wackamole } from "../../impl/wackamole/index.ts";

const config: Config = {
  self: "a",
  groups: [
    { name: "web", addresses: [{ ip: "192.0.2.1", prefix: 24, interface: "eth0" }] },
    { name: "router", addresses: [{ ip: "2001:db8::1", prefix: 64, interface: "eth1" }] },
  ],
  prefers: ["router"],
  matureTimeoutMs: 5_000,
  balanceTimeoutMs: 60_000,
  shareTimeoutMs: 60_000,
  hostsMax: 4,
};

const state = { type: "STATE_MSG", view: "1", mature: false, prefers: [] } as const;
const events: readonly Event[] = [
  { type: "VIEW_CHANGE", view: { id: "1", members: ["a", "b"] } },
  { ...state, sender: "a", owns: [], prefers: ["router"] },
  { ...state, sender: "b", owns: [] },
  { type: "MATURE_TIMEOUT" },
  { ...state, sender: "a", owns: [], mature: true },
  { type: "HOSTS_MSG", sender: "b", hosts: [{ ip: "192.0.2.9", interface: "eth0" }] },
  { type: "BALANCE_TIMEOUT" },
  { type: "BALANCE_MSG", sender: "a", table: { web: "b", router: "a" } },
  { type: "RELEASED_MSG", sender: "a", released: ["web"] },
  { type: "RELEASED_MSG", sender: "b", released: ["router"] },
  { type: "STATE_MSG", sender: "c", view: "0", owns: [], mature: true, prefers: [] },
  { type: "DISCONNECT" },
];

/** What a server does in a life from its start to the loss of the group: every state, and every effect in order. */
export function run(): readonly { readonly state: State; readonly effects: readonly Effect[] }[] {
  const life: { readonly state: State; readonly effects: readonly Effect[] }[] = [wackamole.initial(config)];
  let now = wackamole.initial(config).state;
  for (const event of events) {
    const outcome = wackamole.step(config, now, event);
    if (outcome.kind === "took") now = outcome.state;
    life.push({ state: now, effects: outcome.kind === "took" ? outcome.effects : [] });
  }
  return life;
}
