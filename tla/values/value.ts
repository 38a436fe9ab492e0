/**
 * A TLA+ value in the shapes of the Informal Trace Format (Apalache ADR-015): booleans and strings as JSON has them,
 * integers as `{ "#bigint": "…" }`, tuples and sequences as `{ "#tup": […] }`, sets as `{ "#set": […] }`, functions
 * as `{ "#map": [[argument, value], …] }`, records as JSON objects. Two things are our own: integers that are safe in
 * JSON may be plain numbers, and a model value of TLC is `{ "#model": "name" }`, which ITF has no shape for.
 */
export type TlaValue = boolean | number | string | TlaBigInt | TlaModelValue | TlaTuple | TlaSet | TlaMap | TlaRecord;

/** An integer in decimal digits. */
export interface TlaBigInt {
  readonly "#bigint": string;
}

/** A model value of TLC, by its name. */
export interface TlaModelValue {
  readonly "#model": string;
}

/** A tuple or sequence. */
export interface TlaTuple {
  readonly "#tup": readonly TlaValue[];
}

/** A set; neither order nor repetition matters. */
export interface TlaSet {
  readonly "#set": readonly TlaValue[];
}

/** A function as pairs of argument and value. Of two pairs with one argument the first counts, as with `@@`. */
export interface TlaMap {
  readonly "#map": readonly (readonly [TlaValue, TlaValue])[];
}

/** A record; its field names never start with `#`, since TLA+ identifiers cannot. */
export interface TlaRecord {
  readonly [field: string]: TlaValue;
}

/** The value of each variable of a module. */
export type TlaState = Readonly<Record<string, TlaValue>>;

/** Values nest no deeper than this, so that a hostile one is an error and not an exhausted stack. */
export const MAX_DEPTH = 256;

/** Whether a value is an integer beyond what JSON holds safely. */
export function isBigInt(value: TlaValue): value is TlaBigInt {
  return has(value, "#bigint");
}

/** Whether a value is a model value. */
export function isModelValue(value: TlaValue): value is TlaModelValue {
  return has(value, "#model");
}

/** Whether a value is a tuple or sequence. */
export function isTuple(value: TlaValue): value is TlaTuple {
  return has(value, "#tup");
}

/** Whether a value is a set. */
export function isSet(value: TlaValue): value is TlaSet {
  return has(value, "#set");
}

/** Whether a value is a function given by pairs. */
export function isMap(value: TlaValue): value is TlaMap {
  return has(value, "#map");
}

/** Whether a text can be a field of a record that TLC reads; other texts are arguments of functions only. */
export function isFieldName(text: string): boolean {
  return FIELD_NAME.test(text) && !RESERVED.has(text);
}

const FIELD_NAME = /^(?!WF_|SF_)\w*[A-Za-z]\w*$/;

/** TLC prints these as fields, too, but its parser takes them only as the first field of a record, or not at all. */
const RESERVED: ReadonlySet<string> = new Set(
  `ACTION ASSUME ASSUMPTION AXIOM BOOLEAN BY CASE CHOOSE CONSTANT CONSTANTS COROLLARY DEF DEFINE DEFS DOMAIN ELSE
  ENABLED EXCEPT EXTENDS FALSE HAVE HIDE IF IN INSTANCE LAMBDA LEMMA LET LOCAL MODULE NEW OBVIOUS OMITTED ONLY OTHER
  PICK PROOF PROPOSITION PROVE QED RECURSIVE STATE STRING SUBSET SUFFICES TAKE TEMPORAL THEN THEOREM TRUE UNCHANGED
  UNION USE VARIABLE VARIABLES WITH WITNESS`.split(/\s+/),
);

// Own properties only: a field of a record may be called `__proto__` or `constructor`.
function has(value: TlaValue, tag: string): boolean {
  return typeof value === "object" && Object.hasOwn(value, tag);
}
