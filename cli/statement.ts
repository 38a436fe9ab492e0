import type { ConformanceModels } from "../conformance/engine/index.ts";
import type { ModelFile } from "./manifest.ts";
import { count } from "./progress.ts";
import type { Verdict } from "./verify-model.ts";

/** What was verified of one folder of specifications, and what its bounds left out. */
export interface Verified {
  readonly folder: string;
  readonly conformance: ConformanceModels | undefined;
  /** What the results are of; undefined where the sources are not all here. */
  readonly sha256: string | undefined;
  readonly verdicts: readonly Verdict[];
  readonly left: readonly ModelFile[];
  /** What is wrong with the folder as a whole: one sentence each. */
  readonly faults: readonly string[];
}

/** What the results do and do not say, for people who have to rely on them. */
export function statement(all: readonly Verified[], bounds: "quick" | "full"): string {
  return ["What was and was not checked", ...all.flatMap((one) => about(one, bounds))].join("\n");
}

function about({ folder, conformance, verdicts, left }: Verified, bounds: string): string[] {
  const good = verdicts.filter(({ model }) => model.purpose.kind === "good");
  const conformed = good.filter((verdict) => verdict.conformance !== undefined);
  const sum = (claim: "sound" | "complete" | "refusals"): string =>
    count(conformed.reduce((total, verdict) => total + (verdict.conformance?.[claim].compared ?? 0), 0));
  const simulated = verdicts.filter(({ model }) => model.purpose.kind === "simulate");
  const reasons = Object.entries(conformance?.notConformed ?? {});
  return [
    `  ${folder}`,
    `    Exhaustive, at ${bounds} bounds: ${good.map(({ model, words }) => `${model.cfg} (${words})`).join("; ")}.`,
    `    Nothing is exhausted beyond these bounds; each configuration states them.`,
    ...(conformance === undefined
      ? ["    There is no reducer: the specification alone was checked."]
      : [
          `    In lockstep at every reachable world of ${conformed.length} of these ${good.length}: sound ${sum("sound")}, ` +
            `complete ${sum("complete")}, refusals ${sum("refusals")}.`,
        ]),
    ...simulated.map(
      ({ model, words, simulated: found }) =>
        `    Sampled beyond these bounds, always the same: ${model.cfg} (${words}` +
        `${found?.steps === undefined ? "" : `; ${count(found.steps)} steps replayed by the reducer`}).`,
    ),
    ...reasons.map(([cfg, reason]) => `    Not in lockstep: ${cfg}: ${reason}.`),
    ...left.map(
      ({ cfg, runtime }) => `    Not run at these bounds: ${cfg} (about ${runtime} s; --bounds full runs it).`,
    ),
    ...(conformance === undefined
      ? []
      : [
          "    Not done here: fuzzing beyond the bounds, validation of real runs, mutants of specification and reducer.",
        ]),
  ];
}
