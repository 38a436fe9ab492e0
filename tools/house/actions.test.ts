import { describe, expect, it } from "vitest";
import { actionsHaveFunctions, referencesResolve, rulesAreCited, specificationsHavePredicates } from "./actions.ts";
import { protocolOf, reducersOf, repository, type SourceFile } from "./files.ts";
import { actionsOf, ladderOf, moduleOf } from "./specification.ts";

const files = repository();

/** The repository with one text changed, which must be there. */
function planted(path: string, from: string, to: string): SourceFile[] {
  const changed = files.map((file) => (file.path === path ? { path, text: file.text.replace(from, () => to) } : file));
  expect(changed).not.toEqual(files);
  return changed;
}

function module(text: string): SourceFile {
  return { path: "spec/x/X.tla", text };
}

describe("the actions of a next-state relation", () => {
  it("are its disjuncts, through those that only list others", () => {
    const actions = actionsOf(
      module(
        "A(s) == x' = s\nB == x' = 1\nC == x' = 2 (* \\/ D *)\n\nSystem ==\n  \\/ \\E s \\in S : A(s) \\* \\/ E\n  \\/ B\n" +
          "Environment == \\E R \\in SUBSET S, i \\in T : D(R, i)\nNext == System \\/ Environment \\/ C\n\nSpec == []Next\n",
      ),
    );
    expect(actions).toEqual(["A", "B", "D", "C"]);
  });

  it("are the fifteen of Wackamole", () => {
    const wackamole = moduleOf(files, "wackamole");
    expect(wackamole === undefined ? [] : actionsOf(wackamole)).toHaveLength(15);
  });
});

describe("every action has a function of its name", () => {
  it("in this repository", () => {
    expect(reducersOf(files)).toEqual(expect.arrayContaining(["wackamole", "evs/service"]));
    expect(actionsHaveFunctions(files)).toEqual([]);
  });

  const actions = "impl/wackamole/actions.ts";
  const system = "conformance/wackamole/system.ts";
  const spec = "spec/wackamole/Wackamole.tla";
  it.each([
    ["a protocol's action without one", actions, "export function viewChange(", "export function changeView("],
    ["a protocol's action that does not say which it is", actions, "@spec Wackamole!Balance */", "*/"],
    ["an environment's action without one", system, "function partition(", "function divide("],
    ["a discard that does not say which it is", system, "@spec Wackamole!DiscardStateMsg", ""],
    ["an action that is new", spec, "\\/ \\E s \\in Server : Balance(s)", "\\/ \\E s \\in Server : Rebalance(s)"],
    [
      "an action in disguise",
      spec,
      "\\/ \\E s \\in Server : Balance(s)",
      "\\/ \\E s \\in Server : P(s) /\\ Balance(s)",
    ],
    ["a function without an action or a rule", actions, "/** W22: tells", "/** Tells"],
    ["a specification without actions", spec, "Next == System", "Nothing == System"],
  ])("finds %s", (_, path, from, to) => {
    expect(actionsHaveFunctions(planted(path, from, to))).not.toEqual([]);
  });

  it("finds that there is no reducer at all", () => {
    expect(actionsHaveFunctions([])).toEqual(["there is no reducer"]);
  });
});

describe("every definition that code refers to", () => {
  it("is there", () => {
    expect(referencesResolve(files)).toEqual([]);
  });

  it("is missed when it is not", () => {
    const renamed = planted("spec/wackamole/Wackamole.tla", "Backup(s) ==", "BackUp(s) ==");
    expect(referencesResolve(renamed)).toEqual(["impl/wackamole/actions.ts: there is no Wackamole!Backup"]);
    expect(referencesResolve([])).toEqual(["no code refers to a specification"]);
  });
});

describe("every rule of the paper is cited in the specification and in the code", () => {
  const check = (all: readonly SourceFile[]): string[] => {
    const wackamole = moduleOf(all, "wackamole");
    return rulesAreCited(all, wackamole === undefined ? [] : ladderOf(all, wackamole), "wackamole");
  };

  it("in this repository", () => {
    for (const reducer of reducersOf(files)) {
      const [specification, protocol] = [moduleOf(files, reducer), protocolOf(reducer)];
      expect([reducer, specification]).not.toContain(undefined);
      // Its paper numbers what it specifies, so there is no list of ours.
      if (specification === undefined || protocol === "evs") continue;
      expect([protocol, rulesAreCited(files, ladderOf(files, specification), protocol)]).toEqual([protocol, []]);
    }
  });

  it("and a rule that neither cites is found, as is a rule that the paper has not", () => {
    const paper = "spec/wackamole/paper.md";
    expect(check(planted(paper, "| W1 |", "| W99 |"))).toEqual(
      expect.arrayContaining([
        "the specification never cites W99",
        "the code never cites W99",
        "spec/wackamole/Wackamole.tla cites W1, which is no rule of the paper",
      ]),
    );
    expect(check(files.filter(({ path }) => path !== paper))).toEqual([`${paper} has no rules`]);
  });
});

describe("every specification that a paper numbers has a predicate over worlds", () => {
  it("in this repository", () => {
    expect(specificationsHavePredicates(files)).toEqual([]);
  });

  it("and one that has none is found", () => {
    const path = "conformance/evs/service/specifications.ts";
    const renamed = planted(path, "@spec EVSSpecifications!Spec_6_3 */", "*/");
    expect(specificationsHavePredicates(renamed)).toEqual([`${path} has no predicate for Spec_6_3`]);
    expect(specificationsHavePredicates([])).toEqual(["there is no module of specifications"]);
  });
});
