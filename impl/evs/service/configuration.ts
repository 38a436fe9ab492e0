import type { Process } from "./config.ts";

/** A regular configuration. Disjoint ones may have one number; a process never uses a number twice. */
export interface Configuration {
  readonly number: number;
  readonly members: readonly Process[];
}

/** The transitional configuration between two regular ones, of those who come from the one and go into the other. */
export interface Transitional {
  readonly from: Configuration;
  readonly to: Configuration;
  readonly members: readonly Process[];
}

/** The name of a configuration: no two have the same. */
export function nameOf({ number, members }: Configuration): string {
  return `${number}:${members.join(",")}`;
}
