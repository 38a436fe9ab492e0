import type { ConformanceModels, Results } from "../conformance/engine/index.ts";
import { exceptionOf } from "./excepted.ts";
import type { ModelFile } from "./manifest.ts";
import { count } from "./progress.ts";
import { SIMULATION_SEED } from "./run-model.ts";
import { type Jobs, jobKinds } from "./verify-jobs.ts";
import type { KeptReplay } from "./verify-kept.ts";
import type { Verdict } from "./verify-model.ts";
import type { Tools } from "./verify-tools.ts";

/** What was verified of one folder of specifications, and what its bounds left out. */
export interface Verified {
  readonly folder: string;
  readonly conformance: ConformanceModels | undefined;
  /** What the results are of; undefined where the sources are not all here. */
  readonly sha256: string | undefined;
  readonly verdicts: readonly Verdict[];
  /** What became of the behaviours that are kept; undefined where there is no reducer. */
  readonly replay: KeptReplay | undefined;
  readonly left: readonly ModelFile[];
  /** What jobs that take long have found before, where that is kept. */
  readonly jobs: Jobs;
  /** What is wrong with the folder as a whole: one sentence each. */
  readonly faults: readonly string[];
}

/** What the results do and do not say, for people who have to rely on them. */
export function statement(all: readonly Verified[], bounds: "quick" | "full", tools: Tools): string {
  return ["What was and was not checked", `  ${toolsText(tools)}`, ...all.flatMap((one) => about(one, bounds))].join(
    "\n",
  );
}

function toolsText({ tlc, jarSha256, workers, seed }: Tools): string {
  return `With TLC ${tlc} (SHA-256 of its jar: ${jarSha256}), ${workers} workers, seed of simulation ${seed}.`;
}

function about(one: Verified, bounds: string): string[] {
  const { folder, conformance, sha256, verdicts, replay, left, jobs } = one;
  const passed = verdicts.filter((verdict) => verdict.passed);
  const good = passed.filter(({ model }) => model.purpose.kind === "good");
  const conformed = good.filter((verdict) => verdict.conformance !== undefined);
  const sum = (claim: "sound" | "complete" | "refusals"): string =>
    count(conformed.reduce((total, verdict) => total + (verdict.conformance?.[claim].compared ?? 0), 0));
  const reasons = Object.entries(conformance?.notConformed ?? {});
  return [
    `  ${folder}`,
    ...failures(one).map((words) => `    FAILED: ${words}`),
    ...explored(good, bounds),
    ...(conformance === undefined
      ? ["    There is no reducer: the specification alone was checked."]
      : [
          `    In lockstep at every reachable world of ${conformed.length} of these ${good.length}: sound ${sum("sound")}, ` +
            `complete ${sum("complete")}, refusals ${sum("refusals")}.`,
        ]),
    ...passed.filter(({ model }) => model.purpose.kind === "simulate").map(sampled),
    ...(replay?.passed === true ? [`    Replayed, of what is kept in traces: ${replay.words}.`] : []),
    ...reasons.map(([cfg, reason]) => `    Not in lockstep: ${cfg}: ${reason}.`),
    ...left.map(
      ({ cfg, runtime }) => `    Not run at these bounds: ${cfg} (about ${runtime} s; --bounds full runs it).`,
    ),
    ...(conformance === undefined ? [] : jobKinds.map((kind) => `    ${jobText(kind, jobs[kind], sha256)}`)),
    ...(conformance === undefined ? [] : ["    Not done yet: validation of real runs."]),
  ];
}

/** All that is not as it should be, which comes before all that is: one sentence each. */
function failures({ verdicts, faults, conformance, replay }: Verified): string[] {
  const uncompared = verdicts.filter(
    ({ model, passed, conformance: compared }) =>
      passed &&
      model.purpose.kind === "good" &&
      compared === undefined &&
      conformance !== undefined &&
      exceptionOf(model, conformance) === undefined,
  );
  return [
    ...faults,
    ...(replay?.passed === false ? [`replay of what is kept: ${replay.words}.`] : []),
    ...verdicts.filter(({ passed }) => !passed).map((verdict) => `${verdict.model.cfg}: ${failureText(verdict)}.`),
    ...uncompared.map(({ model }) => `${model.cfg} was not compared with the reducer, and no reason is given.`),
  ];
}

function failureText({ words, conformance }: Verdict): string {
  if (conformance === undefined || conformance.passed) return words;
  const { sound, complete, refusals } = conformance;
  const mismatches = count(sound.mismatches + complete.mismatches + refusals.mismatches);
  return `${words}; NOT in lockstep with the reducer: ${mismatches} mismatches`;
}

/** What was exhausted. Where each state is an initial one and stays as it is, no behaviour was. */
function explored(good: readonly Verdict[], bounds: string): string[] {
  const list = (all: readonly Verdict[]): string => all.map(({ model, words }) => `${model.cfg} (${words})`).join("; ");
  const isStill = ({ tlc }: Verdict): boolean => tlc.depth === 1;
  const [still, moving] = [good.filter(isStill), good.filter((verdict) => !isStill(verdict))];
  return [
    moving.length === 0
      ? `    Nothing was exhausted at ${bounds} bounds.`
      : `    Exhaustive, at ${bounds} bounds: ${list(moving)}.`,
    ...(still.length === 0 ? [] : [`    States by themselves, which is no exhaustion: ${list(still)}.`]),
    "    Nothing is exhausted beyond these bounds; each configuration states them.",
  ];
}

function sampled({ model, words, simulated }: Verdict): string {
  const steps = simulated?.steps === undefined ? "" : `; ${count(simulated.steps)} steps replayed by the reducer`;
  return `    Sampled beyond these bounds with seed ${SIMULATION_SEED}, always the same: ${model.cfg} (${words}${steps}).`;
}

/** Results of other sources than those that were verified say nothing of these. */
function jobText(kind: (typeof jobKinds)[number], results: Results | undefined, sha256: string | undefined): string {
  if (results === undefined) return `Not done: lockstep ${kind}.`;
  const counts = Object.entries(results.counts).map(([name, number]) => `${name} ${count(number)}`);
  const found = `${kind}: ${counts.join(", ")}`;
  if (sha256 === undefined) return `Found before, perhaps for other sources, which are not here: ${found}.`;
  if (results.sha256 === sha256) return `Found before, for these very sources: ${found}.`;
  return `OUT OF DATE, found for other sources; run lockstep ${kind} again: ${found}.`;
}
