/**
 * A TLA+ value in the shapes of the Informal Trace Format (Apalache ADR-015): booleans and strings as JSON has them,
 * integers as `{ "#bigint": "…" }`, tuples and sequences as `{ "#tup": […] }`, sets as `{ "#set": […] }`, functions
 * as `{ "#map": [[argument, value], …] }`, records as JSON objects. Two things are our own: integers that are safe in
 * JSON may be plain numbers, and a model value of TLC is `{ "#model": "name" }`, which ITF has no shape for.
 */
export type TlaValue =
  | boolean
  | number
  | string
  | { readonly "#bigint": string }
  | { readonly "#model": string }
  | { readonly "#tup": readonly TlaValue[] }
  | { readonly "#set": readonly TlaValue[] }
  | { readonly "#map": readonly (readonly [TlaValue, TlaValue])[] }
  | TlaRecord;

/** A record; its field names never start with `#`, since TLA+ identifiers cannot. */
export interface TlaRecord {
  readonly [field: string]: TlaValue;
}

/** The value of each variable of a module. */
export type TlaState = Readonly<Record<string, TlaValue>>;
