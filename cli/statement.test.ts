import { describe, expect, it } from "vitest";
import type { Claim, ConformanceReport } from "../conformance/engine/index.ts";
import type { ModelFile, Purpose } from "./manifest.ts";
import { statement, type Verified } from "./statement.ts";
import type { Verdict } from "./verify-model.ts";

const TOOLS = { tlc: "2.18", jarSha256: "c".repeat(64), workers: 2, seed: 1 };
const GOOD: Purpose = { kind: "good", distinct: 3, generated: 4, depth: 2 };
const SIMULATED: Purpose = { kind: "simulate", of: "more", traces: 5 };

function verdict(cfg: string, purpose: Purpose, more: Partial<Verdict> = {}): Verdict {
  const model: ModelFile = {
    ...{ protocol: "toy", module: "Toy.tla", config: cfg, cfg, text: "", checks: ["Low"], bounds: "quick", runtime: 1 },
    purpose,
  };
  const tlc: Verdict["tlc"] = {
    ...{ version: "2.18", exitCode: 0, generated: 4, distinct: 3, depth: 2, seconds: 1, warnings: [] },
    outcome: { kind: "success" },
  };
  return { model, passed: true, words: `words of ${cfg}`, exitCode: 0, tlc, ...more };
}

function conformance(mismatches: number): ConformanceReport<unknown> {
  const claim = (compared: number, wrong: number): Claim => ({ compared, mismatches: wrong, actions: {} });
  const claims = { sound: claim(1_000, mismatches), complete: claim(20, 0), refusals: claim(3, 0) };
  return { ...claims, passed: mismatches === 0 } as ConformanceReport<unknown>;
}

function said(verdicts: readonly Verdict[], more: Partial<Verified> = {}): string {
  const models = { protocol: "toy", modelOf: () => "nothing", notConformed: {} };
  const none = { sha256: undefined, replay: undefined, left: [], jobs: {}, faults: [] };
  const whole = { folder: "toy", conformance: models, verdicts, ...none };
  return statement([{ ...whole, ...more }], "quick", TOOLS);
}

describe("the statement of verify", () => {
  it("names what passed, with the tools and the seed", () => {
    const text = said([verdict("MCToy.cfg", GOOD, { conformance: conformance(0) }), verdict("SimToy.cfg", SIMULATED)]);
    expect(text).toContain("With TLC 2.18 (SHA-256 of its jar: cccc");
    expect(text).toContain("2 workers, seed of simulation 1.");
    expect(text).toContain("Exhaustive, at quick bounds: MCToy.cfg (words of MCToy.cfg).");
    expect(text).toContain(
      "In lockstep at every reachable world of 1 of these 1: sound 1,000, complete 20, refusals 3.",
    );
    expect(text).toContain("Sampled beyond these bounds with seed 1, always the same: SimToy.cfg");
    expect(text).not.toContain("FAILED");
  });

  it("begins with all that failed, and claims nothing of it", () => {
    const verdicts = [
      verdict("MCBad.cfg", GOOD, { passed: false }),
      verdict("MCApart.cfg", GOOD, { passed: false, conformance: conformance(7) }),
      verdict("SimToy.cfg", SIMULATED, { passed: false }),
      verdict("MCAlone.cfg", GOOD),
    ];
    const text = said(verdicts, { faults: ["there is no witness."] });
    const [, , , ...lines] = text.split("\n").map((line) => line.trim());
    expect(lines.slice(0, 5)).toEqual([
      "FAILED: there is no witness.",
      "FAILED: MCBad.cfg: words of MCBad.cfg.",
      "FAILED: MCApart.cfg: words of MCApart.cfg; NOT in lockstep with the reducer: 7 mismatches.",
      "FAILED: SimToy.cfg: words of SimToy.cfg.",
      "FAILED: MCAlone.cfg was not compared with the reducer, and no reason is given.",
    ]);
    expect(lines).toContain("Exhaustive, at quick bounds: MCAlone.cfg (words of MCAlone.cfg).");
    expect(text).toContain("In lockstep at every reachable world of 0 of these 1: sound 0,");
    expect(text).not.toContain("Sampled");
  });

  it("does not call exhaustive what has no steps, or nothing at all", () => {
    const still = verdict("Refused.cfg", GOOD);
    const text = said([{ ...still, tlc: { ...still.tlc, depth: 1 } }], { conformance: undefined });
    expect(text).toContain("Nothing was exhausted at quick bounds.");
    expect(text).toContain("States by themselves, which is no exhaustion: Refused.cfg");
  });
});
