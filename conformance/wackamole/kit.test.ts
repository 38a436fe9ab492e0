import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadCorpus } from "../../tla/graph/index.ts";
import { readText } from "../../tla/values/file.ts";
import type { Vectors } from "../engine/kit/vectors.ts";
import { wackamoleModels } from "./models.ts";

const root = join(import.meta.dirname, "..", "..");
const { kit } = wackamoleModels;
if (kit === undefined) throw new Error("there is nothing to make a kit of");
const small = await readText(join(root, "spec/wackamole/MCWackamoleSmall.cfg"));
const { graph } = await loadCorpus(join(root, "traces/wackamole/MCWackamoleSmall.graph.ndjson"));

function recorded(...cfgs: string[]): Vectors {
  const vectors = kit?.record(cfgs);
  if (vectors === undefined || typeof vectors === "string") throw new Error(vectors);
  return vectors;
}

/** How many edges of the small graph vectors suffice to take, and whether all else agrees. */
function covered(vectors: Vectors): { taken: number; passed: boolean } {
  const report = kit?.conform(vectors, small, graph, { keep: 1 });
  if (report === undefined || typeof report === "string") throw new Error(report);
  return { taken: report.edges.taken, passed: report.passed };
}

const ofSmall = recorded(small);

describe("vectors of Wackamole", () => {
  it("cover every edge of a graph that TLC found", () => {
    expect(graph.edges).toBe(1272);
    expect(covered(ofSmall)).toEqual({ taken: graph.edges, passed: true });
  });

  it("do not without one of those that the walk asks, or where one of them says something else", () => {
    // The first of each action, and one more that is taken: the walk itself asks them before anything is offered.
    const actions = ["ViewChange", "ReceiveStateMsg", "MatureTimeout", "Disconnect"];
    for (const action of actions) {
      const at = ofSmall.steps.findIndex(({ outcome }) => outcome.action === action && outcome.kind === "took");
      expect(covered({ ...ofSmall, steps: ofSmall.steps.toSpliced(at, 1) }).passed).toBe(false);
      const [step] = ofSmall.steps.slice(at, at + 1);
      if (step?.outcome.kind !== "took") throw new Error(`${action} is not taken`);
      const wrong = { ...step, outcome: { ...step.outcome, state: step.state } };
      expect(covered({ ...ofSmall, steps: ofSmall.steps.with(at, wrong) }).passed).toBe(false);
    }
  });

  it("have gaps where nothing is ever balanced", () => {
    expect(kit.gaps(ofSmall)).toContain("no vector has Balance taken");
    expect(kit.gaps(ofSmall).filter((gap) => !gap.startsWith("no vector has "))).toEqual([]);
  });

  it("say which assignment has no counterpart", () => {
    expect(kit.record([`${small}\nCONSTANT Lossy = TRUE`])).toBe("Lossy = TRUE");
  });
});
