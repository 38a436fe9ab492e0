/** Which part of a job this is: the `index`th of `of`, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** One thing that was found or judged, under a name that no other has. */
export interface Item {
  readonly id: string;
  readonly [field: string]: unknown;
}

/**
 * What a job found, in a form in which the parts of a job add up to the whole: plain JSON, the same for every kind of
 * job, so that adding up needs to know none of them.
 */
export interface Results {
  readonly format: "lockstep-results";
  readonly version: 1;
  readonly kind: "fuzz" | "replay" | "mutants";
  readonly protocol: string;
  /** SHA-256 of what it was computed for: specification, reducer, and what binds them. */
  readonly sha256: string;
  /** Whatever decides what is done; the same for every part of a job. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly shard: Shard;
  /** Whether all of the part was done: what was interrupted, or is still under way, is no part that adds up. */
  readonly complete: boolean;
  /** What adds up. */
  readonly counts: Readonly<Record<string, number>>;
  /** What unites, each sorted. */
  readonly sets: Readonly<Record<string, readonly string[]>>;
  /** What stands beside each other, sorted by name; no two parts have the same. */
  readonly items: readonly Item[];
  /** How long it took, in seconds, the times of all parts added up. */
  readonly seconds: number;
}
