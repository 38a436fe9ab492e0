import type { Job } from "../faults.ts";
import type { Here } from "./site.ts";

/** The command that makes the results of a job, so that they are kept; undefined where there is nothing to run. */
export function jobCommand({ protocol }: Here, job: Job): string | undefined {
  const { named, hasReducer } = protocol;
  if (!hasReducer) return undefined;
  const { cfg = "CFG", campaigns = "N" } = protocol[job]?.settings ?? {};
  switch (job) {
    case "fuzz":
      return `lockstep fuzz --protocol ${named} --campaigns ${campaigns} --write`;
    case "coverage":
      return `lockstep fuzz --protocol ${named} --cfg ${cfg} --campaigns ${campaigns} --write`;
    default:
      return `lockstep ${job} --protocol ${named} --write`;
  }
}

/** The command that checks the models; one of ours is verified with all others. */
export function verifyCommand({ protocol }: Here): string {
  const { name, named, verified } = protocol;
  const only = name === named ? "" : ` --only ${named}`;
  const bounds = verified?.bounds === "full" ? " --bounds full" : "";
  return `lockstep verify${only}${bounds} --json results/verify.json`;
}
