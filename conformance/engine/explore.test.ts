import { describe, expect, it } from "vitest";
import type { ClosedSystem } from "./contract.ts";
import { explore } from "./explore.ts";
import { Walk } from "./walk.ts";

interface Pair {
  readonly a: number;
  readonly b: number;
}

/** Two counters up to a bound, stepped one at a time. */
function counters(bound: number): ClosedSystem<Pair, "a" | "b"> {
  return {
    initials: () => [{ a: 0, b: 0 }],
    moves: () => ["a", "b"],
    apply: (world, move) =>
      world[move] < bound
        ? { kind: "took", world: { ...world, [move]: world[move] + 1 } }
        : { kind: "refused", because: "below the bound" },
  };
}

describe("exploring", () => {
  it("visits every world once and takes every move once", () => {
    const explored = explore(counters(9));
    expect(explored).toMatchObject({ worlds: 100, edges: 180, tries: 200, depth: 19, queue: 0, complete: true });
    expect(explored.violations).toEqual([]);
    expect(explored.rate).toBeGreaterThan(0);
  });

  it("meets an initial world that is given twice once", () => {
    const twice = {
      ...counters(1),
      initials: () => [
        { a: 0, b: 0 },
        { b: 0, a: 0 },
        { a: 1, b: 1 },
      ],
    };
    expect(explore(twice)).toMatchObject({ worlds: 4, edges: 4 });
  });

  it("finds a violated invariant at the end of a shortest path, and counts the others", () => {
    const explored = explore(counters(3), {
      properties: {
        invariants: [
          { name: "Small", holds: ({ a, b }) => a + b < 4 },
          { name: "True", holds: () => true },
        ],
        steps: [],
      },
      keep: 2,
    });
    expect(explored.violations).toHaveLength(1);
    expect(explored.violations[0]).toMatchObject({ kind: "invariant", says: "Small", count: 6 });
    expect(explored.violations[0]?.paths.map(({ moves }) => moves.length)).toEqual([4, 4]);
  });

  it("finds a violated property of steps at the step that breaks it", () => {
    const { violations } = explore(counters(2), {
      properties: { invariants: [], steps: [{ name: "Low", holds: (before, after) => before.a === 0 || after.a < 2 }] },
    });
    expect(violations).toMatchObject([{ kind: "step", says: "Low" }]);
    expect(violations[0]?.paths[0]?.moves).toHaveLength(2);
  });

  it("finds a violated invariant of an initial world", () => {
    const explored = explore(counters(1), {
      properties: { invariants: [{ name: "Some", holds: ({ a }) => a > 0 }], steps: [] },
    });
    expect(explored.violations[0]).toMatchObject({ count: 2, paths: [{ initial: 0, moves: [] }] });
  });

  it("goes on after a move that throws, and tells the way to it", () => {
    const system = counters(2);
    const explored = explore<Pair, "a" | "b">({
      ...system,
      apply: (world, move) => {
        if (world.a === 1 && world.b === 0 && move === "b") throw new Error("boom");
        return system.apply(world, move);
      },
    });
    expect(explored.violations).toEqual([
      { kind: "threw", says: "boom", count: 1, paths: [{ initial: 0, moves: ["a", "b"] }] },
    ]);
    expect(explored.worlds).toBe(9);
  });

  it("finds a move that changes its world in place", () => {
    const explored = explore<{ n: number }, "look">({
      initials: () => [{ n: 0 }],
      moves: () => ["look"],
      apply: (world) => {
        world.n++;
        return { kind: "refused", because: "never" };
      },
    });
    expect(explored.violations[0]).toMatchObject({ kind: "mutated", count: 1 });
  });

  it("stops at its bound, and says that it is not complete", () => {
    const explored = explore(counters(1000), { maxWorlds: 50 });
    expect(explored.complete).toBe(false);
    expect(explored.worlds).toBeGreaterThanOrEqual(50);
    expect(explored.worlds).toBeLessThan(60);
    expect(explored.queue).toBeGreaterThan(0);
  });

  it("tells its progress", () => {
    const told: number[] = [];
    explore(counters(99), { progress: ({ worlds }) => told.push(worlds) });
    expect(told.length).toBeGreaterThan(1);
    expect(told).toEqual(told.toSorted((one, other) => one - other));
  });

  it("is not confused by worlds that are no objects", () => {
    const system: ClosedSystem<number, number> = {
      initials: () => [1],
      moves: () => [2, 3],
      apply: (world, by) => ({ kind: "took", world: (world * by) % 7 }),
    };
    expect(explore(system)).toMatchObject({ worlds: 6, edges: 12 });
  });

  it("gives back the way to every world", () => {
    const system = counters(4);
    const walk = new Walk(system);
    const met: Pair[] = [];
    walk.run({ met: (world) => met.push(world) > 0, tried: () => {}, threw: () => {}, mutated: () => {} });
    expect(met).toHaveLength(25);
    for (const [id, world] of met.entries()) {
      expect(walk.rebuild(id).world).toEqual(world);
      expect(walk.path(id).moves).toHaveLength(world.a + world.b);
    }
  });
});
