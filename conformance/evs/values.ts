import { canonical } from "../../tla/values/canonical.ts";
import { isBigInt, isMap, isSet, isTuple, type TlaRecord, type TlaValue } from "../../tla/values/value.ts";

// Parts of values, for worlds that are made from states of TLC's. Each throws a TypeError where there is no such part.

/** A function as pairs; a record is one on strings, and the empty sequence the empty one. */
export function pairs(value: TlaValue | undefined): readonly (readonly [TlaValue, TlaValue])[] {
  if (typeof value !== "object") return wrong("a function", value);
  if (isMap(value)) return value["#map"];
  if (isTuple(value)) return value["#tup"].map((one, at) => [at + 1, one]);
  return Object.entries(value as TlaRecord);
}

export function field(value: TlaValue | undefined, name: string): TlaValue {
  return pairs(value).find(([argument]) => argument === name)?.[1] ?? wrong(`something with ${name}`, value);
}

export function elements(value: TlaValue | undefined): readonly TlaValue[] {
  if (value !== undefined && isSet(value)) return value["#set"];
  return value !== undefined && isTuple(value) ? value["#tup"] : wrong("a set or a sequence", value);
}

export function text(value: TlaValue | undefined): string {
  return typeof value === "string" ? value : wrong("a string", value);
}

/** Traces that are read from files may have numbers as digits. */
export function number(value: TlaValue | undefined): number {
  if (typeof value === "number") return value;
  return typeof value === "object" && isBigInt(value) ? Number(value["#bigint"]) : wrong("a number", value);
}

export function wrong(what: string, value: TlaValue | undefined): never {
  throw new TypeError(`expected ${what}, got ${value === undefined ? "nothing" : canonical(value)}`);
}
