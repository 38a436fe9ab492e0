import { describe, expect, it } from "vitest";
import { type Counter, counter, graphOf, parts } from "../testing/counter.ts";
import { headerLine, readVectors, vectorLines } from "./format.ts";
import { kitSource } from "./source.ts";
import { tableOf } from "./table.ts";
import { type Recorded, type Step, tallied, type Vectors } from "./vectors.ts";

const kit = kitSource(parts);
const limit = 3;

function recorded(source = kit, ...cfgs: string[]): Recorded {
  const vectors = source.record(cfgs.length === 0 ? [String(limit)] : cfgs);
  if (typeof vectors === "string") throw new Error(vectors);
  return vectors;
}

/** Whether vectors suffice to take every edge of the counter's graph. */
function covers(vectors: Vectors): boolean {
  const report = kit.conform(vectors, String(limit), graphOf(limit));
  if (typeof report === "string") throw new Error(report);
  return report.passed && report.edges.taken === report.edges.of;
}

describe("vectors of a reducer", () => {
  it("tell each call once: every event in every state, and how a node starts", () => {
    const vectors = recorded();
    expect(vectors.configs).toEqual([{ limit }]);
    expect(vectors.states).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }, { n: 3 }]);
    expect(vectors.initials).toEqual([{ config: 0, outcome: { state: 0, effects: ["begin"] } }]);
    expect(vectors.steps).toHaveLength(4 * 4);
    expect(new Set(vectors.steps.map(({ state, event }) => `${state} ${event}`)).size).toBe(4 * 4);
    expect(tallied(vectors)).toEqual({
      took: { Reset: 1, Up: 3 },
      refused: { Malformed: { WellFormed: 8 }, Reset: { AtLimit: 3 }, Up: { BelowLimit: 1 } },
    });
  });

  it("of several configurations stand in one kit, each with what comes to its nodes", () => {
    const vectors = recorded(kit, "1", "2");
    expect(vectors.configs).toEqual([{ limit: 1 }, { limit: 2 }]);
    expect(vectors.steps.map(({ config }) => config).filter((config) => config === 0)).toHaveLength(2 * 4);
    expect(kit.record(["1", "none"])).toBe("LIMIT = none");
  });

  it("follow what is offered besides beyond the closed system, and there offer what was ever taken", () => {
    const wider = kitSource({ ...parts, reducer: skipping, besides: () => ["skip", "down"] });
    const { states, steps, events } = recorded(wider);
    expect(states).toContainEqual({ n: 10 });
    const there = steps.filter(({ state }) => state === states.findIndex((one) => JSON.stringify(one) === '{"n":10}'));
    expect(there.map(({ event }) => events[event]).sort()).toEqual(["reset", "skip", "up"]);
  });

  it("begin with those that the walk asks", () => {
    const { walked, steps, events } = recorded();
    const asked = (some: readonly Step[]): unknown[] => [...new Set(some.map(({ event }) => events[event]))].sort();
    expect(asked(steps.slice(0, walked))).toEqual(["reset", "up"]);
    expect(steps.length).toBeGreaterThan(walked);
  });

  it("tell of nodes apart from the closed systems, which fill no gap", () => {
    const node = { config: { limit: 1 }, events: ["up", "reset"] as const };
    const vectors = recorded(kitSource({ ...parts, apart: [node] }), "3");
    expect(vectors.configs).toEqual([{ limit: 3 }, { limit: 1 }]);
    expect(vectors.steps.filter(({ config }) => config === 1)).toHaveLength(2 * 4);
    const apart = kitSource({ ...parts, apart: [node] });
    const steps = vectors.steps.filter(({ config, outcome }) => config === 1 || outcome.action !== "Reset");
    expect(kit.gaps({ ...vectors, steps })).toEqual([]);
    expect(apart.gaps({ ...vectors, steps })).toContain("no vector has Reset taken");
  });

  it("offer what there is too much of in the state that a node starts in alone", () => {
    const { steps, events } = recorded(kitSource({ ...parts, atStart: () => ["many", "more"] }));
    const offered = steps.filter(({ event }) => ["many", "more"].includes(String(events[event])));
    expect(offered.map(({ state }) => state)).toEqual([0, 0]);
  });

  it("are the same bytes each time", () => {
    expect(vectorLines(recorded())).toEqual(vectorLines(recorded()));
  });

  it("are refused where the reducer throws", () => {
    const broken = kitSource({ ...parts, reducer: { ...counter, step: () => fail() } });
    expect(() => broken.record(["3"])).toThrow("The closed system is not sound: no.");
  });
});

