import type { Results } from "./shape.ts";
import { words } from "./words.ts";

/** One mutant, as far as its item tells. */
export interface Mutant {
  readonly id: string;
  readonly side: string;
  /** The layer that killed it; null for one that survived. */
  readonly killedBy: string | null;
  /** Why it survives, where somebody has said so. */
  readonly reason: string | null;
  /** What was changed, one line or several. */
  readonly diff: string;
  /** Whether it takes a guard away, the whole of it or a part. */
  readonly isGuard: boolean;
  /** What else its item says, by the names of its fields. */
  readonly more: Readonly<Record<string, string>>;
}

/** How many of some mutants were killed; those that survive for a stated reason are counted apart, never mixed in. */
export interface Score {
  readonly killed: number;
  readonly total: number;
  readonly reasoned: number;
}

export function mutantsOf({ items }: Pick<Results, "items">): Mutant[] {
  return items.map(({ id, side, killedBy, reason, diff, ...more }) => ({
    id,
    side: words(side),
    killedBy: typeof killedBy === "string" && killedBy !== "" ? killedBy : null,
    reason: typeof reason === "string" && reason !== "" ? reason : null,
    diff: words(diff),
    isGuard: more["guard"] === true,
    more: Object.fromEntries(Object.entries(more).map(([name, value]) => [name, words(value)])),
  }));
}

export function scoreOf(mutants: readonly Mutant[]): Score {
  return {
    killed: mutants.filter(({ killedBy }) => killedBy !== null).length,
    total: mutants.length,
    reasoned: mutants.filter(({ killedBy, reason }) => killedBy === null && reason !== null).length,
  };
}
