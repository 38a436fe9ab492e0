import type { Arbitrary } from "fast-check";
import type { ClosedSystem, Properties, Refinement } from "../contract.ts";
import type { Dice } from "./dice.ts";

/** A kind of move, as runs are made of them. */
export interface Kind {
  readonly name: string;
  /** How often it is chosen beside the others: a whole number, at least 1. */
  readonly weight: number;
  /** Whether a run may do without it. What is no fault may become slow, and never stops. */
  readonly fault: boolean;
}

/** A closed system of some size, and how to drive it without trying every move that there is. */
export interface Cluster<W, M> {
  readonly system: ClosedSystem<W, M>;
  readonly refinement: Refinement<W, M>;
  readonly properties: Properties<W>;
  /** Some initial world. */
  start(dice: Dice): W;
  /** Moves of a kind to be tried one after another; the first that is taken is the step. */
  pick(world: W, kind: string, dice: Dice): Iterable<M>;
  /** Moves on the way to rest, without faults, tried like those; the world is at rest where none is taken. */
  settle(world: W): Iterable<M>;
  /** Whether no move changes this world any more, so that there is little to see in going on. */
  isOver(world: W): boolean;
  /** Whether something that came from outside is a move that the system can try at this world. */
  has(world: W, move: unknown): boolean;
  /** What is worth seeing about a step that was taken: names from a set that is small beside that of all steps. */
  features(before: W, move: M, after: W): readonly string[];
}

/**
 * What a protocol supplies to be fuzzed: clusters of many sizes. `S` are the settings of one, plain JSON, and the
 * arbitrary can shrink and recognise them without knowing where they came from (so it maps and filters nothing).
 */
export interface FuzzTarget<S, W, M> {
  readonly kinds: readonly Kind[];
  readonly settings: Arbitrary<S>;
  open(settings: S): Cluster<W, M>;
}
