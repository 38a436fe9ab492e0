import { describe, expect, it } from "vitest";
import { differences } from "./diff.ts";

describe("the differences of two states", () => {
  it("are none where the values are equal in another shape", () => {
    const one = { f: { "#tup": [1, 2] }, s: { "#set": [1, 2] }, n: 3 };
    const other = {
      n: { "#bigint": "3" },
      s: { "#set": [2, 1, 1] },
      f: {
        "#map": [
          [2, 2],
          [1, 1],
        ] as const,
      },
    };
    expect(differences(one, other)).toEqual([]);
  });

  it("are told as deep inside as they are", () => {
    const r = { "#model": "r1" };
    const one = {
      v: 1,
      node: { "#map": [[r, { view: { "#tup": ["a", "b"] }, table: { "10.0.0.1": "a" } }]] as const },
    };
    const other = {
      v: 1,
      node: { "#map": [[r, { view: { "#tup": ["a", "c"] }, table: { "10.0.0.1": "b" } }]] as const },
    };
    expect(differences(one, other)).toEqual([
      { at: "node[r1].view[2]", expected: '"b"', got: '"c"' },
      { at: 'node[r1].table["10.0.0.1"]', expected: '"a"', got: '"b"' },
    ]);
  });

  it("name the members that one set has and the other has not", () => {
    const message = (type: string): { type: string } => ({ type });
    const one = { msgs: { "#set": [message("a"), message("b")] } };
    const other = { msgs: { "#set": [message("c"), message("a")] } };
    expect(differences(one, other)).toEqual([
      { at: "msgs", expected: '[type |-> "b"]' },
      { at: "msgs", got: '[type |-> "c"]' },
    ]);
  });

  it("say what is on one side alone", () => {
    expect(differences({ a: 1, q: { "#tup": [1, 2] } }, { b: 2, q: { "#tup": [1] } })).toEqual([
      { at: "a", expected: "1" },
      { at: "q", expected: "<<1, 2>>", got: "<<1>>" },
      { at: "b", got: "2" },
    ]);
  });

  it("give both values where their kinds differ", () => {
    expect(differences({ a: { "#set": [] } }, { a: "none" })).toEqual([{ at: "a", expected: "{}", got: '"none"' }]);
    expect(differences({ a: { "#model": "r" } }, { a: "r" })).toEqual([{ at: "a", expected: "r", got: '"r"' }]);
  });
});
