import { groupsOf } from "./groups.ts";
import { mutantsOf, scoreOf } from "./mutants.ts";
import type { Model, ProtocolReport, Results } from "./shape.ts";

/** The jobs whose results are kept; coverage is fuzzing within the bounds of a model. */
export const JOBS = ["fuzz", "coverage", "replay", "mutants"] as const;

export type Job = (typeof JOBS)[number];

/** The share of the mutants of each side that has to be killed. */
const GOAL = 0.95;

/** What is wrong with what a job found, one sentence each: none where all is as it should be. */
export function jobFaults(job: Job, results: Pick<Results, "counts" | "items">): string[] {
  if (job === "mutants") return mutantFaults(results);
  const of = (name: string): number => results.counts[name] ?? 0;
  const some = (["violations", "failed", "stale"] as const).filter((name) => of(name) > 0);
  // A counterexample may have to part at its first step, and then that is what was found.
  const isNothing = job === "coverage" ? of("compared") === 0 : of("steps") + of("parted") === 0;
  return [
    ...some.map((name) => `${name}: ${of(name).toLocaleString("en-US")}.`),
    ...(isNothing ? [job === "coverage" ? "Nothing was compared." : "No step was taken."] : []),
  ];
}

function mutantFaults(results: Pick<Results, "items">): string[] {
  const all = mutantsOf(results);
  if (all.length === 0) return ["There was no mutant."];
  const sides = [...groupsOf(all, ({ side }) => side)];
  const low = sides.filter(([, mutants]) => isLow(mutants));
  const guards = all.filter(({ killedBy, isGuard }) => killedBy === null && isGuard);
  const open = all.filter(({ killedBy, reason }) => killedBy === null && reason === null);
  return [
    ...["spec", "reducer"]
      .filter((side) => !sides.some(([name]) => name === side))
      .map((side) => `There was no mutant of the side ${side}.`),
    ...low.map(([side, mutants]) => `Of the side ${side} ${scoreText(mutants)}, below the goal of ${100 * GOAL} %.`),
    ...(guards.length === 0 ? [] : [`The removal of ${guards.length} guards survives: ${names(guards)}.`]),
    ...(open.length === 0 ? [] : [`No reason is given for ${open.length} survivors: ${names(open)}.`]),
  ];
}

/** Whether too few of some mutants were killed. */
export function isLow(mutants: Parameters<typeof scoreOf>[0]): boolean {
  const { killed, total } = scoreOf(mutants);
  return killed < GOAL * total;
}

function scoreText(mutants: Parameters<typeof scoreOf>[0]): string {
  const { killed, total } = scoreOf(mutants);
  return `${killed} of ${total} were killed`;
}

function names(all: readonly { readonly id: string }[]): string {
  const shown = all.slice(0, 3).map(({ id }) => id);
  return [...shown, ...(all.length > shown.length ? ["…"] : [])].join(", ");
}

/** Why a model that was run is not as it should be; undefined where it is. */
export function modelFault({ run, purpose, notConformed }: Model, hasReducer: boolean): string | undefined {
  if (run === null) return undefined;
  const { conformance } = run;
  if (conformance !== null && conformance.mismatches > 0) {
    return `${run.words}; NOT in lockstep: ${conformance.mismatches.toLocaleString("en-US")} mismatches`;
  }
  if (!run.passed) return run.words;
  if (purpose !== "good" || !hasReducer || notConformed !== null) return undefined;
  if (conformance === null) return "it was not compared with the reducer, and no reason is given";
  const isEmpty = conformance.sound === 0 || conformance.complete === 0;
  return isEmpty ? "nothing of it was compared with the reducer" : undefined;
}

/** How the parts of the checks of a protocol stand, those alone that are not well, a few words each. */
export function standingOf(protocol: ProtocolReport): string[] {
  const { models, verified, hasReducer, sha256 } = protocol;
  const parts = [["verify", verified] as const, ...JOBS.map((job) => [job, protocol[job]] as const)].filter(
    ([name]) => hasReducer || name === "verify",
  );
  const of = (words: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`${words}: ${names.join(", ")}`];
  const those = (test: (part: { readonly sha256: string | null }) => boolean): string[] =>
    parts.flatMap(([name, part]) => (part !== null && test(part) ? [name] : []));
  const isUnknown = (of: string | null): boolean => of === null || sha256 === null;
  const failed = models.filter((model) => modelFault(model, hasReducer) !== undefined).map(({ cfg }) => cfg);
  const broken = JOBS.filter((job) => {
    const results = protocol[job];
    return results !== null && jobFaults(job, results).length > 0;
  });
  return [
    ...of("FAILED", [...failed, ...(verified?.faults ?? []), ...broken]),
    ...of(
      "not run",
      parts.flatMap(([name, part]) => (part === null ? [name] : [])),
    ),
    ...of(
      "out of date",
      those((part) => !isUnknown(part.sha256) && part.sha256 !== sha256),
    ),
    ...of(
      "perhaps out of date",
      those((part) => isUnknown(part.sha256)),
    ),
    ...of("models not run", verified === null ? [] : models.filter(({ run }) => run === null).map(({ cfg }) => cfg)),
  ];
}
