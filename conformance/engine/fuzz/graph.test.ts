import { describe, expect, it } from "vitest";
import { buildGraph, type GraphParts, type StateGraph } from "../../../tla/graph/index.ts";
import type { TlaState } from "../../../tla/values/value.ts";
import { model } from "../models.ts";
import { both, graph, lamps, left, none, onto, planted, spec, edges as specEdges, took } from "../testing/lamps.ts";
import { type Campaign, campaign, type Strategy } from "./campaign.ts";
import { Dice } from "./dice.ts";
import { enumerated } from "./enumerated.ts";
import { GraphMap } from "./graph-map.ts";
import { chairs, type Move, type World } from "./testing/chairs.ts";

const people = 5;
const chairsOf5 = chairs().open(people);

/** The graph of a table, its nodes in the order in which they are met, or in some other one. */
function tableGraph(order: (states: TlaState[]) => TlaState[] = (states) => states): StateGraph {
  const { system, refinement } = chairsOf5;
  const worlds: World[] = [...system.initials()];
  const texts = new Map(worlds.map((world, at) => [JSON.stringify(refinement.view(world)), at]));
  const steps: { source: TlaState; action: string; target: TlaState }[] = [];
  for (const world of worlds) {
    for (const move of system.moves(world)) {
      const tried = system.apply(world, move);
      if (tried.kind === "refused") continue;
      const text = JSON.stringify(refinement.view(tried.world));
      if (!texts.has(text)) texts.set(text, worlds.push(tried.world) - 1);
      const [action] = refinement.moved(world, move);
      steps.push({ source: refinement.view(world), action: action?.name ?? "", target: refinement.view(tried.world) });
    }
  }
  const states = order(worlds.map(refinement.view));
  const places = new Map(states.map((state, at) => [JSON.stringify(state), at]));
  const place = (state: TlaState): number => places.get(JSON.stringify(state)) ?? -1;
  const parts: GraphParts = {
    variables: ["seated", "storms"],
    actions: ["Sit", "Storm"],
    states,
    initials: worlds.slice(0, 1).map((world) => place(refinement.view(world))),
    edges: steps.map(({ source, action, target }) => ({ source: place(source), action, target: place(target) })),
  };
  return buildGraph(parts);
}

function hit(map: GraphMap<World, Move>, strategy: Strategy, runs: number): Campaign<number, Move> {
  const target = { ...enumerated(chairs()), open: () => enumerated(chairs()).open(people) };
  const steps = campaign(target, { seed: 5, number: 0, strategy, runs, steps: 30 }, map);
  for (let next = steps.next(); ; next = steps.next()) if (next.done === true) return next.value;
}

const map = new GraphMap<World, Move>(tableGraph(), chairsOf5.refinement);

describe("the map of a graph", () => {
  it("numbers states and edges the same whatever the order in which TLC wrote them, and each edge once", () => {
    const shuffled = new GraphMap<World, Move>(
      tableGraph((states) => new Dice(7).shuffled(states)),
      chairsOf5.refinement,
    );
    const [one, other] = [hit(map, "swarm", 20), hit(shuffled, "swarm", 20)];
    expect(one.states.size).toBeGreaterThan(20);
    expect([...other.states].sort()).toEqual([...one.states].sort());
    expect([...other.edges].sort()).toEqual([...one.edges].sort());
    const doubled = graph([none], [...specEdges, ...specEdges]);
    expect(doubled.edges).toBe(10);
    expect(new GraphMap(doubled, onto).size).toBe(5);
  });

  it("takes every edge that a move may be, and every one that it passes through", () => {
    const labelled = graph([none], [...specEdges, [none, "TurnOn", left, 3]], true);
    const lampsMap = new GraphMap(labelled, onto);
    const [from, mid, to] = [none, left, both].map((state) => labelled.find(state) ?? -1) as [number, number, number];
    expect(lampsMap.size).toBe(6);
    expect(lampsMap.taken(from, [{ name: "TurnOn" }], mid)).toHaveLength(2);
    expect(lampsMap.taken(from, [{ name: "TurnOn", args: [3] }], mid)).toHaveLength(1);
    expect(lampsMap.taken(from, [{ name: "TurnOn", args: [2] }], mid)).toBeUndefined();
    const twice = [{ name: "TurnOn" }, { name: "TurnOn" }];
    expect(new Set(lampsMap.taken(from, twice, to)).size).toBe(5);
    expect(lampsMap.taken(from, [], from)).toEqual([]);
    expect(lampsMap.taken(from, [], to)).toBeUndefined();
  });

  it("tells how far it is to what was not hit", () => {
    const lampsMap = new GraphMap(spec, onto);
    const at = (state: TlaState): number => spec.find(state) ?? -1;
    const edge = spec.first(at(both));
    const all = new Set(Array.from({ length: spec.edges }, (_, number) => lampsMap.edge(number)));
    const some = new Set([...all].filter((number) => number !== lampsMap.edge(edge)));
    expect(lampsMap.distances(some)[at(both)]).toBe(0);
    expect(lampsMap.distances(some)[at(none)]).toBe(2);
    expect([...lampsMap.distances(all)]).toEqual(Array(spec.states).fill(spec.states));
    expect([...lampsMap.distances(new Set())]).toEqual(Array(spec.states).fill(0));
  });
});

