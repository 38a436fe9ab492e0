import type { ReducerMutant } from "./mutant.ts";
import type { Killed } from "./scenes.ts";

/** What a layer found of one mutant. */
export interface Verdict {
  readonly killed?: Killed;
  /** Whether it was reached at all, or answered every call as the reducer does. */
  readonly how: "judged" | "alike" | "not reached";
  readonly seconds: number;
}

/** One kind of check, over the mutants that those before it left. */
export interface Layer {
  readonly name: string;
  /** Whatever its verdicts depend on, besides the mutant and the reducer's sources. */
  readonly key: string;
  /**
   * Judges them, and tells each verdict once it is there.
   *
   * @throws UserError (130) soon after the signal is aborted, and whatever keeps it from judging.
   */
  judge(mutants: readonly ReducerMutant[], tell: Tell, signal: AbortSignal): Promise<void>;
}

export type Tell = (mutant: ReducerMutant, verdict: Verdict) => Promise<void>;
