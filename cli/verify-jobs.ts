import type { Results } from "../conformance/engine/index.ts";
import { jobFaults } from "../report/index.ts";
import { keptResults } from "./kept-results.ts";

/** The jobs that `verify` does not run, since they take long; what they found before is kept. */
export const jobKinds = ["fuzz", "mutants"] as const;

export type Jobs = Readonly<Partial<Record<(typeof jobKinds)[number], Results>>>;

/** What is kept of a protocol in the folder of its results. */
export async function jobsIn(folder: string, protocol: string): Promise<Jobs> {
  const fuzz = await keptResults(folder, protocol, "fuzz");
  const mutants = await keptResults(folder, protocol, "mutants");
  return { ...(fuzz === undefined ? {} : { fuzz }), ...(mutants === undefined ? {} : { mutants }) };
}

/** What is wrong with it, one sentence each. */
export function faultsOfJobs(jobs: Jobs): string[] {
  return jobKinds.flatMap((kind) => {
    const results = jobs[kind];
    return results === undefined ? [] : jobFaults(kind, results).map((words) => `${kind}: ${words}`);
  });
}
