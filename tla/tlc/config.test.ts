import { describe, expect, it } from "vitest";
import { lineOfWords, readConfig } from "./config.ts";

const TEXT = `\\* PROPERTY Commented
CONSTANTS
  Max = 3
(* PROPERTY
   Hidden *)
PROPERTIES Live Safe
PROPERTY Other
CHECK_DEADLOCK FALSE
INVARIANT Missing
`;

describe("what is read of a configuration", () => {
  it("has the invariants, the properties and the word on deadlocks, and nothing of comments", () => {
    expect(readConfig(TEXT)).toEqual({
      invariants: ["Missing"],
      properties: ["Live", "Safe", "Other"],
      behaviour: [],
      replacements: [],
      checkDeadlock: false,
    });
    expect(readConfig("SPECIFICATION Spec\nCONSTANT A <- B\nC <- [M]D")).toEqual({
      ...{ invariants: [], properties: [], behaviour: ["Spec"] },
      replacements: [
        { name: "A", by: "B" },
        { name: "C", module: "M", by: "D" },
      ],
    });
    expect(readConfig("INVARIANTS A\nB OK\nPROPERTY C").invariants).toEqual(["A", "B", "OK"]);
  });

  it("has the line of the first word that TLC and the configuration share", () => {
    expect(lineOfWords(TEXT, "The invariant Missing specified in the configuration file is not defined")).toBe(9);
    expect(lineOfWords(TEXT, "The constant parameter Servers is not assigned a value")).toBeUndefined();
  });
});
