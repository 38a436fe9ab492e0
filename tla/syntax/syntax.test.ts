import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseModule, SourceText, type SyntaxTree, within } from "./index.ts";
import { readSyntax } from "./read.ts";
import { readXml } from "./xml.ts";

const INNER = `---- MODULE Inner ----
VARIABLE v
Held == v = 1
====
`;
const OUTER = String.raw`---- MODULE Outer ----
EXTENDS Integers
CONSTANT Limit
VARIABLE x
In == INSTANCE Inner WITH v <- x
ASSUME Limit > 0
Steps(n) == LET next == x + n IN
            CASE next < Limit -> /\ x' = next
              [] OTHER        -> /\ UNCHANGED x
Both == /\ In!Held
        /\ \A i \in 1..2 : (i > x)
====
`;

let folder: string;
let tree: SyntaxTree;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lockstep-test-"));
  await writeFile(join(folder, "Inner.tla"), INNER);
  await writeFile(join(folder, "Outer.tla"), OUTER);
  tree = await parseModule(join(folder, "Outer.tla"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the tree of a module", () => {
  const source = new SourceText(OUTER);
  const texts = (name: string): string[] => {
    const body = tree.visible.get(name)?.body;
    return body === undefined
      ? []
      : [...within(body)].map(({ location }) => source.slice(source.span(location))).filter((text) => text !== "");
  };

  it("has every expression with its place", () => {
    expect(texts("Both")).toEqual([
      "/\\ In!Held\n        /\\ \\A i \\in 1..2 : (i > x)",
      "In!Held",
      "\\A i \\in 1..2 : (i > x)",
      "1..2",
      "1",
      "2",
      "i > x",
      "i",
      "x",
    ]);
  });

  it("has what a LET defines, and the arms of a CASE", () => {
    expect(texts("Steps")).toEqual(expect.arrayContaining(["x + n", "next < Limit", "x' = next", "UNCHANGED x"]));
  });

  it("has the definitions of instances, where they are written", () => {
    const held = tree.visible.get("In!Held");
    expect(held?.body.location).toMatchObject({ module: "Inner", line: 3, column: 9 });
    expect(held?.body.operands.map(({ operator }) => operator?.kind)).toEqual(["variable", undefined]);
  });

  it("tells how an expression depends on states, and what is assumed", () => {
    expect(["Both", "Steps"].map((name) => tree.visible.get(name)?.level)).toEqual([1, 2]);
    expect(tree.assumptions.map(({ operator }) => operator?.name)).toContain(">");
  });

  it("is none for a module that is not well formed, and the sentence says why", async () => {
    await writeFile(join(folder, "Wrong.tla"), "---- MODULE Wrong ----\nA == B\n====\n");
    await expect(parseModule(join(folder, "Wrong.tla"))).rejects.toMatchObject({
      message: expect.stringMatching(/Wrong\.tla is not well formed: .*Unknown operator: `B'/),
      exitCode: 64,
    });
    await expect(parseModule(join(folder, "Missing.tla"))).rejects.toMatchObject({ exitCode: 64 });
  });
});

describe("the text of a module", () => {
  it("has blanks of the same size for its comments, and for nothing else", () => {
    const text = 'A == "(* no *)" (* a (* b *) "c *) + 1 \\* d (*\nB == 2\n';
    expect(new SourceText(text).code).toBe(`A == "(* no *)"${" ".repeat(19)} + 1 ${" ".repeat(7)}\nB == 2\n`);
  });
});

describe("XML", () => {
  it("is elements and text", () => {
    expect(readXml('<?xml version="1.0"?><a><b>1 &lt; 2 &amp; x</b><c/></a>')).toEqual({
      name: "a",
      text: "",
      children: [
        { name: "b", text: "1 < 2 & x", children: [] },
        { name: "c", text: "", children: [] },
      ],
    });
  });

  it.each(["", "words", "<a><b></a>", "<a>"])("is not %j", (text) => {
    expect(() => readXml(text)).toThrow(RangeError);
  });

  it("of something else is no tree", () => {
    expect(() => readSyntax("<modules><RootModule>A</RootModule></modules>")).toThrow(RangeError);
  });
});
