import type { TlaState } from "../../tla/values/value.ts";
import type { SpecAction } from "./contract.ts";
import type { Difference } from "./diff.ts";

/** The three claims, reported apart. */
export type ClaimName = "sound" | "complete" | "refusals";

/** How often a claim was put to the test, and how often it was false. */
export interface Count {
  readonly compared: number;
  readonly mismatches: number;
}

/** A claim, in all and for each action of the specification. */
export interface Claim extends Count {
  readonly actions: Readonly<Record<string, Count>>;
}

/**
 * What kind of disagreement a mismatch is:
 * - sound: `initial-extra` an initial world shows a state that is not initial in the graph; `successor` a move was taken
 *   and landed where no edge with its label leads; `label` it landed where only edges with another label lead;
 *   `stutter` a move said to change nothing changed the view; `unknown-action` a move was mapped to an action that the
 *   refinement does not name; `threw` the system or the refinement threw; `mutated` a move taken changed the world that
 *   it was tried at;
 * - complete: `initial-missing` no initial world shows an initial state of the graph; `missing` no move from a world
 *   takes an edge of the state that it shows;
 * - refusals: `not-refused` a move was taken although the graph does not enable its action; `mutated` a move was
 *   refused and yet changed the world.
 */
export type MismatchKind =
  | "initial-extra"
  | "successor"
  | "label"
  | "stutter"
  | "unknown-action"
  | "threw"
  | "mutated"
  | "initial-missing"
  | "missing"
  | "not-refused";

/** One disagreement. The first ones kept of a kind are those with the shortest paths. */
export interface Mismatch<M> {
  readonly claim: ClaimName;
  readonly kind: MismatchKind;
  /** One sentence. */
  readonly says: string;
  /** Which initial world the path begins at, counted from 0. */
  readonly initial: number;
  /** The moves from the initial world to the world at which the disagreement shows. */
  readonly path: readonly M[];
  /** The state that this world shows. */
  readonly state?: TlaState;
  /** The move that disagrees, where it is a move that does. */
  readonly move?: M;
  /** The actions that the move is mapped to, or the one action of the edge that no move takes. */
  readonly actions: readonly SpecAction[];
  /** What the graph has: the nearest, where it has several. */
  readonly expected?: TlaState;
  /** What the closed system has. */
  readonly got?: TlaState;
  /** Where expected and got differ. */
  readonly differences: readonly Difference[];
  /** The tried moves of the action that were refused here, each with the conjunct that refused. */
  readonly refused: readonly { readonly move: M; readonly because: string }[];
  /** What the graph enables here, nearest to what the closed system has first. */
  readonly enabled: readonly { readonly action: SpecAction; readonly differences: number }[];
  /** One line that reproduces it. */
  readonly reproduce: string;
}

/** What comparing a closed system with the graph of its specification came to. */
export interface ConformanceReport<M> {
  readonly module: string;
  /** No mismatch and no fault. */
  readonly passed: boolean;
  /** Why the run as a whole is no pass, beside its mismatches: one sentence each. */
  readonly faults: readonly string[];
  readonly worlds: number;
  readonly depth: number;
  /** States of the graph that a world shows, and those that only composed moves pass through. */
  readonly states: { readonly reached: number; readonly passedThrough: number; readonly of: number };
  /** Edges of the graph that some move takes. */
  readonly edges: { readonly taken: number; readonly of: number };
  /** Each move taken, where the graph enables its action. */
  readonly sound: Claim & { readonly stutters: number };
  /** Each edge, at each world that shows its source. */
  readonly complete: Claim;
  /**
   * Each move tried where the graph does not enable its action. `undecided`: moves refused where the graph enables the
   * action, perhaps with other arguments; completeness decides those. `untried`: how often an action was not enabled at
   * a world and no move tried it there.
   */
  readonly refusals: Claim & { readonly undecided: number; readonly untried: number };
  /** Actions that the refinement names and no move took soundly. */
  readonly neverTaken: readonly string[];
  /** Actions that the refinement names and that never had to be refused, so that their guards were not tested. */
  readonly neverRefused: readonly string[];
  readonly mismatches: readonly Mismatch<M>[];
  readonly seconds: number;
}
