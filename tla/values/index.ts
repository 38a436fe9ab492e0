/**
 * TLA+ values: the types, a reader of what TLC prints, the canonical text that serves as a key, and ITF traces.
 *
 * @module
 */
export { canonical, equal } from "./canonical.ts";
export { fromItf, type ItfState, type ItfTrace, loadItf, readItf, toItf, writeItf } from "./itf.ts";
export { parseState, parseValue, parseValues } from "./parse.ts";
export { printState, printValue } from "./print.ts";
export type {
  TlaBigInt,
  TlaMap,
  TlaModelValue,
  TlaRecord,
  TlaSet,
  TlaState,
  TlaTuple,
  TlaValue,
} from "./value.ts";
export { isBigInt, isFieldName, isMap, isModelValue, isSet, isTuple, MAX_DEPTH } from "./value.ts";
