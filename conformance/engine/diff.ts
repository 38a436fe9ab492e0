import { changes } from "../../tla/trace/index.ts";
import { printValue } from "../../tla/values/print.ts";
import type { TlaState } from "../../tla/values/value.ts";

/** One place where two states differ: a TLA+ expression, and its value in either, absent where it has none there. */
export interface Difference {
  readonly at: string;
  readonly expected?: string;
  readonly got?: string;
}

/** Where two states differ, as deep inside as can be said: variables, fields, arguments, indices, members. */
export function differences(expected: TlaState, got: TlaState): readonly Difference[] {
  return changes(expected, got).map(({ place, before, after }) => ({
    at: place,
    ...(before === undefined ? {} : { expected: printValue(before) }),
    ...(after === undefined ? {} : { got: printValue(after) }),
  }));
}
