import type { TlaState, TlaValue } from "../../tla/values/value.ts";

/** What became of one move: the world after it, or the conjunct that refused it. */
export type Tried<W> =
  | { readonly kind: "took"; readonly world: W }
  | { readonly kind: "refused"; readonly because: string };

/**
 * A protocol closed into a finite world: nodes, network, failures, adversary. It calls the same `step` that a runtime
 * calls. Worlds and moves are plain JSON.
 */
export interface ClosedSystem<W, M> {
  initials(): Iterable<W>;
  /**
   * The whole parameter domain at this world: every move that the specification's actions and parameters can name,
   * whether it is enabled or not. What is refused counts as much as what is taken.
   */
  moves(world: W): Iterable<M>;
  /** Tries a move. A refused move leaves the world as it was. */
  apply(world: W, move: M): Tried<W>;
}

/** An action of the specification; arguments are given where a newer TLC can label them, and compared only then. */
export interface SpecAction {
  readonly name: string;
  readonly args?: readonly TlaValue[];
}

/** Projects a closed system onto a specification. */
export interface Refinement<W, M> {
  /** The module whose graph is compared, for instance `MCWackamole`. */
  readonly module: string;
  /** Every action of the specification's next-state relation, by name. */
  readonly actions: readonly string[];
  /** The specification's variables, all of them, at this world. */
  view(world: W): TlaState;
  /** The specification's actions that a move is: one as a rule, `[]` for a stutter, several where they compose. */
  moved(before: W, move: M): readonly SpecAction[];
}

/** Something that must hold of every world. */
export interface Invariant<W> {
  readonly name: string;
  holds(world: W): boolean;
}

/** Something that must hold of every step, whatever the move: an action property `[][...]_vars`. */
export interface StepProperty<W> {
  readonly name: string;
  holds(before: W, after: W): boolean;
}

/** The properties of a specification once more, over worlds and by the same names, for runs too large for TLC. */
export interface Properties<W> {
  readonly invariants: readonly Invariant<W>[];
  readonly steps: readonly StepProperty<W>[];
  /** What must hold once nothing is left to happen but faults: what the liveness properties come to. */
  readonly atRest: readonly Invariant<W>[];
}
