import { describe, expect, it } from "vitest";
import { type Address, type Config, type Group, isName, problems } from "./config.ts";

const good: Config = {
  self: "s1",
  groups: [
    { name: "web", addresses: [{ ip: "10.0.0.1", prefix: 24, interface: "eth0" }] },
    {
      name: "router",
      addresses: [
        { ip: "192.168.0.1", prefix: 0, interface: "eth1" },
        { ip: "2001:db8::1", prefix: 128, interface: "eth2" },
      ],
    },
  ],
  prefers: ["router"],
  matureTimeoutMs: 1,
  balanceTimeoutMs: 60_000,
  shareTimeoutMs: 2 ** 31 - 1,
  hostsMax: 1,
};

function group(name: string, ...addresses: readonly Partial<Address>[]): Group {
  return {
    name,
    addresses: addresses.map((address) => ({ ip: "10.0.0.9", prefix: 24, interface: "eth0", ...address })),
  };
}

describe("the problems of a configuration", () => {
  it("are none for a good one, with addresses of both families and prefixes at their limits", () => {
    expect(problems(good)).toEqual([]);
    expect(problems({ ...good, prefers: [] })).toEqual([]);
  });

  it.each<readonly [Partial<Config>, readonly string[]]>([
    [{ self: "" }, ['self: expected the name of this server, got ""']],
    [{ self: "__proto__" }, ['self: expected the name of this server, got "__proto__"']],
    [{ groups: [], prefers: [] }, ["groups: expected at least one group of addresses, got none"]],
    [
      { groups: [group("router", {}), group("router", { ip: "10.0.0.8" })] },
      ["groups: expected distinct names, got router twice"],
    ],
    [
      { groups: [group("router", {}), group("web", {})] },
      ["groups: expected each address in one group, got 10.0.0.9 twice"],
    ],
    [
      { groups: [group("router", { ip: "2001:db8::1" }, { ip: "2001:DB8:0::1" })] },
      ["groups: expected each address in one group, got 2001:db8:0:0:0:0:0:1 twice"],
    ],
    [{ groups: [group("", {})], prefers: [] }, ['groups: expected a name, got ""']],
    [{ groups: [group("__proto__", {})], prefers: [] }, ['groups: expected a name, got "__proto__"']],
    [{ groups: [group("router")] }, ["group router: expected at least one address, got none"]],
    [{ groups: [group("router", { ip: "10.0.0" })] }, ['group router: expected an IP address, got "10.0.0"']],
    [
      { groups: [group("router", { prefix: 33 })] },
      ["group router: expected a prefix of 0 to 32 for 10.0.0.9, got 33"],
    ],
    [
      { groups: [group("router", { ip: "::1", prefix: 129 })] },
      ["group router: expected a prefix of 0 to 128 for ::1, got 129"],
    ],
    [
      { groups: [group("router", { prefix: -1 })] },
      ["group router: expected a prefix of 0 to 32 for 10.0.0.9, got -1"],
    ],
    [
      { groups: [group("router", { prefix: 1.5 })] },
      ["group router: expected a prefix of 0 to 32 for 10.0.0.9, got 1.5"],
    ],
    [{ groups: [group("router", { interface: "" })] }, ['group router: expected an interface for 10.0.0.9, got ""']],
    [{ prefers: ["router", "mail"] }, ['prefers: expected the name of a group, got "mail"']],
    [{ prefers: ["router", "router"] }, ["prefers: expected distinct names, got router twice"]],
    [{ matureTimeoutMs: 0 }, ["matureTimeoutMs: expected a positive integer of at most 2147483647, got 0"]],
    [{ balanceTimeoutMs: -5 }, ["balanceTimeoutMs: expected a positive integer of at most 2147483647, got -5"]],
    [{ shareTimeoutMs: 0.5 }, ["shareTimeoutMs: expected a positive integer of at most 2147483647, got 0.5"]],
    [{ hostsMax: Number.NaN }, ["hostsMax: expected a positive integer of at most 9007199254740991, got NaN"]],
    [
      { hostsMax: Number.POSITIVE_INFINITY },
      ["hostsMax: expected a positive integer of at most 9007199254740991, got Infinity"],
    ],
  ])("%j: %j", (change, sentences) => {
    expect(problems({ ...good, ...change })).toEqual(sentences);
  });

  it("are all told, not only the first", () => {
    const bad = { ...good, self: "", groups: [group("web", { ip: "x", prefix: 64, interface: "" })], hostsMax: 0 };
    expect(problems(bad)).toEqual([
      'self: expected the name of this server, got ""',
      'group web: expected an IP address, got "x"',
      'prefers: expected the name of a group, got "router"',
      "hostsMax: expected a positive integer of at most 9007199254740991, got 0",
    ]);
  });
});

