import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Config } from "./config.ts";
import type { Table } from "./messages.ts";
import {
  balanceIps,
  forget,
  inOrder,
  isEmpty,
  later,
  moves,
  owned,
  reallocateIps,
  resolveConflicts,
} from "./tables.ts";

const names = ["g1", "g2", "g3", "g4", "g5"];
const list = ["c", "a", "b"];

const config: Config = {
  self: "a",
  groups: names.map((name, index) => ({
    name,
    addresses: [{ ip: `10.0.0.${index + 1}`, prefix: 24, interface: "eth0" }],
  })),
  prefers: [],
  matureTimeoutMs: 1,
  balanceTimeoutMs: 1,
  shareTimeoutMs: 1,
  hostsMax: 1,
};

/** A table from the owners of g1, g2, ... in order; a hyphen is nobody. */
function table(owners: string): Table {
  return Object.fromEntries(names.map((name, index) => [name, owners[index] === "-" ? null : (owners[index] ?? null)]));
}

function load(of: Table, member: string): number {
  return Object.values(of).filter((owner) => owner === member).length;
}

const member = fc.constantFrom(...list);
const anyList = fc.shuffledSubarray(list, { minLength: 1 });
const claims = fc.record({ a: fc.subarray(names), b: fc.subarray(names), c: fc.subarray(names) });

/** A list of members, a table whose owners are in it, and what they prefer. */
const situation = anyList.chain((members) =>
  fc.record({
    members: fc.constant(members),
    full: fc.array(fc.constantFrom(...members), { minLength: 5, maxLength: 5 }).map((owners) => table(owners.join(""))),
    holed: fc
      .array(fc.constantFrom("-", ...members), { minLength: 5, maxLength: 5 })
      .map((owners) => table(owners.join(""))),
    prefs: fc.dictionary(fc.constantFrom(...members), fc.subarray(names), { noNullPrototype: true }),
  }),
);

describe("resolving conflicts", () => {
  it.each([
    ["what nobody has goes to who claims it", "-----", "a", "g1", "a----"],
    ["a later member of the list takes from an earlier one", "c----", "a", "g1", "a----"],
    ["an earlier member of the list leaves it to a later one", "b----", "a", "g1", "b----"],
    ["an owner that claims again keeps it", "a----", "a", "g1", "a----"],
    ["who is not in the list comes before all who are", "x----", "c", "g1", "c----"],
    ["what is not claimed stays as it is", "cab--", "b", "g5", "cab-b"],
  ])("%s", (_, before, claimant, claim, result) => {
    expect(resolveConflicts(list, table(before), claimant, [claim])).toEqual(table(result));
  });

  it("comes to the same in whatever order the claims come, and however often: the last who claims has it (W9)", () => {
    fc.assert(
      fc.property(anyList, claims, fc.array(fc.nat({ max: 2 }), { maxLength: 6 }), (members, all, more) => {
        const order = [...members, ...more.map((index) => members[index % members.length] ?? "")];
        const enter = (known: Table, one: string): Table =>
          resolveConflicts(members, known, one, all[one as keyof typeof all]);
        const resolved = order.reduce(enter, table("-----"));
        for (const name of names) {
          const owner = members.findLast((one) => all[one as keyof typeof all].includes(name)) ?? null;
          expect(resolved[name]).toBe(owner);
        }
        expect(order.toReversed().reduce(enter, table("-----"))).toEqual(resolved);
      }),
      { seed: 1, numRuns: 1_000 },
    );
  });

  it("leaves the table that it is given as it was", () => {
    const before = Object.freeze(table("c----"));
    expect(resolveConflicts(list, before, "b", names)).toEqual(table("bbbbb"));
    expect(before).toEqual(table("c----"));
  });
});

describe("who comes later in a list", () => {
  it("is by position, and strictly", () => {
    expect([later(list, "b", "a"), later(list, "a", "b"), later(list, "a", "a")]).toEqual([true, false, false]);
    expect([later(list, "c", "x"), later(list, "x", "c"), later(list, "x", "y")]).toEqual([true, false, false]);
  });
});

