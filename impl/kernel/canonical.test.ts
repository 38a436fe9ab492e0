import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical } from "./canonical.ts";

const json = fc.jsonValue({ maxDepth: 4 });

/** The same value with the fields of every record written in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

describe("canonical", () => {
  it("is JSON with sorted keys and no white space", () => {
    expect(canonical({ b: [1, "two\n", null], a: { d: true, c: -0.5 } })).toBe(
      '{"a":{"c":-0.5,"d":true},"b":[1,"two\\n",null]}',
    );
  });

  it("does not depend on the order in which fields were written", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonical(reversed(value))).toBe(canonical(value));
      }),
      { seed: 1, numRuns: 1_000 },
    );
  });

  it("reads back as the value that it is the text of", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 2, numRuns: 1_000 },
    );
  });

  it("tells values apart that are not equal", () => {
    const samples = [
      ...[null, true, false, 0, 1, -1, 1.5, 1e21, "", "0", "null", "true", "a", '"', "\\", "\ud800", "\ue000"],
      ...[[], [[]], [null], ["a", "b"], ["b", "a"], ["a,b"], ['a","b'], [[1], 2], [1, [2]], [1, 2]],
      ...[
        {},
        { a: {} },
        { a: [] },
        { a: null },
        { b: null },
        { a: 1, b: 2 },
        { a: 2, b: 1 },
        { "a:1,b": 2 },
        { "": 0 },
      ],
      ...[{ a: { b: 1 } }, { a: { b: 1, c: 2 } }, { a: { b: 1 }, c: 2 }, { 0: "a" }, { length: 0 }],
    ];
    expect(new Set(samples.map(canonical)).size).toBe(samples.length);
  });

  it("does not tell 0 from -0, since JSON does not", () => {
    expect(canonical(-0)).toBe(canonical(0));
  });

  it("gives a frozen value the text of a fresh one, also when it is asked again", () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonical(structuredClone(value));
        const fixed = frozen(structuredClone(value));
        expect([canonical(fixed), canonical(fixed), canonical([fixed])]).toEqual([text, text, `[${text}]`]);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it("sees a change below a frozen shell", () => {
    const inner = { n: 1 };
    const shell = Object.freeze({ inner: Object.freeze([inner]) });
    expect(canonical(shell)).toBe('{"inner":[{"n":1}]}');
    inner.n = 2;
    expect(canonical(shell)).toBe('{"inner":[{"n":2}]}');
  });

  it.each([
    ["undefined", undefined],
    ["a function", () => 1],
    ["a symbol", Symbol("s")],
    ["a bigint", 1n],
    ["NaN", Number.NaN],
    ["an infinity", Number.POSITIVE_INFINITY],
    ["a Map", new Map([["a", 1]])],
    ["a Set", new Set([1])],
    ["a Date", new Date(0)],
    ["an instance", new (class Thing {})()],
    ["a hole", new Array(1)],
  ])("throws for what is no plain JSON: %s, at any depth", (_, value) => {
    for (const around of [value, [value], { a: value }, Object.freeze({ a: Object.freeze([value]) })]) {
      expect(() => canonical(around)).toThrow(TypeError);
      expect(() => canonical(around)).toThrow(/^canonical: expected plain JSON, got /);
    }
  });

  it("takes a record without a prototype for a record", () => {
    expect(canonical(Object.assign(Object.create(null), { b: 1, a: 2 }))).toBe('{"a":2,"b":1}');
  });
});
