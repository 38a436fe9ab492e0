import { canonical } from "../../tla/values/canonical.ts";
import { isBigInt, isMap, isModelValue, isSet, isTuple, type TlaState, type TlaValue } from "../../tla/values/value.ts";

/** One place where two states differ: a TLA+ expression, and its value in either, absent where it has none there. */
export interface Difference {
  readonly at: string;
  readonly expected?: string;
  readonly got?: string;
}

/** Where two states differ, as deep inside as can be said: variables, fields, arguments, indices, members. */
export function differences(expected: TlaState, got: TlaState): readonly Difference[] {
  return between(new Map(Object.entries(expected)), new Map(Object.entries(got)), (name) => name);
}

type Entries = ReadonlyMap<string, TlaValue>;

function between(expected: Entries, got: Entries, at: (argument: string) => string): Difference[] {
  return [...new Set([...expected.keys(), ...got.keys()])].flatMap((argument) =>
    inside(at(argument), expected.get(argument), got.get(argument)),
  );
}

function inside(at: string, expected: TlaValue | undefined, got: TlaValue | undefined): readonly Difference[] {
  if (expected === undefined) return got === undefined ? [] : [{ at, got: canonical(got) }];
  if (got === undefined) return [{ at, expected: canonical(expected) }];
  if (canonical(expected) === canonical(got)) return [];
  if (isSet(expected) && isSet(got)) return members(at, expected["#set"], got["#set"]);
  const [from, to] = [entries(expected), entries(got)];
  if (from !== undefined && to !== undefined) return between(from, to, (argument) => applied(at, argument));
  return [{ at, expected: canonical(expected), got: canonical(got) }];
}

function members(at: string, expected: readonly TlaValue[], got: readonly TlaValue[]): readonly Difference[] {
  const [ours, theirs] = [new Set(expected.map(canonical)), new Set(got.map(canonical))];
  return [
    ...[...ours]
      .filter((text) => !theirs.has(text))
      .map((text) => ({ at: `${text} \\in ${at}`, expected: "TRUE", got: "FALSE" })),
    ...[...theirs]
      .filter((text) => !ours.has(text))
      .map((text) => ({ at: `${text} \\in ${at}`, expected: "FALSE", got: "TRUE" })),
  ];
}

/** A function, a tuple or a record by the texts of its arguments; in TLA+ the three are one. */
function entries(value: TlaValue): Entries | undefined {
  if (typeof value !== "object" || isSet(value) || isBigInt(value) || isModelValue(value)) return undefined;
  if (isTuple(value)) return new Map(value["#tup"].map((item, index) => [String(index + 1), item]));
  if (isMap(value)) return new Map(value["#map"].map(([argument, result]) => [canonical(argument), result]));
  return new Map(Object.entries(value).map(([field, result]) => [canonical(field), result]));
}

/** `f["a"]` reads better as the `f.a` that it is. */
function applied(at: string, argument: string): string {
  const field = /^"([A-Za-z_]\w*)"$/.exec(argument);
  return field === null ? `${at}[${argument}]` : `${at}.${field[1]}`;
}
