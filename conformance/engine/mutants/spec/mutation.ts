import type { Edit } from "./edit.ts";
import type { Site } from "./site.ts";

/** One change of a module. */
export interface Mutation {
  /** The name of the operator that makes it. */
  readonly operator: string;
  readonly edits: readonly Edit[];
  /** What was there, and what is there now, in the words of the module. */
  readonly was: string;
  readonly is: string;
  /** Whether it takes a condition away, so that more can happen. */
  readonly guard?: boolean;
}

/** All that one operator can change at one site. */
export type MutationOperator = (site: Site) => readonly Mutation[];
