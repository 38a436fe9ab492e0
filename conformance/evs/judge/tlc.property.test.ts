import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judge } from "./judge.ts";
import type { Specification } from "./specification.ts";
import { historyOf } from "./testing/histories.ts";
import { isOutside, isRepeated, Literal } from "./testing/literal.ts";
import { MUTATIONS, mutated } from "./testing/mutations.ts";
import { cutShort, interleaved, type Run, runOf } from "./testing/runs.ts";
import { soupOf } from "./testing/soup.ts";
import { STATED, violatedByTlc } from "./testing/tlc.ts";

const PROCESSES = ["p", "q", "r", "s", "z"];

/** Seconds as a rule, but it may be a busy machine. */
const LONG = 600_000;

function violated(run: Run, complete: boolean): Set<Specification> {
  const judging = judge({ complete });
  for (const event of run.events) judging.take(event);
  return new Set(judging.end().violations.flatMap(({ specifications }) => specifications));
}

/** What the judge waits for to the end of a recording, and the specification asks for at once (R9). */
const AT_ONCE: readonly Specification[] = ["1.3", "7.2"];

/** The judge's verdict, by what falls due when in the specification. */
function judged(run: Run): Set<Specification> {
  const [atOnce, due] = [violated(run, true), violated(run, false)];
  const names = [...STATED, "model" as const];
  return new Set(names.filter((name) => (AT_ONCE.includes(name) ? atOnce : due).has(name)));
}

/** What a cycle may be blamed on, the simplest first: the judge names one alone. */
const ORDERS: readonly Specification[] = ["1.1", "2.3", "2.4", "6.1", "6.2"];

const CONFIGURATIONS: readonly Specification[] = ["2.3", "2.4"];

const first = (found: ReadonlySet<Specification>): number => {
  const at = ORDERS.findIndex((name) => found.has(name));
  return at < 0 ? ORDERS.length : at;
};

/** Which of both verdicts was reached by both, for each specification. */
const verdicts = { kept: new Map<string, number>(), violated: new Map<string, number>() };

function count(name: string, isViolated: boolean): void {
  const map = isViolated ? verdicts.violated : verdicts.kept;
  map.set(name, (map.get(name) ?? 0) + 1);
}

/** Holds the judge against TLC, in what docs/judge.md does not say to be different. */
function compare(run: Run, tlc: ReadonlySet<Specification>): void {
  const own = judged(run);
  // Identifiers name configurations, or they do not, and then the two speak of different ones. And of members that
  // never were in the regular configuration before, the judge waits until they can no longer come.
  if (own.has("model") || tlc.has("model")) return;
  const agree = (name: Specification): void => {
    expect(own.has(name), name).toBe(tlc.has(name));
    count(name, tlc.has(name));
  };
  agree("2.2");
  if (isOutside(run)) return;
  // What is delivered before its own sender sends it is blamed on 1.3 by one, and on 1.1 by the other.
  if (!isRepeated(run) && new Literal(run).early()) return;
  // Where configurations have no order, it cannot be told what is due.
  if (CONFIGURATIONS.some((name) => own.has(name) || tlc.has(name))) {
    if (!own.has("1.3") && !tlc.has("1.3")) agreeOnOrder(own, tlc);
    return;
  }
  // Who goes on from what was never sent there finds what may be called by other numbers as well.
  if (own.has("1.3") || tlc.has("1.3")) {
    if (!isRepeated(run)) agree("1.3");
    return;
  }
  agree("1.4");
  if (isRepeated(run)) return;
  agreeOnOrder(own, tlc);
  // One cycle may hide another, and what 5 and 6.3 say is about messages that are ordered.
  const apart = ["1.2", "1.4", "2.2", ...ORDERS, ...(first(tlc) < ORDERS.length ? ["5", "6.3"] : [])];
  for (const name of STATED.filter((one) => !apart.includes(one))) agree(name);
}

/** Both find a cycle or none, and the judge names none that is simpler than the simplest. */
function agreeOnOrder(own: ReadonlySet<Specification>, tlc: ReadonlySet<Specification>): void {
  expect(first(own)).toBeGreaterThanOrEqual(first(tlc));
  expect(first(own) < ORDERS.length).toBe(first(tlc) < ORDERS.length);
  for (const name of ORDERS) count(name, tlc.has(name));
}

async function agreeOn(runs: readonly Run[]): Promise<void> {
  const tlc = await violatedByTlc(
    runs.map(({ events }) => historyOf(events, PROCESSES)),
    PROCESSES,
  );
  for (const [at, run] of runs.entries()) {
    try {
      compare(run, tlc[at] ?? new Set());
    } catch (error) {
      const events = run.events.map((event) => JSON.stringify(event)).join("\n");
      throw new Error(`TLC: ${[...(tlc[at] ?? [])].join()}\njudge: ${[...judged(run)].join()}\n${events}`, {
        cause: error,
      });
    }
  }
}

/** Without the deliveries that violate 1.3: nearly all that is drawn has some, and nothing else is asked then. */
function sentThere({ events, isComplete }: Run): Run {
  const at = new Map<string, string>();
  const placed = events.map((event) => {
    if (event.event === "configuration" && event.kind === "regular") at.set(event.process, event.id);
    const regular = event.event === "complete" ? "" : (at.get(event.process) ?? "");
    if (event.event === "send") return { event, is: `${regular} ${event.process} ${event.number}` };
    return event.event === "deliver" ? { event, is: `${regular} ${event.sender} ${event.number}` } : { event };
  });
  const sent = new Set(placed.filter(({ event }) => event.event === "send").map(({ is }) => is));
  const kept = placed.filter(({ event, is }) => event.event !== "deliver" || sent.has(is));
  return { events: kept.map(({ event }) => event), isComplete };
}

const choices = (maxLength: number) => fc.array(fc.nat(), { minLength: 5, maxLength, size: "max" });

describe("the judge and TLC, which evaluates the specifications over the same histories, say the same", () => {
  it(
    "of runs of the service, whole and cut short, as they are and with mutations",
    async () => {
      const names = fc.array(fc.constantFrom(...Object.keys(MUTATIONS)), { maxLength: 2 });
      const run = fc
        .tuple(fc.integer({ min: 2, max: 4 }), choices(60), names, fc.boolean(), fc.nat())
        .map(([processes, all, which, isCut, seed]) => {
          const mixed = mutated(runOf(processes, all, false), which, seed);
          if (mixed === undefined) return undefined;
          return isCut ? cutShort(interleaved(mixed, seed), seed) : interleaved(mixed, seed);
        });
      await agreeOn(fc.sample(run, { numRuns: 1_000, seed: 5 }).filter((one) => one !== undefined));
    },
    LONG,
  );

  it(
    "of events at random, of which some deliver only what was sent there",
    async () => {
      const soup = fc
        .tuple(fc.integer({ min: 2, max: 3 }), choices(25), fc.nat(), fc.nat(7))
        .map(([processes, all, seed, raw]) => {
          const run = interleaved(soupOf(processes, all, false), seed);
          return raw === 0 ? run : sentThere(run);
        });
      await agreeOn(fc.sample(soup, { numRuns: 2_000, seed: 5 }));
    },
    LONG,
  );

  it("with both verdicts of each specification", () => {
    const seldom = (map: ReadonlyMap<string, number>): string[] =>
      STATED.filter((name) => name !== "1.2" && (map.get(name) ?? 0) < 3);
    expect({ kept: seldom(verdicts.kept), violated: seldom(verdicts.violated) }).toEqual({ kept: [], violated: [] });
  });
});
