import { availableParallelism } from "node:os";
import { resolveJar } from "../tla/tlc/index.ts";
import { SIMULATION_SEED } from "./run-model.ts";
import type { Verdict } from "./verify-model.ts";

/** What models were checked with: enough to do the same again. */
export interface Tools {
  /** What TLC calls itself. */
  readonly tlc: string;
  /** SHA-256 of the jar that TLC is in, in hexadecimal. */
  readonly jarSha256: string;
  /** TLC's worker threads for the models that must hold; the others have one each. */
  readonly workers: number;
  /** The seed of what is simulated. */
  readonly seed: number;
}

export async function toolsOf(verdicts: readonly Verdict[], workers: number | undefined): Promise<Tools> {
  const tlc = [...new Set(verdicts.map((verdict) => verdict.tlc.version).filter((version) => version !== ""))];
  const { sha256: jarSha256 } = await resolveJar(process.env);
  return {
    tlc: tlc.join(", ") || "unknown",
    jarSha256,
    workers: workers ?? availableParallelism(),
    seed: SIMULATION_SEED,
  };
}
