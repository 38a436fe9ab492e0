import { canonical } from "./canonical.ts";
import type { TlaState, TlaValue } from "./value.ts";

/**
 * A value in TLA+ that TLC reads back, given a module that extends TLC; it is the canonical text. What TLA+ cannot say
 * is beyond it: TLC's integers have 32 bits, and its parser takes a backquote in a string for the start of a comment.
 */
export function printValue(value: TlaValue): string {
  return canonical(value);
}

/** A state as TLC prints it, one conjunct a line, with its variables sorted. */
export function printState(state: TlaState): string {
  return Object.entries(state)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([variable, value]) => `/\\ ${variable} = ${printValue(value)}`)
    .join("\n");
}
