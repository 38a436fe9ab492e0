import { describe, expect, it } from "vitest";
import { UserError } from "../errors.ts";
import { parseState, parseValue, parseValues } from "./parse.ts";
import type { TlaValue } from "./value.ts";

/** Each as TLC 2.18 printed it, or as a build of 2026 does. */
const PRINTED: readonly (readonly [string, TlaValue])[] = [
  ["-5", -5],
  ["2147483647", 2147483647],
  ["123456789012345678901234567890", { "#bigint": "123456789012345678901234567890" }],
  ["-9007199254740993", { "#bigint": "-9007199254740993" }],
  ["TRUE", true],
  ["FALSE", false],
  ["m1", { "#model": "m1" }],
  ['""', ""],
  ['"<<1, {2>>"', "<<1, {2>>"],
  ['"a\\"b\\\\c\\nd\\te\\fg\\rh"', 'a"b\\c\nd\te\fg\rh'],
  ['"{|}~\\\\/ /\\\\ "', "{|}~\\/ /\\ "],
  ['"é ü"', "é ü"],
  ["{}", { "#set": [] }],
  ["{m1, m2}", { "#set": [{ "#model": "m1" }, { "#model": "m2" }] }],
  ["1..3", { "#set": [1, 2, 3] }],
  ["-3..-1", { "#set": [-3, -2, -1] }],
  ["-1..1", { "#set": [-1, 0, 1] }],
  ["3..1", { "#set": [] }],
  ["{1..2, {}}", { "#set": [{ "#set": [1, 2] }, { "#set": [] }] }],
  ["<<>>", { "#tup": [] }],
  ["<< >>", { "#tup": [] }],
  ["<<<<1>>, <<>>>>", { "#tup": [{ "#tup": [1] }, { "#tup": [] }] }],
  ["[b |-> 1, a |-> 2]", { b: 1, a: 2 }],
  ["[IF |-> 1]", { IF: 1 }],
  [
    '("a b" :> 1 @@ "c|->d" :> 2)',
    {
      "#map": [
        ["a b", 1],
        ["c|->d", 2],
      ],
    },
  ],
  [
    "({} :> 3 @@ {1} :> 2)",
    {
      "#map": [
        [{ "#set": [] }, 3],
        [{ "#set": [1] }, 2],
      ],
    },
  ],
  ["(-1 :> 2)", { "#map": [[-1, 2]] }],
  [
    "( 4 :> [a |-> 4, more |-> <<4, 4>>] @@\n  5 :> [a |-> 5, more |-> <<5, 5>>] )",
    {
      "#map": [
        [4, { a: 4, more: { "#tup": [4, 4] } }],
        [5, { a: 5, more: { "#tup": [5, 5] } }],
      ],
    },
  ],
];

describe("parseValue", () => {
  it.each(PRINTED)("reads %j", (text, value) => {
    expect(parseValue(text)).toEqual(value);
  });

  it("keeps a field called __proto__ as a field", () => {
    const value = parseValue("[__proto__ |-> 1, constructor |-> 2]");
    expect(Object.keys(value as object)).toEqual(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>)["constructor"]).toBe(Object);
  });

  it("freezes what it returns, to the bottom", () => {
    const { x } = parseValue("[x |-> (0 :> {<<1>>})]") as { x: { "#map": [[number, { "#set": object[] }]] } };
    const [pair] = x["#map"];
    for (const part of [x, x["#map"], pair, pair[1], pair[1]["#set"], pair[1]["#set"][0]]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it.each([
    ["", "expected a value at character 1, found the end"],
    ["{1, 2", 'expected "}" at character 6, found the end'],
    ["<<1,, 2>>", "expected a value at character 5"],
    ["1 2", "expected nothing more at character 3"],
    ['"abc', "expected a string that is closed on its line"],
    ['"a\nb"', "expected a string that is closed on its line"],
    ['"\\x"', "expected one of the escapes"],
    ["[a |-> 1, a |-> 2]", "expected a field other than a"],
    ["[1..2 -> 1..3]", 'expected "|->"'],
    ["SUBSET 1..8", "which TLC did not enumerate"],
    ["Nat", "which TLC did not enumerate"],
    ["1..2000000000", "expected an interval of at most 1000000 integers"],
    ["1..m", "expected an integer"],
    ["-", "expected an integer"],
    ["(1 :> 2", 'expected ")"'],
  ])("refuses %j with one sentence", (text, sentence) => {
    expect(() => parseValue(text)).toThrow(sentence);
    expect(() => parseValue(text)).toThrow(UserError);
  });

  it.each(["<<", "{", "[a |-> ", "(1 :> ", "("])("refuses 100,000 nested %j without exhausting the stack", (open) => {
    expect(() => parseValue(open.repeat(100_000))).toThrow(/expected nothing nested deeper than 256 levels/);
  });

  it("reads what nests as deep as is allowed", () => {
    const text = `${"{".repeat(256)}1${"}".repeat(256)}`;
    expect(JSON.stringify(parseValue(text))).toContain("[1]");
    expect(() => parseValue(`{${text}}`)).toThrow(UserError);
  });
});

describe("parseValues", () => {
  it("reads the arguments of an action", () => {
    expect(parseValues('[type |-> "x", from |-> 1],2,<<3,4>>')).toEqual([
      { type: "x", from: 1 },
      2,
      { "#tup": [3, 4] },
    ]);
    expect(() => parseValues("1,")).toThrow(UserError);
  });
});

describe("parseState", () => {
  it("reads a state of several variables, broken over lines", () => {
    expect(parseState('/\\ x = { 1,\n  2 }\n/\\ y = "/\\\\ z = 1"\n')).toEqual({
      x: { "#set": [1, 2] },
      y: "/\\ z = 1",
    });
  });

  it("reads a state of one variable, which TLC writes without a conjunction", () => {
    expect(parseState("x = <<1>>\n")).toEqual({ x: { "#tup": [1] } });
  });

  it.each(["", "/\\ x", "/\\ x = 1\n/\\ x = 2", "x = 1\ny = 2", "/\\ x = 1 /\\"])("refuses %j", (text) => {
    expect(() => parseState(text)).toThrow(UserError);
  });
});
