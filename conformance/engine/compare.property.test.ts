import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildGraph } from "../../tla/graph/build.ts";
import { conform } from "./compare.ts";
import type { ClosedSystem, Refinement } from "./contract.ts";

const size = 5;
const nodes = Array.from({ length: size }, (_, node) => node);
const names = ["A", "B", "C"];

interface Step {
  readonly action: string;
  readonly target: number;
}
interface Edge extends Step {
  readonly source: number;
}

const node = fc.integer({ min: 0, max: size - 1 });
const edge: fc.Arbitrary<Edge> = fc.record({ source: node, action: fc.constantFrom(...names), target: node });
const edges = fc.uniqueArray(edge, { selector: key, maxLength: 12 });

function key({ source, action, target }: Edge): string {
  return `${source} ${action} ${target}`;
}

/** The whole parameter domain: every action to every target. */
const domain: readonly Step[] = names.flatMap((action) => nodes.map((target) => ({ action, target })));

function follows(list: readonly Edge[]): ClosedSystem<number, Step> {
  const has = new Set(list.map(key));
  return {
    initials: () => [0],
    moves: () => domain,
    apply: (source, move) =>
      has.has(key({ source, ...move })) ? { kind: "took", world: move.target } : { kind: "refused", because: "edge" },
  };
}

const onto: Refinement<number, Step> = {
  module: "Random",
  actions: names,
  view: (n) => ({ n }),
  moved: (_, { action }) => [{ name: action }],
};

function reachable(list: readonly Edge[]): number[] {
  const reached = new Set([0]);
  for (const from of reached) for (const { source, target } of list) if (source === from) reached.add(target);
  return [...reached];
}

/** The three claims by their definition: labelled successor sets, at each state that the system reaches. */
function byDefinition(graph: readonly Edge[], system: readonly Edge[]): Record<string, number> {
  const [ours, theirs] = [new Set(system.map(key)), new Set(graph.map(key))];
  const reached = new Set(reachable(system));
  const enabled = new Set(graph.map(({ source, action }) => `${source} ${action}`));
  const extra = system.filter((one) => reached.has(one.source) && !theirs.has(key(one)));
  const unsound = extra.filter(({ source, action }) => enabled.has(`${source} ${action}`));
  return {
    worlds: reached.size,
    sound: unsound.length,
    complete: graph.filter((one) => reached.has(one.source) && !ours.has(key(one))).length,
    refusals: extra.length - unsound.length,
  };
}

function compared(graph: readonly Edge[], system: readonly Edge[]): ReturnType<typeof conform<number, Step>> {
  const built = buildGraph({
    variables: ["n"],
    actions: names,
    states: nodes.map((n) => ({ n })),
    initials: [0],
    edges: graph,
  });
  return conform(follows(system), onto, built, { keep: 100 });
}

describe("on random graphs and systems", () => {
  it("the mismatches of each claim are those of its definition, in number", () => {
    let [agreeing, disagreeing] = [0, 0];
    fc.assert(
      fc.property(edges, edges, fc.boolean(), (graph, other, same) => {
        const system = same ? graph : other;
        const { worlds, sound, complete, refusals } = compared(graph, system);
        const found = {
          worlds,
          sound: sound.mismatches,
          complete: complete.mismatches,
          refusals: refusals.mismatches,
        };
        expect(found).toEqual(byDefinition(graph, system));
        if (found.sound + found.complete + found.refusals === 0) agreeing++;
        else disagreeing++;
      }),
      { seed: 3, numRuns: 3000 },
    );
    expect(Math.min(agreeing, disagreeing)).toBeGreaterThan(500);
  });

  it("one edge more, less, or with another target or label is found wherever it can be reached", () => {
    let planted = 0;
    fc.assert(
      fc.property(edges, edge, fc.nat(), (graph, change, at) => {
        const without = graph.filter((_, index) => index !== at % graph.length);
        const system = [...without, ...(at % 3 === 0 ? [] : [change])].filter(
          (one, index, all) => all.findIndex((same) => key(same) === key(one)) === index,
        );
        const [ours, theirs] = [new Set(system.map(key)), new Set(graph.map(key))];
        const reached = reachable(graph);
        const changed = [
          ...graph.filter((one) => !ours.has(key(one))),
          ...system.filter((one) => !theirs.has(key(one))),
        ];
        if (!changed.some(({ source }) => reached.includes(source))) return;
        planted++;
        const report = compared(graph, system);
        expect(report.passed).toBe(false);
        expect(report.mismatches.length).toBeGreaterThan(0);
      }),
      { seed: 4, numRuns: 2000 },
    );
    expect(planted).toBeGreaterThan(500);
  });

  it("every path that is told leads, by its moves, to the state that is told", () => {
    let told = 0;
    fc.assert(
      fc.property(edges, edges, (graph, system) => {
        for (const { path, state } of compared(graph, system).mismatches) {
          const taking = follows(system);
          let world = 0;
          for (const move of path) {
            const tried = taking.apply(world, move);
            expect(tried.kind).toBe("took");
            if (tried.kind === "took") world = tried.world;
          }
          expect(state).toEqual({ n: world });
          told++;
        }
      }),
      { seed: 5, numRuns: 500 },
    );
    expect(told).toBeGreaterThan(500);
  });
});
