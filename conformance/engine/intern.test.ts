import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical } from "../../impl/kernel/canonical.ts";
import { Interner } from "./intern.ts";

const plain = fc.jsonValue({ maxDepth: 4 });

/** The same value with the fields of every object written in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([field, part]): [string, unknown] => [field, reversed(part)]);
  return Object.fromEntries(fields.reverse());
}

describe("the number of a value", () => {
  it("is equal exactly when the canonical texts are", () => {
    const interner = new Interner();
    const numbers = new Map<string, number>();
    const texts = new Map<number, string>();
    fc.assert(
      fc.property(plain, (value) => {
        const text = canonical(value);
        const number = interner.number(value);
        expect(numbers.get(text) ?? number).toBe(number);
        expect(texts.get(number) ?? text).toBe(text);
        numbers.set(text, number);
        texts.set(number, text);
      }),
      { seed: 1, numRuns: 5000 },
    );
    expect(numbers.size).toBeGreaterThan(1000);
  });

  it("does not depend on the order of fields", () => {
    const interner = new Interner();
    fc.assert(
      fc.property(plain, (value) => interner.number(value) === interner.number(reversed(value))),
      { seed: 2, numRuns: 1000 },
    );
  });

  it("tells apart what is easily confused", () => {
    const interner = new Interner();
    const values = [
      0,
      "0",
      false,
      null,
      "",
      [],
      {},
      [[]],
      [0],
      ["0"],
      { a: 0 },
      { b: 0 },
      ["a", 0],
      { a: [0] },
      0.5,
      "{}",
    ];
    expect(new Set(values.map((value) => interner.number(value))).size).toBe(values.length);
    expect(interner.number(-0)).toBe(interner.number(0));
    const hostile = JSON.parse('{"__proto__": 1}');
    expect(interner.number(hostile)).not.toBe(interner.number({}));
    expect(interner.number(hostile)).toBe(interner.number(JSON.parse('{"__proto__": 1}')));
  });

  it("is the same whether parts are shared with a remembered value or not", () => {
    const interner = new Interner();
    const part = { x: [1, 2, { y: 3 }] };
    const world = { part, other: [part, 4] };
    expect(interner.remember(world)).toBe(interner.number(structuredClone(world)));
    const next = { ...world, other: [part, 5] };
    expect(interner.sharing(next)).toBe(interner.number(structuredClone(next)));
    expect(interner.sharing(next)).not.toBe(interner.number(world));
  });

  it("sees a change that was made in place after it was remembered", () => {
    const interner = new Interner();
    const world = { part: { x: 1 } };
    const number = interner.remember(world);
    world.part.x = 2;
    expect(interner.number(world)).not.toBe(number);
  });

  it("forgets the parts of a value remembered before", () => {
    const interner = new Interner();
    const part = { x: 1 };
    interner.remember({ part });
    part.x = 2;
    interner.remember({});
    expect(interner.sharing({ part })).toBe(interner.number({ part: { x: 2 } }));
  });

  it("stays right while its tables grow", () => {
    const interner = new Interner();
    const numbers = Array.from({ length: 20_000 }, (_, n) => interner.number({ n, pair: [n, n % 7] }));
    expect(new Set(numbers).size).toBe(20_000);
    expect(interner.size).toBe(40_000);
    expect(numbers.every((number, n) => interner.number({ pair: [n, n % 7], n }) === number)).toBe(true);
    const wide = Array.from({ length: 5000 }, (_, n) => n);
    expect(interner.number(wide)).toBe(interner.number([...wide]));
  });

  it("is refused for what is not plain JSON, and the next value is numbered all the same", () => {
    const interner = new Interner();
    const good = interner.number([1, { a: 2 }]);
    for (const bad of [
      undefined,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      1n,
      Symbol("s"),
      () => 1,
      new Map(),
      new Date(),
    ]) {
      expect(() => interner.number([1, { a: bad }])).toThrow(TypeError);
      expect(interner.number([1, { a: 2 }])).toBe(good);
    }
  });
});
