import type { ConformanceModels, Results } from "../conformance/engine/index.ts";
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
  /** What jobs that take long have found before, where that is kept. */
  readonly jobs: Jobs;
  /** What is wrong with the folder as a whole: one sentence each. */
  readonly faults: readonly string[];
}

/** What the results do and do not say, for people who have to rely on them. */
export function statement(all: readonly Verified[], bounds: "quick" | "full"): string {
  return ["What was and was not checked", ...all.flatMap((one) => about(one, bounds))].join("\n");
}

function about({ folder, conformance, sha256, verdicts, left, jobs }: Verified, bounds: string): string[] {
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
    ...(conformance === undefined ? [] : jobKinds.map((kind) => `    ${jobText(kind, jobs[kind], sha256)}`)),
    ...(conformance === undefined ? [] : ["    Not done yet: validation of real runs."]),
  ];
}

const jobKinds = ["fuzz", "mutants"] as const;

/** What is kept of jobs that take long, by kind. */
export type Jobs = Readonly<Partial<Record<(typeof jobKinds)[number], Results>>>;

/** Results of other sources than those that were verified say nothing of these. */
function jobText(kind: (typeof jobKinds)[number], results: Results | undefined, sha256: string | undefined): string {
  if (results === undefined) return `Not done: lockstep ${kind}.`;
  const counts = Object.entries(results.counts).map(([name, number]) => `${name} ${count(number)}`);
  const found = `${kind}: ${counts.join(", ")}`;
  if (sha256 === undefined) return `Found before, perhaps for other sources, which are not here: ${found}.`;
  if (results.sha256 === sha256) return `Found before, for these very sources: ${found}.`;
  return `OUT OF DATE, found for other sources; run lockstep ${kind} again: ${found}.`;
}
