import { describe, expect, it } from "vitest";
import { conform } from "./compare.ts";
import type { ClosedSystem, Refinement, SpecAction } from "./contract.ts";
import type { ConformanceReport, Mismatch } from "./findings.ts";
import { reportText } from "./report.ts";
import {
  both,
  edges,
  graph,
  lamps,
  left,
  type Move,
  none,
  onto,
  planted,
  spec,
  took,
  type World,
} from "./testing/lamps.ts";

/** The kinds of all mismatches kept. */
function kinds(report: ConformanceReport<Move>): string[] {
  return report.mismatches.map(({ claim, kind }) => `${claim} ${kind}`);
}

function only(report: ConformanceReport<Move>): Mismatch<Move> {
  expect(report.passed).toBe(false);
  expect(report.mismatches).toHaveLength(1);
  return report.mismatches[0] as Mismatch<Move>;
}

describe("a system that walks in lockstep with its graph", () => {
  it("passes, with every state, edge and refusal counted", () => {
    const report = conform(lamps, onto, spec);
    expect(report).toMatchObject({
      module: "Lamps",
      passed: true,
      faults: [],
      mismatches: [],
      worlds: 4,
      depth: 3,
      states: { reached: 4, passedThrough: 0, of: 4 },
      edges: { taken: 5, of: 5 },
      sound: { compared: 5, mismatches: 0, stutters: 0 },
      complete: { compared: 5, mismatches: 0 },
      refusals: { compared: 5, mismatches: 0, undecided: 2, untried: 0 },
      neverTaken: [],
      neverRefused: [],
    });
    expect(report.sound.actions).toEqual({
      TurnOn: { compared: 4, mismatches: 0 },
      Reset: { compared: 1, mismatches: 0 },
    });
    expect(report.refusals.actions).toEqual({
      TurnOn: { compared: 2, mismatches: 0 },
      Reset: { compared: 3, mismatches: 0 },
    });
    expect(reportText(report)).toMatch(/^PASS Lamps: 15 compared, 0 mismatches in/m);
  });

  it("passes with worlds that hold more than the specification, each of them compared", () => {
    const report = conform({ ...lamps, moves: (world) => [...lamps.moves(world), "dust"] }, onto, spec);
    expect(report).toMatchObject({ passed: true, worlds: 8, states: { reached: 4 }, complete: { compared: 10 } });
    expect(report.sound.stutters).toBe(8);
  });

  it("does not pass where an action that is not enabled was not even tried", () => {
    const system: typeof lamps = {
      ...lamps,
      moves: (world) => [...(world.lights.every(Boolean) ? lamps.moves(world) : [{ on: 1 }, { on: 2 }])],
    };
    expect(conform(system, onto, spec)).toMatchObject({
      passed: false,
      faults: ["Reset was not tried at 3 worlds where it has to be refused"],
      refusals: { compared: 2, untried: 3 },
      neverRefused: ["Reset"],
    });
  });

  it("compares arguments where graph and refinement both give them", () => {
    const withArguments: Refinement<World, Move> = {
      ...onto,
      moved: (_, move) =>
        typeof move === "string" ? [{ name: "Reset" }] : [{ name: "TurnOn", args: [move.on] } satisfies SpecAction],
    };
    const labelled = graph([none], edges, true);
    expect(conform(lamps, withArguments, labelled)).toMatchObject({
      passed: true,
      refusals: { compared: 7, undecided: 0 },
    });
    expect(conform(lamps, withArguments, spec)).toMatchObject({ passed: true, refusals: { undecided: 2 } });
    const swapped: Refinement<World, Move> = {
      ...withArguments,
      moved: (_, move) => (typeof move === "string" ? [{ name: "Reset" }] : [{ name: "TurnOn", args: [3 - move.on] }]),
    };
    expect(conform(lamps, swapped, spec).passed).toBe(true);
    const report = conform(lamps, swapped, labelled, { keep: 1 });
    expect(kinds(report)).toEqual(["sound label", "complete missing", "refusals not-refused"]);
    expect(report.mismatches[0]?.says).toBe("TurnOn(2) was taken and landed where only TurnOn(1) leads");
  });

  it("takes a move that composes several actions as the path of their edges", () => {
    const whole: ClosedSystem<World, Move> = {
      ...lamps,
      moves: () => [{ on: 1 }, "reset"],
      apply: (world, move) => {
        if (move === "reset") return lamps.apply(world, move);
        return world.lights[0] ? { kind: "refused", because: "off" } : took({ lights: [true, true] });
      },
    };
    const twice: Refinement<World, Move> = {
      ...onto,
      moved: (_, move) => (move === "reset" ? [{ name: "Reset" }] : [{ name: "TurnOn" }, { name: "TurnOn" }]),
    };
    const report = conform(whole, twice, spec);
    expect(report).toMatchObject({
      passed: true,
      worlds: 2,
      states: { reached: 2, passedThrough: 2, of: 4 },
      edges: { taken: 5, of: 5 },
    });
    const detour = graph([none], [...edges, [left, "Reset", none]]);
    expect(conform(whole, twice, detour)).toMatchObject({
      passed: false,
      faults: ["1 edges of states that only composed moves pass through were never taken"],
    });
  });

  it("does not count an edge as taken from a world where a composed move only comes back to it later", () => {
    const spec = graph(
      [none],
      [
        [none, "Reset", none],
        [none, "TurnOn", left],
        [left, "Reset", none],
      ],
    );
    const system: ClosedSystem<World, Move> = {
      ...lamps,
      moves: () => [{ on: 1 }, "reset"],
      apply: (world, move) => {
        if (move !== "reset") return lamps.apply(world, move);
        return world.lights[0] ? took({ lights: [false, false] }) : { kind: "refused", because: "on" };
      },
    };
    const twice: Refinement<World, Move> = {
      ...onto,
      moved: (world, move) => [
        ...(move === "reset" || world.lights[0] ? [] : [{ name: "Reset" }]),
        ...onto.moved(world, move),
      ],
    };
    const mismatch = only(conform(system, twice, spec));
    expect(mismatch).toMatchObject({ claim: "complete", kind: "missing", path: [], actions: [{ name: "TurnOn" }] });
  });
});

