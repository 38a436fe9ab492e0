import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseModule, SourceText, type SyntaxTree } from "../../../../tla/syntax/index.ts";
import { readConfig, runSany } from "../../../../tla/tlc/index.ts";
import { type SpecMutant, specMutants } from "./mutants.ts";
import { type Usage, usageOf } from "./usage.ts";

const MODULE = String.raw`------------------------------ MODULE Small ------------------------------
EXTENDS Integers, FiniteSets
CONSTANT Names
VARIABLES x, y
vars == <<x, y>>
(* A comment (* within another *) with a \* and "a quote. *)
Init == x = 0 /\ y = [n \in Names |-> {}]
Ready(n) == x < 2   \* /\ not here
Enough(isReady) == isReady
Add(n) ==
    /\ Ready(n)                        \* W1
    /\ \/ n \notin y[n]
       \/ ~(x > 1)
    /\ x' = x + 1
    /\ y' = [y EXCEPT ![n] = y[n] \cup {n}, ![n] = {}]
Clear == /\ x >= 1 /\ (x = 1 \/ \E n \in Names : n \in y[n])
         /\ IF Enough(x \leq 3) THEN x' = 0
            ELSE x' = x
         /\ UNCHANGED y
Next == Clear \/ \E n \in Names : Add(n)
Fair == \A n \in Names : WF_vars(Add(n)) /\ WF_vars(Clear)
Spec == Init /\ [][Next]_vars /\ Fair
Inside == \A n \in Names : y[n] \subseteq Names => Cardinality(y[n] \ {n}) # 1
Grows == [][x' >= x]_vars
Unused == x = 7
Always == TRUE
Sets == y[1] \cup y[2] \cup y[3] # {}
One == [y EXCEPT ![1] = {}] # {}
Kind(n) == CASE n = x -> 1 [] OTHER -> 2
Kinds == \A n \in 0..1 : Kind(n) > 0
=============================================================================
`;
const CONFIG = "SPECIFICATION Spec\nCONSTANT Names = {n1}\nINVARIANT Inside Kinds Sets Always One\nPROPERTY Grows\n";

