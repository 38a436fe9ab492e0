import { describe, expect, it } from "vitest";
import { canonical, equal } from "./canonical.ts";
import { parseValue } from "./parse.ts";
import { printState } from "./print.ts";
import type { TlaValue } from "./value.ts";

/** Values that are the same in TLA+, and the text that stands for them all. */
const SAME: readonly (readonly [string, readonly TlaValue[]])[] = [
  ["5", [5, { "#bigint": "5" }, { "#bigint": "05" }]],
  ["0", [0, -0, { "#bigint": "-0" }]],
  ["<<>>", [{ "#tup": [] }, {}, { "#map": [] }]],
  ["{2, 10}", [{ "#set": [10, 2, 10] }, { "#set": [{ "#bigint": "10" }, 2] }]],
  ['{"a", "b"}', [{ "#set": ["b", "a", "b"] }]],
  [
    "<<7, 8>>",
    [
      { "#tup": [7, 8] },
      {
        "#map": [
          [{ "#bigint": "2" }, 8],
          [1, 7],
        ],
      },
    ],
  ],
  [
    "[a |-> 1, b |-> 2]",
    [
      { b: 2, a: 1 },
      {
        "#map": [
          ["b", 2],
          ["a", 1],
        ],
      },
    ],
  ],
  ['("a b" :> 1)', [{ "#map": [["a b", 1]] }, { "a b": 1 }]],
  ['("a b" :> 1 @@ "a" :> 2)', [{ "a b": 1, a: 2 }]],
  ['("WF_x" :> 1)', [{ WF_x: 1 }]],
  ['("IF" :> 1 @@ "a" :> 2)', [{ a: 2, IF: 1 }]],
  ['("1" :> 1)', [{ "1": 1 }]],
  ['("a\\n" :> 1)', [{ "a\n": 1 }, { "#map": [["a\n", 1]] }]],
  [
    "(2 :> 1 @@ 10 :> 0)",
    [
      {
        "#map": [
          [10, 0],
          [2, 1],
          [10, 5],
        ],
      },
    ],
  ],
];

describe("canonical", () => {
  it.each(SAME)("gives %s for each shape of that value", (text, values) => {
    for (const value of values) expect(canonical(value)).toBe(text);
  });

  it("gives different texts to different values", () => {
    const others: TlaValue[] = [
      "5",
      { "#model": "m" },
      "m",
      true,
      "TRUE",
      { "#set": [] },
      { "#tup": [1] },
      { "#set": [1] },
    ];
    const texts = [...SAME.map(([text]) => text), ...others.map(canonical)];
    expect(new Set(texts).size).toBe(texts.length);
    expect(equal(1, "1")).toBe(false);
    expect(equal({ "#set": [1, 2] }, { "#set": [2, 1] })).toBe(true);
  });

  it("is in its own form when read back", () => {
    for (const [text] of SAME) expect(canonical(parseValue(text))).toBe(text);
  });

  it("does not remember a frozen shell around what can still change", () => {
    const inner: TlaValue[] = [1];
    const value = Object.freeze({ "#tup": Object.freeze([{ "#set": inner }]) });
    expect(canonical(value)).toBe("<<{1}>>");
    inner.push(2);
    expect(canonical(value)).toBe("<<{1, 2}>>");
  });

  it("refuses what is no value of TLA+, and what nests too deep", () => {
    for (const value of [1.5, Number.NaN, 2 ** 53, null, undefined, 1n]) {
      expect(() => canonical(value as TlaValue)).toThrow(TypeError);
    }
    let deep: TlaValue = 1;
    for (let level = 0; level < 100_000; level += 1) deep = { "#tup": [deep] };
    expect(() => canonical(deep)).toThrow("nests deeper than 256 levels");
  });
});

describe("printState", () => {
  it("prints one conjunct a line, sorted", () => {
    expect(printState({ y: "a", x: { "#set": [2, 1] } })).toBe('/\\ x = {1, 2}\n/\\ y = "a"');
  });
});
