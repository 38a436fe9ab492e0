import { describe, expect, it } from "vitest";
import { problemText, readSanyProblems } from "./problems.ts";

const read = (text: string): string[] => readSanyProblems(text.split("\n")).map(problemText);

describe("problems that the parser tells of", () => {
  it("has file, line and column of a parse error, in SANY's words, and not what only repeats it", () => {
    expect(
      read(`Parsing file /x/Unparsable.tla
***Parse Error***
Encountered ")" at line 4, column 18 and token "/\\\\"

Residual stack trace follows:
ExtendableExpr starting at line 4, column 18.

Fatal errors while parsing TLA+ spec in file Unparsable

tla2sany.semantic.AbortException
*** Abort messages: 1

In module Unparsable

Could not parse module Unparsable from file Unparsable.tla
`),
    ).toEqual(['/x/Unparsable.tla:4:18: Encountered ")" at line 4, column 18 and token "/\\\\"']);
  });

  it("has each semantic error, and leaves out the warnings", () => {
    expect(
      read(`Parsing file /x/Dup.tla
Parsing file /tmp/Naturals.tla
Semantic processing of module Dup
Semantic errors:

*** Errors: 2

line 4, col 1 to line 4, col 4 of module Dup

Operator A already defined or declared.


line 6, col 5 to line 6, col 9 of module Dup

The operator B requires 1 arguments.


*** Warnings: 1

line 4, col 1 to line 4, col 4 of module Dup

Multiple declarations or definitions for symbol A.
`),
    ).toEqual([
      "/x/Dup.tla:4:1: Operator A already defined or declared.",
      "/x/Dup.tla:6:5: The operator B requires 1 arguments.",
    ]);
  });

  it("has a lexical error", () => {
    expect(
      read('Parsing file /x/Lex.tla\nLexical error at line 3, column 17.  Encountered: "\\n" (10), after : "x"'),
    ).toEqual(['/x/Lex.tla:3:17: Lexical error at line 3, column 17.  Encountered: "\\n" (10), after : "x"']);
  });

  it("has a module that is missing", () => {
    const words = "Cannot find source file for module Nowhere imported in module Imp.";
    expect(read(`Parsing file /x/Imp.tla\n*** Abort messages: 1\n\nUnknown location\n\n${words}\n`)).toEqual([
      `/x/Imp.tla: ${words}`,
    ]);
  });

  it("finds nothing in what a good module prints", () => {
    expect(read("Parsing file /x/Good.tla\nSemantic processing of module Good")).toEqual([]);
  });
});
