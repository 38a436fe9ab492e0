import type { Config, Event, Host, HostsMsg } from "../../impl/wackamole/index.ts";

/** Who is never a member. */
export const STRANGER = "stranger";

/** What is shared and learnt of hosts (W22), which the specification leaves out. */
export function ofHosts(config: Config): Event[] {
  const hosts: Host[] = [
    { ip: "10.0.0.99", interface: "eth0" },
    { ip: "2001:db8::1", interface: "eth1" },
    { ip: "2001:DB8:0::1", interface: "eth1" },
    { ip: "2001:db8::1", interface: "eth0" },
    { ip: "10.0.0.99", interface: "eth1" },
  ];
  const many = Array.from(
    { length: config.hostsMax + 1 },
    (_, at): Host => ({ ip: `10.0.1.${at}`, interface: "eth0" }),
  );
  const learnt = (list: readonly Host[], sender: string): HostsMsg => ({ type: "HOSTS_MSG", sender, hosts: list });
  return [
    { type: "SHARE_TIMEOUT", cache: [] },
    // What comes with more fields than a host has is a host, and they go no further.
    { type: "SHARE_TIMEOUT", cache: hosts.map((host) => ({ ...host, more: true })) },
    { type: "SHARE_TIMEOUT", cache: many },
    learnt(
      hosts.map((host) => ({ ...host, more: true })),
      config.self,
    ),
    learnt(many, config.self),
    learnt(hosts, STRANGER),
  ];
}

/** What is no event of the protocol; each of those seen first of its type with one thing wrong. */
export function malformed(config: Config, seen: readonly Event[]): unknown[] {
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

export function owned(names: readonly string[], owner: string | null): Record<string, string | null> {
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