let folder: string;
let tree: SyntaxTree;
let usage: Usage;
let mutants: readonly SpecMutant[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lockstep-test-"));
  await writeFile(join(folder, "Small.tla"), MODULE);
  tree = await parseModule(join(folder, "Small.tla"));
  usage = usageOf(tree, readConfig(CONFIG));
  mutants = mutantsOf(tree, MODULE);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function mutantsOf({ definitions }: SyntaxTree, text: string): SpecMutant[] {
  const own = [...definitions.values()].filter(({ location }) => location.module === "Small");
  return specMutants({ source: new SourceText(text), definitions: own, parts: usage });
}

/** The lines that a mutant has instead of those of the module. */
function changed({ text }: SpecMutant): string {
  const was = MODULE.split("\n");
  const is = text.split("\n");
  const begin = was.findIndex((line, index) => line !== is[index]);
  let end = 0;
  while (was.at(-1 - end) === is.at(-1 - end)) end++;
  return is
    .slice(begin, is.length - end)
    .map((line) => line.trimEnd())
    .join("\n");
}

function of(definition: string, operator: string): string[] {
  return mutants.filter((one) => one.definition === `Small!${definition}` && one.operator === operator).map(changed);
}

const GUARDS = String.raw`---- MODULE Guards ----
EXTENDS Integers, FiniteSets
VARIABLE x
Init == x = 0
Ready(n) == x < 2 /\ n > 0
Add(n) == /\ Ready(n)
          /\ x # 7
          /\ x' = x + Cardinality({m \in 1..n : m > 0 /\ m < 9})
Next == \E n \in 0..2 : Add(n)
====
`;

describe("guards", () => {
  it("are conjuncts of an action, and of a condition with a name, but not of what is computed", async () => {
    await writeFile(join(folder, "Guards.tla"), GUARDS);
    const guarded = await parseModule(join(folder, "Guards.tla"));
    const definitions = [...guarded.definitions.values()].filter(({ location }) => location.module === "Guards");
    const parts = usageOf(guarded, readConfig("INIT Init\nNEXT Next\n"));
    const dropped = specMutants({ source: new SourceText(GUARDS), definitions, parts }).filter(
      ({ operator }) => operator === "drop-conjunct",
    );
    const told = dropped.map(({ diff, guard }) => `${diff}: ${guard}`);
    expect(told.sort()).toEqual([
      "Ready(n) -> (nothing): true",
      "m < 9 -> (nothing): false",
      "m > 0 -> (nothing): false",
      "n > 0 -> (nothing): true",
      "x # 7 -> (nothing): true",
      "x < 2 -> (nothing): true",
      "x' = x + Cardinality({m \\in 1..n : m > 0 /\\ m < 9}) -> (nothing): false",
    ]);
  });
});

describe("the operators", () => {
  it("drop each conjunct, those in a row one by one, and leave all else in its column", () => {
    expect(of("Add", "drop-conjunct")).toEqual(["                                       \\* W1", "\n", "", ""]);
    expect(of("Clear", "drop-conjunct")).toEqual([
      "\n",
      "",
      "Clear == /\\           (x = 1 \\/ \\E n \\in Names : n \\in y[n])",
      "Clear == /\\ x >= 1",
    ]);
    expect(of("Spec", "drop-conjunct")).toEqual([
      "Spec == Init /\\ [][Next]_vars",
      "Spec ==         [][Next]_vars /\\ Fair",
      "Spec == Init                  /\\ Fair",
    ]);
    expect(of("Fair", "drop-conjunct")).toEqual([
      "Fair == \\A n \\in Names :                    WF_vars(Clear)",
      "Fair == \\A n \\in Names : WF_vars(Add(n))",
    ]);
  });

  it("drop each disjunct", () => {
    expect(of("Add", "drop-disjunct")).toEqual(["    /\\", ""]);
    expect(of("Clear", "drop-disjunct")).toEqual([
      "Clear == /\\ x >= 1 /\\ (         \\E n \\in Names : n \\in y[n])",
      "Clear == /\\ x >= 1 /\\ (x = 1                               )",
    ]);
    expect(of("Next", "drop-disjunct")).toEqual(["Next ==          \\E n \\in Names : Add(n)", "Next == Clear"]);
  });

  it("negate conjuncts that are conditions, and none that assigns", () => {
    expect(of("Add", "negate-conjunct")).toEqual([
      "    /\\ ~(Ready(n))                        \\* W1",
      "    /\\ ~(\n       \\/ n \\notin y[n]\n       \\/ ~(x > 1))",
    ]);
    expect(of("Clear", "negate-conjunct")).toEqual([
      "Clear == /\\ ~(\n            x >= 1)\n                   /\\ (x = 1 \\/ \\E n \\in Names : n \\in y[n])",
      "Clear == /\\ x >= 1 /\\ ~(\n                      (x = 1 \\/ \\E n \\in Names : n \\in y[n]))",
    ]);
    expect(of("Spec", "negate-conjunct")).toEqual([]);
    expect(of("Init", "negate-conjunct")).toEqual([]);
  });

  it("swap signs, and no sign that assigns or whose swap is a negation of a conjunct", () => {
    expect(of("Ready", "swap-operator")).toEqual(["Ready(n) == x =< 2   \\* /\\ not here"]);
    expect(of("Add", "swap-operator")).toEqual([
      "    /\\ /\\ n \\notin y[n]\n       /\\ ~(x > 1)",
      "    /\\ \\/ n \\in    y[n]",
      "       \\/ ~(x >= 1)",
      "    /\\ x' = x - 1",
      "    /\\ y' = [y EXCEPT ![n] = y[n] \\cap {n}, ![n] = {}]",
    ]);
    expect(of("Sets", "swap-operator")).toEqual([
      "Sets == y[1] \\cup y[2] \\cup y[3] = {}",
      "Sets == ((y[1] \\cup y[2]) \\cap (y[3])) # {}",
      "Sets == ((y[1]) \\cap (y[2])) \\cup y[3] # {}",
    ]);
    expect(of("Next", "swap-operator")).toEqual([
      "Next == ((\n        Clear)\n              /\\ (\\E n \\in Names : Add(n)))",
      "Next == Clear \\/ \\A n \\in Names : Add(n)",
    ]);
    expect(of("Init", "swap-operator")).toEqual([]);
    expect(of("Inside", "swap-operator")).toEqual([
      "Inside == \\E n \\in Names : y[n] \\subseteq Names => Cardinality(y[n] \\ {n}) # 1",
      "Inside == \\A n \\in Names : y[n] \\subseteq Names <=> Cardinality(y[n] \\ {n}) # 1",
      "Inside == \\A n \\in Names : Names \\subseteq y[n]  => Cardinality(y[n] \\ {n}) # 1",
      "Inside == \\A n \\in Names : y[n] \\subseteq Names => Cardinality(y[n] \\ {n}) = 1",
      "Inside == \\A n \\in Names : y[n] \\subseteq Names => Cardinality(y[n] \\cap {n}) # 1",
    ]);
  });

  it("shift numbers up and down, and none below zero", () => {
    expect(of("Kinds", "swap-bound")).toEqual([
      "Kinds == \\A n \\in 1..1 : Kind(n) > 0",
      "Kinds == \\A n \\in 0..2 : Kind(n) > 0",
      "Kinds == \\A n \\in 0..0 : Kind(n) > 0",
      "Kinds == \\A n \\in 0..1 : Kind(n) > 1",
    ]);
  });

  it("put the value of a variable in the place of its next one", () => {
    expect(of("Add", "unprime")).toEqual(["    /\\ x' = x", "    /\\ y' = y"]);
    expect(of("Clear", "unprime")).toEqual(["         /\\ IF Enough(x \\leq 3) THEN x' = x"]);
    expect(of("Grows", "unprime")).toEqual(["Grows == [][x  >= x]_vars"]);
  });

  it("turn conditions round, and fix those that have a name", () => {
    expect(of("Clear", "negate-condition")).toEqual(["         /\\ IF ~(Enough(x \\leq 3)) THEN x' = 0"]);
    // Another sign has turned this one round already.
    expect(of("Kind", "negate-condition")).toEqual([]);
    expect(of("Kind", "swap-operator")).toEqual(["Kind(n) == CASE n # x -> 1 [] OTHER -> 2"]);
    expect(of("Add", "drop-negation")).toEqual(["       \\/  (x > 1)"]);
    expect(of("Enough", "fix-condition")).toEqual(["Enough(isReady) == TRUE", "Enough(isReady) == FALSE"]);
    expect(of("Always", "fix-condition")).toEqual(["Always == FALSE"]);
    expect(of("Inside", "fix-condition")).toEqual(["Inside == TRUE"]);
    expect(of("Grows", "fix-condition")).toEqual(["Grows == [][TRUE   ]_vars"]);
    expect(of("Init", "fix-condition")).toEqual([]);
  });

  it("leave out updates", () => {
    expect(of("Add", "drop-except")).toEqual([
      "    /\\ y' = [y EXCEPT                       ![n] = {}]",
      "    /\\ y' = [y EXCEPT ![n] = y[n] \\cup {n}           ]",
    ]);
    expect(of("One", "drop-except")).toEqual(["One == y                    # {}"]);
  });
});

describe("every mutant", () => {
  it("differs from the module and from all others, in name and in text", () => {
    expect(mutants.length).toBeGreaterThan(80);
    expect(new Set([MODULE, ...mutants.map(({ text }) => text)]).size).toBe(mutants.length + 1);
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
  });

  it("has a name that stays when other definitions, and comments of its own, change", async () => {
    const elsewhere = MODULE.replace("\\* W1", "\\* W2, W3").replace(/Unused == .*\n/, "");
    expect(await namesOf(elsewhere)).toEqual(mutants.map(({ id }) => id));
    expect(await namesOf(MODULE.replace("x < 2", "x < 3"))).not.toEqual(mutants.map(({ id }) => id));
  });

  it("is of a definition that the configuration uses, for what that is used for", () => {
    expect(mutants.filter(({ definition }) => definition === "Small!Unused")).toEqual([]);
    const parts = (name: string): string[] => [...(usage.get(`Small!${name}`) ?? [])].sort();
    expect(parts("Init")).toEqual(["initial", "step"]);
    expect(parts("Add")).toEqual(["fairness", "step"]);
    expect(parts("Next")).toEqual(["step"]);
    expect(parts("Fair")).toEqual(["fairness"]);
    expect(parts("Inside")).toEqual(["property"]);
  });

  it("is not of a definition that the configuration replaces, but of what takes its place", () => {
    const replaced = usageOf(tree, readConfig(`${CONFIG}CONSTANT Ready <- Unused\n`));
    expect(replaced.has("Small!Ready")).toBe(false);
    expect(replaced.has("Small!Unused")).toBe(true);
  });

  it("is a module that SANY takes, wherever columns count", async () => {
    const risky = mutants.filter(({ text }) => text.split("\n").length !== MODULE.split("\n").length);
    expect(risky.length).toBeGreaterThan(3);
    for (const { text } of risky) {
      await writeFile(join(folder, "Small.tla"), text);
      expect((await runSany({ spec: join(folder, "Small.tla") })).problems).toEqual([]);
    }
  });
});

/** The names of the mutants of another text whose definitions are where those of the module are. */
async function namesOf(text: string): Promise<string[]> {
  const path = join(folder, "other");
  await mkdir(path, { recursive: true });
  await writeFile(join(path, "Small.tla"), text);
  return mutantsOf(await parseModule(join(path, "Small.tla")), text).map(({ id }) => id);
}