describe("what a kit covers", () => {
  it("is every edge of the graph, shown by a reducer that knows the vectors alone", () => {
    expect(covers(recorded())).toBe(true);
    expect(covers(readVectors(vectorLines(recorded())))).toBe(true);
  });

  it("is less without any one of the vectors that the walk needs, and not without the others", () => {
    const vectors = recorded();
    const without = (left: Step): Vectors => ({ ...vectors, steps: vectors.steps.filter((step) => step !== left) });
    for (const step of vectors.steps) {
      const asked = ["up", "reset"].includes(String(vectors.events[step.event]));
      expect([step, covers(without(step))]).toEqual([step, !asked]);
    }
    expect(covers({ ...vectors, initials: [] })).toBe(false);
  });

  it("is not the graph of another specification", () => {
    const report = kit.conform(recorded(), String(limit), graphOf(limit + 1));
    expect(report).toMatchObject({ passed: false });
  });

  it("has a gap for each answer without a vector, and for each answer that was not said to be possible", () => {
    const vectors = recorded();
    expect(kit.gaps(vectors)).toEqual([]);
    for (const [answer, gap] of [
      [{ kind: "took", action: "Reset" }, "no vector has Reset taken"],
      [{ kind: "refused", because: "BelowLimit" }, "no vector has Up refused because of BelowLimit"],
      [{ because: "WellFormed" }, "no vector has Malformed refused because of WellFormed"],
    ] as const) {
      const isIt = ({ outcome }: Step): boolean => expect.objectContaining(answer).asymmetricMatch(outcome);
      const steps = vectors.steps.filter((step) => !isIt(step));
      expect(steps.length).toBeLessThan(vectors.steps.length);
      expect(kit.gaps({ ...vectors, steps })).toEqual([gap]);
    }
    expect(kit.gaps({ ...vectors, initials: [] })).toEqual(["no vector tells how a node with configuration 0 starts"]);
    const skips = recorded(kitSource({ ...parts, reducer: skipping, besides: () => ["skip", "down"] }));
    const narrow = kitSource({ ...parts, answers: { ...parts.answers, Up: { taken: true, refusedFor: [] } } });
    expect(narrow.gaps(skips)).toEqual(["Up refused because of BelowLimit is not said to be possible"]);
  });

  it("throws, as a reducer, where it is asked what no vector tells", () => {
    const table = tableOf(recorded());
    expect(table.step({ limit }, { n: 1 }, "up")).toEqual({
      kind: "took",
      action: "Up",
      state: { n: 2 },
      effects: ["at 2"],
    });
    expect(() => table.step({ limit }, { n: 7 }, "up")).toThrow("no vector tells");
    expect(() => table.step({ limit }, { n: 1 }, "sideways")).toThrow("no vector tells");
    expect(() => table.initial({ limit: 9 })).toThrow("no vector tells");
  });
});

describe("the lines of a kit", () => {
  it("read back as what they were written from", () => {
    const { walked, ...vectors } = recorded();
    expect(walked).toBeGreaterThan(0);
    expect(readVectors(vectorLines(vectors))).toEqual({
      ...vectors,
      initials: vectors.initials.map((one) => ({ kind: "initial", ...one })),
      steps: vectors.steps.map((one) => ({ kind: "step", ...one })),
    });
  });

  it("begin with the counts of what follows", () => {
    const vectors = recorded();
    const header = headerLine({ protocol: "counter", graphs: [], ...tallied(vectors) }, vectors);
    expect(JSON.parse(header)).toMatchObject({
      ...{ kind: "header", format: "lockstep-kit", version: 1, protocol: "counter" },
      lines: { config: 1, event: 4, state: 4, initial: 1, step: 16 },
    });
  });

  it("are refused with their number where one is none", () => {
    const lines = vectorLines(recorded());
    for (const line of ['{"kind":"state"}', '{"kind":"step","config":-1}', '"state"', '{"kind":"other"}']) {
      expect(() => readVectors([...lines.slice(0, 3), line])).toThrow(/^Line 5 of the kit is none: /);
    }
  });
});

/** A counter that also takes what its specification does not have. */
const skipping: Counter = {
  ...counter,
  step: (config, state, event) =>
    (event as string) === "skip"
      ? { kind: "took", action: "Up", state: { n: 10 }, effects: [] }
      : counter.step(config, state, event),
};

function fail(): never {
  throw new Error("no");
}
