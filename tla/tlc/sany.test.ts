import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runSany } from "./sany.ts";

const FIXTURES = join(import.meta.dirname, "fixtures");

describe("a run of SANY", () => {
  it("names the modules that a good one is made of", async () => {
    const result = await runSany({ spec: join(FIXTURES, "Counter.tla") });
    expect(result).toEqual({ problems: [], modules: ["Naturals", "Sequences", "Counter"] });
  });

  it("has the problems of bad ones, also where SANY itself ends with 0 or throws", async () => {
    const semantic = await runSany({ spec: join(FIXTURES, "Undefined") });
    expect(semantic.problems.map(({ line, text }) => [line, text])).toEqual([
      [4, "Unknown operator: `y'."],
      [4, "Unknown operator: `z'."],
    ]);
    const empty = await runSany({ spec: join(FIXTURES, "Empty") });
    expect(empty.problems).toEqual([
      { file: join(FIXTURES, "Empty.tla"), text: expect.stringMatching(/MODULE|no module/) },
    ]);
  });
});