describe("reallocating", () => {
  it.each([
    ["everything in turn, from the head of the list on", "-----", "cabca"],
    ["the least loaded first", "cc---", "ccaba"],
    ["nothing where there is no hole", "ccccc", "ccccc"],
    ["one hole to the first of the least loaded", "ca-ca", "cabca"],
  ])("gives %s", (_, before, result) => {
    expect(reallocateIps(config, list, table(before))).toEqual(table(result));
  });

  it("fills every hole, with members alone, and moves nothing else (W10)", () => {
    fc.assert(
      fc.property(situation, ({ members, holed }) => {
        const filled = reallocateIps(config, members, Object.freeze(holed));
        for (const name of names) {
          if (holed[name] === null) expect(members).toContain(filled[name]);
          else expect(filled[name]).toBe(holed[name]);
        }
        expect(Object.keys(filled)).toEqual(names);
      }),
      { seed: 2, numRuns: 1_000 },
    );
  });

  it("makes nobody who gets a hole more loaded than the least loaded by more than one", () => {
    fc.assert(
      fc.property(situation, ({ members, holed }) => {
        const filled = reallocateIps(config, members, holed);
        const least = Math.min(...members.map((one) => load(filled, one)));
        for (const one of members.filter((taker) => load(filled, taker) > load(holed, taker))) {
          expect(load(filled, one)).toBeLessThanOrEqual(least + 1);
        }
      }),
      { seed: 3, numRuns: 1_000 },
    );
  });
});

describe("balancing", () => {
  it.each([
    ["from the most loaded to the least, its last group first", "ccccc", {}, "ccaba"],
    ["nothing when loads differ by one", "ccaab", {}, "ccaab"],
    ["a group to the first of the list who prefers it", "ccaab", { b: ["g1"], a: ["g1"] }, "acacb"],
    ["nothing away from an owner who prefers it", "bbbbb", { b: names, a: names }, "bbbbb"],
    ["only what its owner does not prefer", "ccccc", { c: ["g5", "g4"] }, "abacc"],
    ["nothing for what a stranger prefers", "ccaab", { x: ["g1"] }, "ccaab"],
  ])("moves %s", (_, before, prefs, result) => {
    expect(balanceIps(config, list, table(before), prefs)).toEqual(table(result));
  });

  it("lets the first of the list give where several are the most loaded", () => {
    expect(balanceIps(config, [...list, "d"], table("ccaab"), {})).toEqual(table("cdaab"));
  });

  it("gives each group that somebody prefers to one who does (W15)", () => {
    fc.assert(
      fc.property(situation, ({ members, full, prefs }) => {
        const balanced = balanceIps(config, members, Object.freeze(full), prefs);
        for (const name of names) {
          const fans = members.filter((one) => prefs[one]?.includes(name));
          expect(fans.length === 0 ? members : fans).toContain(balanced[name]);
        }
      }),
      { seed: 4, numRuns: 1_000 },
    );
  });

  it("leaves nobody with a group that could go to one who has two less (W13)", () => {
    fc.assert(
      fc.property(situation, ({ members, full, prefs }) => {
        const balanced = balanceIps(config, members, full, prefs);
        const least = Math.min(...members.map((one) => load(balanced, one)));
        for (const one of members) {
          const free = names.filter((name) => balanced[name] === one && !prefs[one]?.includes(name));
          if (free.length > 0) expect(load(balanced, one)).toBeLessThanOrEqual(least + 1);
        }
      }),
      { seed: 5, numRuns: 1_000 },
    );
  });

  it("finds nothing to move in what it has balanced", () => {
    fc.assert(
      fc.property(situation, ({ members, full, prefs }) => {
        const balanced = balanceIps(config, members, full, prefs);
        expect(balanceIps(config, members, balanced, prefs)).toEqual(balanced);
        expect(isEmpty(moves(balanced, balanced))).toBe(true);
      }),
      { seed: 6, numRuns: 1_000 },
    );
  });
});

describe("what tables tell", () => {
  it("are the groups of an owner, in the order of the configuration, whatever that of the table", () => {
    const mixed: Table = { g5: "a", g2: "b", g1: "a", g3: null, g4: null };
    expect(owned(config, mixed, "a")).toEqual(["g1", "g5"]);
    expect(owned(config, mixed, "c")).toEqual([]);
    expect(inOrder(config, ["g5", "g1", "g5", "unknown"])).toEqual(["g1", "g5"]);
  });

  it("are the moves from one to another: the new owner where they differ, nobody elsewhere", () => {
    expect(moves(table("abc--"), table("acca-"))).toEqual(table("-c-a-"));
    fc.assert(
      fc.property(situation, fc.array(member, { minLength: 5, maxLength: 5 }), ({ full }, owners) => {
        const to = table(owners.join(""));
        const way = moves(full, to);
        for (const name of names) expect(way[name] ?? full[name]).toBe(to[name]);
        expect(isEmpty(way)).toBe(names.every((name) => full[name] === to[name]));
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it("are what is left when some groups are forgotten", () => {
    expect(forget(table("abc-a"), ["g1", "g3", "g4"])).toEqual(table("-b--a"));
    expect([isEmpty(table("-----")), isEmpty(table("--a--"))]).toEqual([true, false]);
  });
});
