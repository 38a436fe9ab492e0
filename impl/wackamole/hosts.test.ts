import { expect, it } from "vitest";
import type { Host } from "./messages.ts";
import { acquire, arp, balanceMsg, configOf, reached, released, running, take, web1 } from "./testing/example.ts";

const b = configOf("b");

/** What is remembered of hosts that others tell of, one list after another. */
function remembered(...lists: readonly (readonly Host[])[]): readonly Host[] {
  const messages = lists.map((hosts) => ({ type: "HOSTS_MSG", sender: "c", hosts }) as const);
  return reached(b, messages, running("b")).hosts;
}

it("W22: a host that is heard of again comes first, and is remembered once however its address is spelt", () => {
  const [one, other] = [
    { ip: "2001:db8::7", interface: "eth2" },
    { ip: "10.0.0.100", interface: "eth0" },
  ] as const;
  expect(remembered([one, other], [other])).toEqual([other, one]);
  const respelt = { ip: "2001:DB8:0::7", interface: "eth2" };
  expect(remembered([other, one], [respelt])).toEqual([respelt, other]);
  expect(remembered([respelt, one])).toEqual([respelt]);
});

it("W22: an address on another interface is another host", () => {
  const at = (name: string): Host => ({ ip: "fe80::7", interface: name });
  expect(remembered([at("eth0")], [at("eth1")])).toEqual([at("eth1"), at("eth0")]);
});

it("W22: an address is announced to the hosts of its own family on its interface", () => {
  const hosts = ["10.0.0.100", "fe80::7"].map((ip) => ({ ip, interface: "eth0" }));
  const told = reached(
    b,
    [{ type: "HOSTS_MSG", sender: "c", hosts }, balanceMsg({ g1: "b", g2: "b", router: "c" })],
    running("b"),
  );
  const [ipv4] = hosts;
  expect(take(b, told, released("a", ["g1"])).effects).toEqual([
    acquire("g1"),
    arp(web1, ipv4 === undefined ? [] : [ipv4]),
  ]);
});
