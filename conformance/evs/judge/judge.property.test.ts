import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judge, type Verdict } from "./judge.ts";
import { SPECIFICATIONS, type Specification } from "./specification.ts";
import { Literal } from "./testing/literal.ts";
import { MUTATIONS, mutated } from "./testing/mutations.ts";
import { cutShort, interleaved, type Run, runOf } from "./testing/runs.ts";

function verdictOf({ events, isComplete }: Run): Verdict {
  const judging = judge({ complete: isComplete });
  for (const event of events) judging.take(event);
  return judging.end();
}

function violated({ violations }: Verdict): Set<Specification> {
  return new Set(violations.flatMap(({ specifications }) => specifications));
}

const choices = (maxLength: number) => fc.array(fc.nat(), { minLength: 5, maxLength, size: "max" });

describe("runs of the service", () => {
  it("are accepted, complete, cut short, and with the processes in any order", () => {
    const compared = Object.fromEntries(SPECIFICATIONS.map((name) => [name, 0])) as Record<Specification, number>;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        choices(400),
        fc.boolean(),
        fc.nat(),
        (count, all, isComplete, seed) => {
          const run = runOf(count, all, isComplete);
          for (const one of [run, interleaved(run, seed), cutShort(interleaved(run, seed), seed)]) {
            const verdict = verdictOf(one);
            expect(verdict.violations).toEqual([]);
            for (const name of SPECIFICATIONS) compared[name] += verdict.compared[name];
          }
        },
      ),
      { numRuns: 300, seed: 5 },
    );
    console.log(compared);
  });
});

describe("the judge", () => {
  it("finds in a run with mutations what the specifications say, read over all pairs and triples of events", () => {
    const verdicts = new Map<string, number>();
    const names = fc.array(fc.constantFrom(...Object.keys(MUTATIONS)), { maxLength: 2 });
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 4 }),
        choices(90),
        names,
        fc.boolean(),
        fc.nat(),
        (count, all, which, isComplete, seed) => {
          const run = mutated(runOf(count, all, isComplete), which, seed);
          if (run === undefined) return;
          const one = interleaved(run, seed);
          const found = violated(verdictOf(one));
          if (["1.4", "2.2", "model"].some((name) => found.has(name as Specification))) return;
          const literal = new Literal(one).violated();
          const key = [...literal].sort().join(" ");
          verdicts.set(key, (verdicts.get(key) ?? 0) + 1);
          // Where there is no order, 6.3 speaks of none.
          if (literal.has("6.2") && literal.has("6.3")) found.add("6.3");
          expect([...found].sort()).toEqual([...literal].sort());
        },
      ),
      { numRuns: 3000, seed: 5 },
    );
    console.log(verdicts);
  });
});