describe("a planted fault is found under its own kind, at the end of the shortest path", () => {
  it("an extra transition is a refusal that was not given", () => {
    const system = planted((world, move) =>
      move === "reset" && world.lights[0] && !world.lights[1] ? took({ lights: [false, false] }) : undefined,
    );
    const report = conform(system, onto, spec, { reproduce: (path) => `again ${JSON.stringify(path.moves)}` });
    const mismatch = only(report);
    expect(mismatch).toMatchObject({
      claim: "refusals",
      kind: "not-refused",
      initial: 0,
      path: [{ on: 1 }],
      move: "reset",
      state: left,
      got: none,
      differences: [{ at: "lights[1]", expected: "TRUE", got: "FALSE" }],
      enabled: [{ action: { name: "TurnOn" }, differences: 2 }],
      reproduce: 'again [{"on":1},"reset"]',
    });
    expect(report.refusals).toMatchObject({ compared: 5, mismatches: 1 });
    expect(report.sound.mismatches + report.complete.mismatches).toBe(0);
  });

  it("a missing transition is an edge that no move takes, with the conjunct that refused", () => {
    const system = planted((world, move) =>
      typeof move === "object" && move.on === 2 && world.lights[0] ? { kind: "refused", because: "shy" } : undefined,
    );
    const report = conform(system, onto, spec);
    expect(only(report)).toMatchObject({
      claim: "complete",
      kind: "missing",
      path: [{ on: 1 }],
      actions: [{ name: "TurnOn" }],
      expected: both,
      refused: [
        { move: { on: 1 }, because: "off" },
        { move: { on: 2 }, because: "shy" },
      ],
    });
    expect(report.edges).toEqual({ taken: 4, of: 5 });
    expect(reportText(report)).toContain('refused: {"on":2} because shy');
    expect(reportText(report)).toMatch(/^FAIL Lamps: .* 1 mismatches/m);
  });

  it("a wrong successor is neither sound nor complete, with where it differs", () => {
    const system = planted((world, move) =>
      typeof move === "object" && world.lights[0] && !world.lights[1]
        ? took({ lights: [true, true, true] })
        : undefined,
    );
    const report = conform(system, onto, spec);
    expect(kinds(report)).toEqual(["sound successor", "sound successor", "complete missing"]);
    expect(report.mismatches[0]).toMatchObject({
      path: [{ on: 1 }],
      move: { on: 1 },
      expected: both,
      differences: [{ at: "lights", expected: "<<TRUE, TRUE>>", got: "<<TRUE, TRUE, TRUE>>" }],
    });
  });

  it("a wrong label is told apart from a wrong successor", () => {
    const spec = graph([none], [...edges, [left, "Reset", none]]);
    const system = planted((world, move) =>
      move === "reset" && world.lights[0] ? took({ lights: [false, false] }) : undefined,
    );
    expect(conform(system, onto, spec).passed).toBe(true);
    const mislabelled: Refinement<World, Move> = {
      ...onto,
      moved: (world, move) => (world.lights[0] && !world.lights[1] ? [{ name: "TurnOn" }] : onto.moved(world, move)),
    };
    const report = conform(system, mislabelled, spec);
    expect(kinds(report)).toEqual(["sound label", "complete missing"]);
    expect(report.mismatches[0]).toMatchObject({ path: [{ on: 1 }], move: "reset", expected: both, got: none });
  });

  it("a refused try that changes the world is found, whether the world is frozen or not", () => {
    const system = planted((world, move) => {
      if (move !== "reset" || world.lights.every(Boolean)) return undefined;
      (world as { dust?: number }).dust = 1;
      return { kind: "refused", because: "all on" };
    });
    const report = conform(system, onto, spec, { keep: 1 });
    expect(kinds(report)).toContain("refusals mutated");
    expect(report.mismatches.find(({ kind }) => kind === "mutated")).toMatchObject({ path: [], move: "reset" });
    expect(report.refusals.mismatches).toBeGreaterThan(0);

    const frozen = { ...system, initials: () => [Object.freeze({ lights: Object.freeze([false, false]) })] };
    expect(kinds(conform(frozen, onto, spec, { keep: 1 }))).toContain("sound threw");
  });

  it("a taken move that changes the world that it was tried at is found", () => {
    const system = planted((world, move) => {
      if (typeof move !== "object" || world.lights[move.on - 1]) return undefined;
      (world.lights as boolean[])[move.on - 1] = true;
      return took({ lights: [...world.lights] });
    });
    expect(kinds(conform(system, onto, spec, { keep: 1 }))).toContain("sound mutated");
  });

  it("a move mapped to an action that the refinement does not name is found", () => {
    const unknown: Refinement<World, Move> = {
      ...onto,
      moved: (world, move) =>
        world.lights.every(Boolean) && move === "reset" ? [{ name: "Toggle" }] : onto.moved(world, move),
    };
    const report = conform(lamps, unknown, spec);
    expect(kinds(report)).toEqual(["sound unknown-action", "complete missing"]);
    expect(report.mismatches[0]).toMatchObject({ path: [{ on: 1 }, { on: 2 }], move: "reset" });
  });

  it("an initial world too many is not sound", () => {
    const system: typeof lamps = {
      ...lamps,
      initials: () => [{ lights: [false, false] }, { lights: [true, true] }],
    };
    expect(only(conform(system, onto, spec))).toMatchObject({
      claim: "sound",
      kind: "initial-extra",
      initial: 1,
      path: [],
      expected: none,
      got: both,
    });
  });

  it("an initial state without an initial world is not complete", () => {
    const report = conform(lamps, onto, graph([none, both], edges));
    expect(only(report)).toMatchObject({ claim: "complete", kind: "initial-missing", expected: both });
  });

  it("one faulty world of two that show the same state is found", () => {
    const system = {
      ...planted((world, move) =>
        world.dust === 1 && move === "reset" && world.lights.every(Boolean)
          ? { kind: "refused", because: "dusty" }
          : undefined,
      ),
      moves: (world: World): Move[] => [...lamps.moves(world), "dust"],
    };
    const report = conform(system, onto, spec);
    expect(only(report)).toMatchObject({ claim: "complete", kind: "missing", refused: [{ because: "dusty" }] });
    expect(report.mismatches[0]?.path).toHaveLength(3);
    expect(report.edges).toEqual({ taken: 5, of: 5 });
  });

  it("a stutter that changes the view is no stutter", () => {
    const quiet: Refinement<World, Move> = {
      ...onto,
      moved: (world, move) => (world.lights[0] && typeof move === "object" ? [] : onto.moved(world, move)),
    };
    const report = conform(lamps, quiet, spec);
    expect(kinds(report)).toEqual(["sound stutter", "complete missing"]);
    expect(report.mismatches[0]).toMatchObject({
      path: [{ on: 1 }],
      move: { on: 2 },
      differences: [{ at: "lights[2]", expected: "FALSE", got: "TRUE" }],
    });
  });

  it("a system that throws is a mismatch and not an end", () => {
    const system = planted((world, move) => {
      if (move === "reset" && world.lights.every(Boolean)) throw new Error("broken invariant");
      return undefined;
    });
    const report = conform(system, onto, spec);
    expect(kinds(report)).toEqual(["sound threw", "complete missing"]);
    expect(report.mismatches[0]?.says).toBe("a move threw: broken invariant");
  });

  it("a world that is changed by a move tried at another world is found", () => {
    const shared = { lights: [true, false] };
    const system = planted((world, move) => {
      if (world.lights.some(Boolean) || typeof move !== "object") return undefined;
      if (move.on === 1) return took(shared);
      // Not a part of the world at hand, so that only the other world can show it.
      shared.lights[1] = true;
      return undefined;
    });
    const report = conform(system, onto, spec, { keep: 1 });
    expect(report.mismatches.find(({ kind }) => kind === "mutated")).toMatchObject({
      claim: "sound",
      path: [{ on: 1 }],
    });
  });

  it("parallel edges that no move takes are each counted, and told once", () => {
    const twice = graph([none], [...edges, [both, "Reset", none]]);
    const system = planted((_, move) => (move === "reset" ? { kind: "refused", because: "stuck" } : undefined));
    const report = conform(system, onto, twice);
    expect(only(report)).toMatchObject({ kind: "missing", actions: [{ name: "Reset" }] });
    expect(report.complete.mismatches).toBe(2);
  });

  it("every mismatch is counted, and only the first ones of a kind are kept", () => {
    const report = conform(
      planted((_, move) =>
        typeof move === "object" && move.on === 2 ? { kind: "refused", because: "shy" } : undefined,
      ),
      onto,
      graph([none], [...edges, [left, "TurnOn", none]]),
      { keep: 1 },
    );
    expect(report.complete.mismatches).toBe(3);
    expect(report.mismatches).toHaveLength(1);
    expect(report.mismatches[0]?.path).toEqual([]);
  });
});
