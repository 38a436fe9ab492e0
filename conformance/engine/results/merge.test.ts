import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { merge } from "./merge.ts";
import type { Results } from "./results.ts";

/** What a job over some numbers finds in a part of them: how many, their sum, their remainders, and each of them. */
function found(numbers: readonly number[], index: number, of: number): Results {
  const mine = numbers.filter((_, at) => at % of === index - 1);
  return {
    format: "lockstep-results",
    version: 1,
    kind: "fuzz",
    protocol: "numbers",
    sha256: "0",
    settings: { seed: 1, numbers: numbers.length },
    shard: { index, of },
    complete: true,
    counts: { sum: mine.reduce((sum, number) => sum + number, 0), tried: mine.length },
    sets: { remainders: [...new Set(mine.map((number) => String(number % 7)))].sort() },
    items: mine.map((number) => ({ id: `n${number}`, number })).sort((one, other) => (one.id < other.id ? -1 : 1)),
    seconds: mine.length,
  };
}

function parts(numbers: readonly number[], of: number): Results[] {
  return Array.from({ length: of }, (_, at) => found(numbers, at + 1, of));
}

describe("merge", () => {
  it("gives what the undivided job finds, in whatever order the parts come", () => {
    const numbers = fc.uniqueArray(fc.nat(1_000), { maxLength: 40 });
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 9 }), fc.infiniteStream(fc.nat()), (all, of, order) => {
        const shuffled = parts(all, of)
          .map((part) => ({ part, at: order.next().value }))
          .sort((one, other) => one.at - other.at)
          .map(({ part }) => part);
        expect(merge(shuffled)).toEqual(found(all, 1, 1));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  const three = parts([1, 2, 3, 4], 3);
  const [first, second, third] = three as [Results, Results, Results];
  it.each([
    ["nothing", [], "there is nothing to add up."],
    ["a part is missing", [first, third], "part 2 of 3 is missing."],
    ["a part comes twice", [first, second, second, third], "part 2 of 3 is there 2 times."],
    [
      "a part is of another seed",
      [first, { ...second, settings: { seed: 2, numbers: 4 } }, third],
      "part 2 of 3 (fuzz, numbers) is of another job.",
    ],
    [
      "a part is of another specification",
      [first, second, { ...third, sha256: "1" }],
      "part 3 of 3 (fuzz, numbers) is of another job.",
    ],
    [
      "parts were divided differently",
      [first, second, { ...third, shard: { index: 3, of: 4 } }],
      "part 3 of 4 (fuzz, numbers) is of another job.",
    ],
    ["a part was cut short", [first, { ...second, complete: false }, third], "part 2 of 3 was not done to its end."],
    ["two parts found the same", [first, { ...second, items: first.items }, third], "n1 was found by two parts."],
  ])("refuses to add up when %s", (_, some, because) => {
    const merged = merge(some);
    expect(merged).toMatchObject({ kind: "misfit" });
    expect("because" in merged && merged.because).toContain(because);
  });
});
