import type { Config, Event, Member, StateMsg } from "../../impl/wackamole/index.ts";
import type { Apart } from "../engine/kit/source.ts";

/**
 * A server as those of the quick graph are not: its groups and the lists of members are in no order of their names, and
 * a group has several addresses, of both families and on several interfaces.
 */
const config: Config = {
  self: "n2",
  groups: [
    {
      name: "zeta",
      addresses: [
        { ip: "2001:db8:7::1", prefix: 56, interface: "wan" },
        { ip: "192.0.2.7", prefix: 28, interface: "lan" },
        { ip: "10.7.0.1", prefix: 9, interface: "wan" },
      ],
    },
    { name: "alpha", addresses: [{ ip: "192.0.2.8", prefix: 29, interface: "lan" }] },
    {
      name: "mid",
      addresses: [
        { ip: "192.0.2.10", prefix: 30, interface: "wan" },
        { ip: "192.0.2.9", prefix: 30, interface: "wan" },
      ],
    },
  ],
  prefers: ["mid", "alpha"],
  matureTimeoutMs: 1_100,
  balanceTimeoutMs: 2_300,
  shareTimeoutMs: 3_700,
  hostsMax: 2,
};

const [three, two] = [
  { id: "three", members: ["n3", "n2", "n1"] },
  { id: "two", members: ["n2", "n1"] },
];

/** It is given what nobody covers, then all but nothing in a balance; then it represents, covers all, and balances. */
const events: readonly Event[] = [
  { type: "VIEW_CHANGE", view: three },
  {
    type: "HOSTS_MSG",
    sender: "n3",
    hosts: [
      { ip: "192.0.2.99", interface: "lan" },
      { ip: "2001:db8:7::99", interface: "wan" },
    ],
  },
  stateMsg("n3", three.id, ["mid"], []),
  stateMsg("n2", three.id, [], config.prefers),
  stateMsg("n1", three.id, [], ["zeta"]),
  { type: "BALANCE_MSG", sender: "n3", table: { zeta: "n1", alpha: "n2", mid: "n2" } },
  { type: "RELEASED_MSG", sender: "n3", released: ["mid"] },
  { type: "RELEASED_MSG", sender: "n2", released: ["zeta"] },
  { type: "RELEASED_MSG", sender: "n1", released: ["alpha"] },
  { type: "VIEW_CHANGE", view: two },
  stateMsg("n2", two.id, ["alpha", "mid"], config.prefers),
  stateMsg("n1", two.id, [], ["zeta"]),
  { type: "BALANCE_TIMEOUT" },
  { type: "BALANCE_MSG", sender: "n2", table: { zeta: "n1", alpha: "n2", mid: "n2" } },
  { type: "RELEASED_MSG", sender: "n2", released: ["zeta"] },
  { type: "DISCONNECT" },
];

function stateMsg(sender: Member, view: string, owns: readonly string[], prefers: readonly string[]): StateMsg {
  return { type: "STATE_MSG", sender, view, owns, mature: sender === "n3", prefers };
}

/** Nodes that no closed system has. */
export const apart: readonly Apart<Config, Event>[] = [{ config, events }];
