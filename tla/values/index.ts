/**
 * TLA+ values: the types, a reader of what TLC prints, and the canonical text that serves as a key. They need no
 * library and nothing of Node; ITF traces, which need both, are a subpath of their own.
 *
 * @module
 */
export { canonical, equal } from "./canonical.ts";
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