describe("a name", () => {
  it("is any text that can be a key of a plain record", () => {
    expect(["a", "10.0.0.1:4803", "constructor", " "].every(isName)).toBe(true);
    expect(["", "__proto__", null, undefined, 1, {}, ["a"]].some(isName)).toBe(false);
  });

  it("takes anything that may stand in a file, and never throws", () => {
    const none = { self: "a", groups: [], prefers: [] };
    for (const config of [
      null,
      5,
      [],
      {},
      none,
      { ...none, groups: {} },
      { ...none, groups: [null] },
      { ...none, prefers: 1 },
    ]) {
      expect(problems(config).length, JSON.stringify(config)).toBeGreaterThan(0);
    }
    expect([null, 5, "config", []].map(problems)).toEqual(Array(4).fill(["config: expected an object"]));
    expect(problems({ ...none, groups: {} })).toEqual(["groups: expected a list of groups"]);
    expect(problems({ ...good, prefers: 1 })).toEqual(["prefers: expected a list of names of groups"]);
    expect(problems({ ...good, groups: [{ name: "web", addresses: 5 }], prefers: [] })).toEqual([
      "group web: expected a list of addresses",
    ]);
    const spoilt = (address: unknown): readonly string[] =>
      problems({ ...good, groups: [{ name: "web", addresses: [address] }], prefers: [] });
    expect(spoilt({ ip: 5, prefix: 24, interface: "eth0" })).toEqual(["group web: expected an IP address, got 5"]);
    expect(spoilt({ ip: "10.0.0.1", prefix: 24 })).toEqual([
      "group web: expected an interface for 10.0.0.1, got undefined",
    ]);
    expect(spoilt({ ip: "10.0.0.1", prefix: 24, interface: "eth0" })).toEqual([]);
  });

  it("says of what is no name or no address that it is none, and not that it is there twice", () => {
    const nameless = { name: "", addresses: [] };
    expect(problems({ ...good, groups: [nameless, nameless], prefers: [] })).toEqual(
      Array(2).fill('groups: expected a name, got ""'),
    );
    const odd = { ip: 5, prefix: 24, interface: "eth0" };
    expect(problems({ ...good, groups: [{ name: "web", addresses: [odd, odd] }], prefers: [] })).toEqual(
      Array(2).fill("group web: expected an IP address, got 5"),
    );
  });

  it("takes one link-local address on several links, as a router has its gateway address", () => {
    const at = (device: string): unknown => ({ ip: "fe80::1", prefix: 64, interface: device });
    const groups = (...devices: string[]): unknown => ({
      ...good,
      groups: [{ name: "router", addresses: devices.map(at) }],
      prefers: [],
    });
    expect(problems(groups("eth0", "eth1"))).toEqual([]);
    expect(problems(groups("eth0", "eth0"))).toHaveLength(1);
  });

  it("knows that no timer holds more than 2^31 - 1 milliseconds", () => {
    expect(problems({ ...good, matureTimeoutMs: 2 ** 31 })).toHaveLength(1);
    expect(problems({ ...good, matureTimeoutMs: 2 ** 31 - 1 })).toEqual([]);
  });
});
