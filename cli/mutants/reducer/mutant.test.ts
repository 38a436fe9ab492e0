import { describe, expect, it } from "vitest";
import { mutantsOf, type ReducerMutant } from "./mutant.ts";
import { instrument } from "./tools.ts";

async function mutantsIn(source: string): Promise<readonly ReducerMutant[]> {
  const sources = new Map([["a.ts", source]]);
  return mutantsOf((await instrument(sources)).mutants, sources);
}

const source = `const limit = 3;

export function guarded(a: boolean, b: boolean, c: boolean): string {
  if (a && b && c) return refused("First");
  if (c) {
    return refused("Second");
  }
  if (b) return taken();
  return "";
}
`;

describe("the mutants of a source", () => {
  it("each change its text, in a way that parses and keeps operands together", async () => {
    const mutants = await mutantsIn(source);
    expect(mutants.length).toBeGreaterThan(10);
    for (const { text } of mutants) expect(text).not.toBe(source);
    const swapped = mutants.filter(({ operator }) => operator === "LogicalOperator").map(({ text }) => text);
    expect(swapped.map((text) => /if (\(.*\)) return refused\("First"\)/.exec(text)?.[1])).toEqual([
      "((a && b || c))",
      "((a || b) && c)",
    ]);
  });

  it("tell those that take a guard away, or one of its conditions", async () => {
    const guards = (await mutantsIn(source)).filter(({ guard }) => guard).map(({ diff }) => diff.split(" -> ")[1]);
    expect(guards).toEqual(['if (false) return refused("First");', "if (false) {"]);
    const either = await mutantsIn(
      'export function f(a: number, b: number) {\n  if (a === 1 || b > 2) return refused("X");\n}\n',
    );
    expect(either.filter(({ guard }) => guard).map(({ diff }) => diff.split(" -> ")[1])).toEqual([
      'if (false) return refused("X");',
      'if (false || b > 2) return refused("X");',
      'if (a === 1 || false) return refused("X");',
    ]);
  });

  it("keep their names while their definition stays, wherever it is, and lose them when it changes", async () => {
    const names = async (text: string): Promise<string[]> =>
      (await mutantsIn(text)).filter(({ definition }) => definition === "a.ts!guarded").map(({ id }) => id);
    const before = await names(source);
    expect(new Set(before).size).toBe(before.length);
    expect(await names(`const other = 1 + 2;\n\n${source}`)).toEqual(before);
    const after = await names(source.replace("Second", "Third"));
    expect(after.filter((id) => before.includes(id))).toEqual([]);
  });

  it("are refused where a mutant changes nothing", () => {
    const location = { start: { line: 0, column: 10 }, end: { line: 0, column: 11 } };
    const raw = { id: "0", fileName: "a.ts", mutatorName: "Number", replacement: "1", location };
    expect(() => mutantsOf([raw], new Map([["a.ts", "const a = 1;\n"]]))).toThrow("changes nothing");
  });
});
