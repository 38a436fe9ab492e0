import { expect, it } from "vitest";
import type { TlaState } from "../../tla/values/value.ts";
import { flagged } from "./replay-flags.ts";

const properties = {
  invariants: [
    { name: "Small", holds: (n: number) => n < 4 },
    { name: "Natural", holds: (n: number) => n >= 0 },
  ],
  steps: [{ name: "Grows", holds: (before: number, after: number) => after >= before }],
};
const restore = ({ n }: TlaState): number => Number(n);
const states = (...numbers: number[]): TlaState[] => numbers.map((n) => ({ n }));

it("flags each property at the first state, or the first step's second state, at which it fails", () => {
  expect(flagged(properties, restore, states(1, 4, 3, 9))).toEqual([
    { property: "Small", at: 1 },
    { property: "Grows", at: 2 },
  ]);
});

it("flags an initial state, and no step where there is none", () => {
  expect(flagged(properties, restore, states(5))).toEqual([{ property: "Small", at: 0 }]);
  expect(flagged(properties, restore, states(0, 1, 2))).toEqual([]);
});