describe("runs within the bounds of a graph", () => {
  it("hit more of it when they are guided than when they are not", () => {
    const [uniform, guided] = [hit(map, "uniform", 150), hit(map, "guided", 150)];
    expect(guided.edges.size).toBe(map.size);
    expect(guided.states.size).toBe(map.graph.states);
    expect(uniform.edges.size).toBeLessThan(0.9 * map.size);
    expect(guided.compared).toBe(guided.steps);
  });

  it.each([
    ["leads to a state that the graph does not have", graph([none], specEdges.slice(0, 2))],
    ["is no step of the graph at that state", graph([none], specEdges.slice(0, 4))],
    ["the graph has no such initial state", graph([both], specEdges)],
  ])("are held against it, and fail where a step %s", (says, other) => {
    const target = enumerated({
      ...chairs(),
      settings: chairs().settings,
      actions: onto.actions,
      open: () => ({ system: lamps, refinement: onto }),
    });
    const steps = campaign(
      target,
      { seed: 1, number: 0, strategy: "guided", runs: 50, steps: 20 },
      new GraphMap(other, onto),
    );
    let next = steps.next();
    while (next.done !== true) next = steps.next();
    expect(next.value.failure?.breach.kind).toBe("stray");
    expect(next.value.failure?.breach.says).toContain(says);
  });
});

describe("a run that is played again", () => {
  const { fuzzing, map: mapOf } = model(
    planted(() => undefined),
    onto,
  );
  const script = { settings: null, start: 0, moves: [{ on: 1 }, { on: 2 }] };

  it("shows its states and finds the same", () => {
    const played = fuzzing.replay(script, mapOf(spec));
    // The lamps go round for ever; nothing is promised of them at rest, so that is no fault.
    expect(played.breach).toBeUndefined();
    expect(played.states.slice(0, 3).map(({ actions, state }) => [actions.length, state])).toEqual([
      [0, none],
      [1, { lights: { "#tup": [true, false] } }],
      [1, both],
    ]);
  });

  it("ends where a move is refused", () => {
    const { refused, breach, states } = fuzzing.replay({ ...script, moves: [{ on: 1 }, "reset"] });
    expect(refused).toEqual({ move: 2, because: "all on" });
    expect(breach).toBeUndefined();
    expect(states).toHaveLength(2);
  });

  it.each([
    ["settings that no cluster has", { ...script, settings: 7 }, "settings 7"],
    ["a move that there is not", { ...script, moves: [{ on: 3 }] }, "move 1"],
    ["a move that is no move at all", { ...script, moves: [{ on: 1 }, null] }, "move 2"],
  ])("is refused for %s", (_, bad, says) => {
    expect(() => fuzzing.replay(bad)).toThrow(RangeError);
    expect(() => fuzzing.replay(bad)).toThrow(says);
  });

  it("has no map of the graph of something else", () => {
    expect(() => mapOf(tableGraph())).toThrow(RangeError);
  });

  it("is found broken once the system is", () => {
    const dark = model(
      planted((world, move) => (move === "reset" ? took({ ...world, dust: 1 }) : undefined)),
      onto,
    );
    expect(dark.fuzzing.replay({ ...script, moves: [{ on: 1 }, "reset"] }, dark.map(spec)).breach?.kind).toBe("stray");
  });
});
