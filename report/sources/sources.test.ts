import { describe, expect, it } from "vitest";
import type { Source } from "../shape.ts";
import { functionsIn } from "./functions.ts";
import { blocksOf, cellsOf, sectionsOf, withoutBox } from "./prose.ts";
import { citationsIn, rulesIn } from "./rules.ts";

describe("the declarations of a program", () => {
  const PROGRAM = `import { a } from "./a.ts";

/** Takes it. @spec X!Take W1 */
export function take(
  one: string,
): string {
  // W2

  return one;
}

type Two =
  | "a"
  | "b";
const three = () => ({ one: 1 });
// Not four.
export async function* four(): AsyncGenerator<number> {}
`;

  it("are told with the comment above, to their last line, and with what they specify", () => {
    expect(functionsIn(PROGRAM)).toEqual([
      { name: "take", prose: 3, from: 4, to: 10, specifies: ["X!Take"] },
      { name: "Two", prose: 12, from: 12, to: 14, specifies: [] },
      { name: "three", prose: 15, from: 15, to: 15, specifies: [] },
      { name: "four", prose: 16, from: 17, to: 17, specifies: [] },
    ]);
  });
});

describe("the rules of a paper", () => {
  const PAPER =
    "# Rules\n\n| rule | says | paper |\n| --- | --- | --- |\n| W1 | one \\| two | 3.1 |\n| W2 | two | 3.2 |\n";
  const source = (path: string, kind: Source["kind"], text: string): Source => ({ path, kind, text });

  it("are the rows of its tables that begin with one, with the heads of the other columns", () => {
    expect(rulesIn(PAPER)).toEqual([
      { id: "W1", says: "one | two", notes: [{ head: "paper", text: "3.1" }] },
      { id: "W2", says: "two", notes: [{ head: "paper", text: "3.2" }] },
    ]);
    expect(rulesIn("")).toEqual([]);
  });

  it("are cited by their numbers, one by one and as ranges, but not by documents or other numbers", () => {
    const rules = rulesIn(PAPER);
    const cited = citationsIn(
      [
        source("x/X.tla", "specification", "A == 1 \\* W1\n\nB == W12\n(* W1 to W9. *)\n"),
        source("x/paper.md", "document", PAPER),
      ],
      rules,
    );
    expect(cited).toEqual([
      { rule: "W1", path: "x/X.tla", line: 1 },
      { rule: "W1", path: "x/X.tla", line: 4 },
      { rule: "W2", path: "x/X.tla", line: 4 },
    ]);
  });
});

describe("running text", () => {
  it("is told by blocks", () => {
    const text =
      "One\ntwo.\n\nA list:\n- a\n  b\n- c\n\n| x | y |\n| --- | --: |\n| 1 | 2 |\n\n```sh\nls *\n```\n\n### Head\n";
    expect(blocksOf(text)).toEqual([
      { kind: "paragraph", text: "One two." },
      { kind: "paragraph", text: "A list:" },
      { kind: "list", items: ["a b", "c"] },
      { kind: "table", head: ["x", "y"], rows: [["1", "2"]] },
      { kind: "code", text: "ls *" },
      { kind: "heading", text: "Head" },
    ]);
  });

  it("numbers items as rules are", () => {
    expect(blocksOf("Readings.\n\n  R1. One\n      more.\n  R2. Two.")).toEqual([
      { kind: "paragraph", text: "Readings." },
      { kind: "list", items: ["R1. One more.", "R2. Two."] },
    ]);
  });

  it("has sections of the second rank, and rows with cells", () => {
    expect(sectionsOf("# T\n\n## A\n\none\n### B\ntwo\n\n## C\nthree\n")).toEqual([
      { title: "A", text: "one\n### B\ntwo" },
      { title: "C", text: "three" },
    ]);
    expect(cellsOf("a | b")).toEqual([]);
  });

  it("is what a comment says without its box", () => {
    expect(withoutBox("(*****)\n(* One *)\n(*     *)\n(*   two *)\n(*****)")).toBe("One\n\n  two");
  });
});
