import { expect, it } from "vitest";
import type { Host } from "./messages.ts";
import { step } from "./step.ts";
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

const longest = "0000:0000:0000:0000:0000:ffff:255.255.255.255";
it.each([
  ["the longest address", { ip: longest, interface: "eth0" }, true],
  ["what is no address", { ip: "nowhere", interface: "eth0" }, false],
  ["what goes on behind the longest address", { ip: `${longest}0`, interface: "eth0" }, false],
  ["the longest name of an interface", { ip: "10.0.0.7", interface: "e".repeat(64) }, true],
  ["a longer name of an interface", { ip: "10.0.0.7", interface: "e".repeat(65) }, false],
  ["no name of an interface", { ip: "10.0.0.7", interface: "" }, false],
])("W22: %s", (_, host, isTaken) => {
  const outcome = step(b, running("b"), { type: "HOSTS_MSG", sender: "c", hosts: [host] });
  expect(outcome.kind === "took" ? outcome.state.hosts : outcome).toEqual(
    isTaken ? [host] : { kind: "refused", action: "Malformed", because: "WellFormed" },
  );
});
