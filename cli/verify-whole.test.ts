import { describe, expect, it } from "vitest";
import type { ConformanceModels, ConformanceReport } from "../conformance/engine/index.ts";
import type { ModelFile } from "./manifest.ts";
import type { Verdict } from "./verify-model.ts";
import { wholeOf } from "./verify-whole.ts";

function modelFile(module: string, cfg: string, purpose: ModelFile["purpose"]): ModelFile {
  const paths = { module: `spec/x/${module}.tla`, config: `spec/x/${cfg}`, cfg };
  return { protocol: "x", ...paths, text: cfg, checks: ["TypeOK"], purpose, bounds: "quick", runtime: 1 };
}

const good = { kind: "good", distinct: 1, generated: 1, depth: 1 } as const;
const models = [
  modelFile("MCA", "MCA.cfg", good),
  modelFile("MCB", "MCB.cfg", good),
  modelFile("MCB", "SimB.cfg", { kind: "simulate", of: "more", traces: 1 }),
  modelFile("WitnessA", "WitnessA.cfg", { kind: "witness", reached: "it", exitCode: 12 }),
  modelFile("BrokenA", "BrokenA.cfg", { kind: "must fail", property: "TypeOK", exitCode: 12 }),
];

/** What a comparison came to, as far as it matters here. */
function report(module: string, neverTaken: readonly string[]): ConformanceReport<unknown> {
  return { module, neverTaken, neverRefused: [] } as Partial<ConformanceReport<unknown>> as ConformanceReport<unknown>;
}

function verdict(model: ModelFile | undefined, conformance?: ConformanceReport<unknown>): Verdict {
  const passed = { model, passed: true, words: "", exitCode: 0 };
  return { ...passed, ...(conformance === undefined ? {} : { conformance }) } as Verdict;
}

/** All that is wrong, where only MCA has a closed system. */
function wrong(notConformed: ConformanceModels["notConformed"], verdicts: readonly Verdict[]): string[] {
  const system = {} as Exclude<ReturnType<ConformanceModels["modelOf"]>, string>;
  const modelOf = (cfg: string): typeof system | string => (cfg.includes("B") ? "B <- B" : system);
  return wholeOf(models, verdicts, { protocol: "x", modelOf, notConformed });
}

const compared = [verdict(models[0], report("MCA", []))];

describe("the models of a folder with several closed modules", () => {
  it("are excepted together by their module, those that are simulated among them", () => {
    expect(wrong({ "MCB.tla": "no reducer" }, compared)).toEqual([]);
  });

  it("need a reason, and one for what is simulated", () => {
    const why = "has no closed system: it has no counterpart for B <- B.";
    expect(wrong({}, compared)).toEqual([`MCB.cfg ${why}`, `SimB.cfg ${why}`]);
    expect(wrong({ "MCB.cfg": "no reducer" }, compared)).toEqual([`SimB.cfg ${why}`]);
  });

  it("are there for each exception", () => {
    const stray = "is excepted from conformance, but is no model that must hold, nor a module with models.";
    expect(wrong({ "MCB.tla": "", "MCC.tla": "", "SimB.cfg": "" }, compared)).toEqual([
      `MCC.tla ${stray}`,
      `SimB.cfg ${stray}`,
    ]);
  });

  it("take each action of their own module somewhere", () => {
    const verdicts = [
      verdict(models[0], report("MCA", ["Send", "Crash"])),
      verdict(models[0], report("MCA", ["Send"])),
      verdict(models[1], report("MCB", [])),
    ];
    expect(wrong({ "MCB.tla": "" }, verdicts)).toEqual(["the action Send of MCA was never taken."]);
  });
});
