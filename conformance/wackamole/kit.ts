import {
  type ActionName,
  type Config,
  type Effect,
  type Event,
  type Host,
  type HostsMsg,
  type Message,
  type Refusal,
  type State,
  wackamole,
} from "../../impl/wackamole/index.ts";
import { type KitParts, type KitSource, kitSource } from "../engine/kit/source.ts";
import { isMessage } from "./network.ts";
import type { Move, World } from "./world.ts";

type Parts = KitParts<Config, State, Event, Effect, ActionName, Refusal, World, Move>;

/** Vectors of Wackamole for ports to other languages. */
export function wackamoleKit(open: Parts["open"]): KitSource {
  return kitSource<Config, State, Event, Effect, ActionName, Refusal, World, Move>({
    reducer: wackamole,
    answers,
    open,
    besides,
  });
}

const answers: Parts["answers"] = {
  ViewChange: { taken: true, refusedFor: [] },
  ReceiveStateMsg: { taken: true, refusedFor: ["InGather", "OfCurrentView", "FromMember"] },
  MatureTimeout: { taken: true, refusedFor: ["InGather", "NotMature"] },
  Balance: { taken: true, refusedFor: ["InRun", "Representative", "HandoverOver", "SomethingToMove"] },
  ReceiveBalanceMsg: { taken: true, refusedFor: ["InRun", "FromRepresentative", "OfMembers"] },
  ReceiveReleasedMsg: { taken: true, refusedFor: ["InRun", "OnItsWay"] },
  Disconnect: { taken: true, refusedFor: [] },
  ShareHosts: { taken: true, refusedFor: ["Connected"] },
  LearnHosts: { taken: true, refusedFor: ["Connected", "FromMember"] },
  Malformed: { taken: false, refusedFor: ["WellFormed"] },
};

const STRANGER = "stranger";

function besides(config: Config, seen: readonly Event[]): readonly unknown[] {
  const messages = seen.filter(isMessage);
  return [
    ...messages.map((message) => ({ ...message, sender: STRANGER })),
    ...messages.filter(({ type }) => type === "BALANCE_MSG").map(toStranger),
    // What comes with more fields than it needs is well-formed.
    ...messages.slice(0, 1).map((message) => ({ ...message, more: true })),
    ...ofHosts(config),
    ...malformed(config, seen),
  ];
}

/** An allocation that gives everything to nobody that is there. */
function toStranger(message: Message): unknown {
  return message.type === "BALANCE_MSG" ? { ...message, table: owned(Object.keys(message.table), STRANGER) } : message;
}

/** What is shared and learnt of hosts (W22), which the specification leaves out. */
function ofHosts(config: Config): Event[] {
  const hosts: Host[] = ["10.0.0.99", "2001:db8::1", "2001:DB8:0::1", "10.0.0.98"].map((ip) => ({
    ip,
    interface: "eth0",
  }));
  const elsewhere: Host = { ip: "10.0.0.99", interface: "eth1" };
  const many = Array.from(
    { length: config.hostsMax + 1 },
    (_, at): Host => ({ ip: `10.0.1.${at}`, interface: "eth0" }),
  );
  const learnt = (list: readonly Host[], sender: string): HostsMsg => ({ type: "HOSTS_MSG", sender, hosts: list });
  return [
    { type: "SHARE_TIMEOUT", cache: [] },
    { type: "SHARE_TIMEOUT", cache: [...hosts, elsewhere] },
    { type: "SHARE_TIMEOUT", cache: many },
    learnt([...hosts, elsewhere], config.self),
    learnt(many, config.self),
    learnt(hosts, STRANGER),
  ];
}

/** What is no event of the protocol; each of those seen first of its type with one thing wrong. */
function malformed(config: Config, seen: readonly Event[]): unknown[] {
  const firsts = [...new Map(seen.toReversed().map((event) => [event.type, event])).values()];
  const hosts: HostsMsg = { type: "HOSTS_MSG", sender: config.self, hosts: [{ ip: "10.0.0.99", interface: "eth0" }] };
  const known = config.groups.map(({ name }) => name);
  return [
    ...[null, true, 0, "DISCONNECT", [], ["DISCONNECT"], {}],
    ...["", "HELLO", "__proto__", null, ["DISCONNECT"]].map((type) => ({ type })),
    ...[...firsts, hosts].flatMap(maimed),
    { type: "SHARE_TIMEOUT" },
    ...[["other"], [config.self, config.self], [config.self, ""], [config.self, "__proto__"]].map((members) => ({
      type: "VIEW_CHANGE",
      view: { id: "v", members },
    })),
    ...[["nothing"], [...known, ...known], known[0]].flatMap((names) => [
      { type: "STATE_MSG", sender: config.self, view: "v", owns: names, mature: true, prefers: [] },
      { type: "STATE_MSG", sender: config.self, view: "v", owns: [], mature: true, prefers: names },
      { type: "RELEASED_MSG", sender: config.self, released: names },
    ]),
    ...[{}, { nothing: config.self }, { ...owned(known, config.self), nothing: config.self }, owned(known, null)].map(
      (table) => ({ type: "BALANCE_MSG", sender: config.self, table }),
    ),
    ...[{ ip: "10.0.0.256" }, { ip: "host" }, { interface: "" }, { interface: "e".repeat(65) }].map((other) => ({
      ...hosts,
      hosts: [{ ip: "10.0.0.99", interface: "eth0", ...other }],
    })),
  ];
}

function owned(names: readonly string[], owner: string | null): Record<string, string | null> {
  return Object.fromEntries(names.map((name) => [name, owner]));
}

/** An event without one of its fields, and with null in its place. */
function maimed(event: Event): unknown[] {
  return Object.keys(event)
    .filter((key) => key !== "type")
    .flatMap((key) => [
      Object.fromEntries(Object.entries(event).filter(([name]) => name !== key)),
      { ...event, [key]: null },
    ]);
}
