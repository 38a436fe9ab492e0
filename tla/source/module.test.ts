import { describe, expect, it } from "vitest";
import { actionsIn, definitionsIn, usedModules, withoutComments } from "./module.ts";

const MODULE = `---- MODULE X ----
(* Header, with A == 1 in it. *)
EXTENDS Integers, Y \\* , Z
I == INSTANCE W

(*******)
(* Up. *)
(*******)
RECURSIVE Up(_)
Up(n) ==
  /\\ n > 0 \\* W1
  /\\ x' = n

----
Init == x = 0
Next ==
  \\/ \\E n \\in 1..3 :
       \\/ Up(n)
       \\/ Down(n)
  \\/ Stay
THEOREM Spec => TRUE
====
`;

describe("a module", () => {
  it("has definitions with their lines, from the comment right above to the last line that is not blank", () => {
    expect(definitionsIn(MODULE).map(({ name, prose, from, to }) => [name, prose, from, to])).toEqual([
      ["I", 4, 4, 4],
      ["Up", 6, 10, 12],
      ["Init", 15, 15, 15],
      ["Next", 16, 16, 20],
    ]);
  });

  it("is the same length without comments", () => {
    const bare = withoutComments(MODULE);
    expect(bare).toHaveLength(MODULE.length);
    expect(bare).not.toMatch(/Header|W1|, Z/);
  });

  it("uses the modules that it extends and instantiates, and none that a comment names", () => {
    expect(usedModules(MODULE)).toEqual(["Integers", "Y", "W"]);
  });

  it("has the actions that its next step lists, those under a quantifier of their own among them", () => {
    expect(actionsIn(MODULE)).toEqual(["Up", "Down", "Stay"]);
    expect(actionsIn("Init == TRUE\n")).toEqual([]);
  });
});
