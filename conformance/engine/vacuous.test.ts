import { describe, expect, it } from "vitest";
import { conform } from "./compare.ts";
import type { ClosedSystem } from "./contract.ts";
import { edges, graph, lamps, type Move, none, onto, spec, state, took, type World } from "./testing/lamps.ts";

describe("a run that proves nothing is no pass", () => {
  it("on an empty graph", () => {
    const report = conform(lamps, onto, graph([], []));
    expect(report.passed).toBe(false);
    expect(report.faults[0]).toBe("the graph is empty");
  });

  it("without an initial world", () => {
    const report = conform({ ...lamps, initials: () => [] }, onto, spec);
    expect(report.passed).toBe(false);
    expect(report.faults).toContain("the closed system has no initial world");
  });

  it("on a graph with a label that the refinement does not name", () => {
    const report = conform(lamps, { ...onto, actions: ["TurnOn"] }, spec);
    expect(report.passed).toBe(false);
    expect(report.faults[0]).toBe("the graph has labels that the refinement does not name: Reset");
  });

  it("when the view has other variables than the graph", () => {
    const report = conform(lamps, { ...onto, view: () => ({ bulbs: 1 }) }, spec);
    expect(report.passed).toBe(false);
    expect(report.faults[0]).toBe("the view has the variables bulbs where the graph has lights");
  });

  it("when an action is named that no move is ever mapped to", () => {
    const report = conform(lamps, { ...onto, actions: [...onto.actions, "Explode"] }, spec);
    expect(report).toMatchObject({ passed: false, mismatches: [], neverTaken: ["Explode"], neverRefused: ["Explode"] });
    expect(report.faults).toEqual(["no move was ever mapped to the action Explode"]);
  });

  it("when nothing is ever refused", () => {
    const ring = graph([none], [[none, "TurnOn", none]]);
    const system: ClosedSystem<World, Move> = { ...lamps, moves: () => ["dust"], apply: (world) => took(world) };
    const report = conform(system, { ...onto, actions: ["TurnOn"], moved: () => [{ name: "TurnOn" }] }, ring);
    expect(report).toMatchObject({ passed: false, mismatches: [], faults: ["nothing was compared: refusals"] });
  });

  it("when nothing is ever taken", () => {
    const end = graph([none], []);
    const system: ClosedSystem<World, Move> = { ...lamps, moves: () => ["reset"] };
    const report = conform(system, { ...onto, actions: ["Reset"] }, end);
    expect(report).toMatchObject({ passed: false, mismatches: [] });
    expect(report.faults).toEqual(["nothing was compared: sound", "nothing was compared: complete"]);
  });

  it("when states of the graph are never reached", () => {
    const island = state(true, true, true);
    const report = conform(lamps, onto, graph([none], [...edges, [island, "Reset", none]]));
    expect(report).toMatchObject({ passed: false, mismatches: [], states: { reached: 4, of: 5 } });
    expect(report.faults).toEqual(["1 of 5 states of the graph were never reached"]);
  });

  it.each([
    ["cannot say where it starts", { initials: () => fail("lost") }, "lost"],
    ["cannot say what may be tried", { moves: () => fail("stuck") }, "stuck"],
    ["has worlds that are no JSON", { initials: () => [{ lights: new Set() }] }, "plain JSON"],
  ])("when the system %s, and says so without throwing", (_, broken, says) => {
    const report = conform({ ...lamps, ...broken } as ClosedSystem<World, Move>, onto, spec);
    expect(report.passed).toBe(false);
    expect(report.faults[0]).toMatch(new RegExp(`^the walk could not go on: .*${says}`));
  });

  it("when it stops at its bound of worlds", () => {
    let dust = 0;
    const endless: ClosedSystem<World, Move> = {
      ...lamps,
      moves: (world) => [...lamps.moves(world), "dust"],
      apply: (world, move) => (move === "dust" ? took({ ...world, dust: dust++ }) : lamps.apply(world, move)),
    };
    const report = conform(endless, onto, spec, { maxWorlds: 100 });
    expect(report.passed).toBe(false);
    expect(report.faults[0]).toMatch(/^the comparison stopped at its bound of \d+ worlds$/);
  });

  it("when it ends at its first mismatch, which is the first of all", () => {
    const lost = graph([none], edges.slice(1));
    const whole = conform(lamps, onto, lost);
    const first = conform(lamps, onto, lost, { stopAt: 1 });
    expect(first.passed).toBe(false);
    expect(first.mismatches[0]).toEqual(whole.mismatches[0]);
    expect(first.worlds).toBeLessThan(whole.worlds);
    expect(conform(lamps, onto, spec, { stopAt: 1 }).passed).toBe(true);
  });
});

function fail(says: string): never {
  throw new Error(says);
}
