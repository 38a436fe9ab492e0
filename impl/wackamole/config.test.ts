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
  shareTimeoutMs: Number.MAX_SAFE_INTEGER,
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
    [{ groups: [group("router", { ip: "10.0.0" })] }, ["group router: expected an IP address, got 10.0.0"]],
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
    [
      { groups: [group("router", { interface: "" })] },
      ["group router: expected an interface for 10.0.0.9, got an empty string"],
    ],
    [{ prefers: ["router", "mail"] }, ["prefers: expected the name of a group, got mail"]],
    [{ prefers: ["router", "router"] }, ["prefers: expected distinct names, got router twice"]],
    [{ matureTimeoutMs: 0 }, ["matureTimeoutMs: expected a positive integer, got 0"]],
    [{ balanceTimeoutMs: -5 }, ["balanceTimeoutMs: expected a positive integer, got -5"]],
    [{ shareTimeoutMs: 0.5 }, ["shareTimeoutMs: expected a positive integer, got 0.5"]],
    [{ hostsMax: Number.NaN }, ["hostsMax: expected a positive integer, got NaN"]],
    [{ hostsMax: Number.POSITIVE_INFINITY }, ["hostsMax: expected a positive integer, got Infinity"]],
  ])("%j: %j", (change, sentences) => {
    expect(problems({ ...good, ...change })).toEqual(sentences);
  });

  it("are all told, not only the first", () => {
    const bad = { ...good, self: "", groups: [group("web", { ip: "x", prefix: 64, interface: "" })], hostsMax: 0 };
    expect(problems(bad)).toEqual([
      'self: expected the name of this server, got ""',
      "group web: expected an IP address, got x",
      "group web: expected a prefix of 0 to 32 for x, got 64",
      "group web: expected an interface for x, got an empty string",
      "prefers: expected the name of a group, got router",
      "hostsMax: expected a positive integer, got 0",
    ]);
  });
});

describe("a name", () => {
  it("is any text that can be a key of a plain record", () => {
    expect(["a", "10.0.0.1:4803", "constructor", " "].every(isName)).toBe(true);
    expect(["", "__proto__", null, undefined, 1, {}, ["a"]].some(isName)).toBe(false);
  });
});
