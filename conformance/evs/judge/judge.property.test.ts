import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judge, type Verdict } from "./judge.ts";
import { SPECIFICATIONS, type Specification } from "./specification.ts";
import { cutShort, interleaved, type Run, runOf } from "./testing/runs.ts";

export function verdictOf({ events, isComplete }: Run): Verdict {
  const judging = judge({ complete: isComplete });
  for (const event of events) judging.take(event);
  return judging.end();
}

const choices = fc.array(fc.nat(), { minLength: 5, maxLength: 250 });
const processes = fc.integer({ min: 1, max: 5 });

describe("runs of the service", () => {
  it("are accepted, complete, cut short, and with the processes in any order", () => {
    const compared = Object.fromEntries(SPECIFICATIONS.map((name) => [name, 0])) as Record<Specification, number>;
    fc.assert(
      fc.property(processes, choices, fc.boolean(), fc.nat(), (count, all, isComplete, seed) => {
        const run = runOf(count, all, isComplete);
        for (const one of [run, interleaved(run, seed), cutShort(interleaved(run, seed), seed)]) {
          const verdict = verdictOf(one);
          expect(verdict.violations).toEqual([]);
          for (const name of SPECIFICATIONS) compared[name] += verdict.compared[name];
        }
      }),
      { numRuns: 300, seed: 5 },
    );
    console.log(compared);
  });
});
