import { buildGraph } from "../../../tla/graph/build.ts";
import type { StateGraph } from "../../../tla/graph/graph.ts";
import { canonical, equal } from "../../../tla/values/canonical.ts";
import type { TlaState, TlaValue } from "../../../tla/values/value.ts";
import type { ClosedSystem, Refinement, Tried } from "../contract.ts";

/** Two lights that are turned on one at a time, and both off once both are on. */
export interface World {
  readonly lights: readonly boolean[];
  /** Nothing of the specification: two worlds can show one state. */
  readonly dust?: number;
}
export type Move = { readonly on: number } | "reset" | "dust";

export const lamps: ClosedSystem<World, Move> = {
  initials: () => [{ lights: [false, false] }],
  moves: () => [{ on: 1 }, { on: 2 }, "reset"],
  apply: (world, move) => {
    if (move === "dust") return { kind: "took", world: { ...world, dust: 1 } };
    if (move === "reset") {
      if (!world.lights.every(Boolean)) return { kind: "refused", because: "all on" };
      return { kind: "took", world: { ...world, lights: [false, false] } };
    }
    if (world.lights[move.on - 1]) return { kind: "refused", because: "off" };
    return { kind: "took", world: { ...world, lights: world.lights.with(move.on - 1, true) } };
  },
};

export const onto: Refinement<World, Move> = {
  module: "Lamps",
  actions: ["TurnOn", "Reset"],
  view: (world) => ({ lights: { "#tup": world.lights } }),
  moved: (_, move) => (move === "dust" ? [] : move === "reset" ? [{ name: "Reset" }] : [{ name: "TurnOn" }]),
};

export const none: TlaState = state(false, false);
export const left: TlaState = state(true, false);
const right: TlaState = state(false, true);
export const both: TlaState = state(true, true);
export const edges: readonly Edge[] = [
  [none, "TurnOn", left, 1],
  [none, "TurnOn", right, 2],
  [left, "TurnOn", both, 2],
  [right, "TurnOn", both, 1],
  [both, "Reset", none],
];
export const spec: StateGraph = graph([none], edges);

export type Edge = readonly [from: TlaState, action: string, to: TlaState, arg?: TlaValue];

export function state(...lights: boolean[]): TlaState {
  return { lights: { "#tup": lights } };
}

export function graph(initials: readonly TlaState[], edges: readonly Edge[], labelled = false): StateGraph {
  const all = [...initials, ...edges.flatMap(([from, , to]) => [from, to])];
  const states = [...new Map(all.map((one) => [canonical(one), one])).values()];
  const node = (wanted: TlaState): number => states.findIndex((one) => equal(one, wanted));
  return buildGraph({
    variables: ["lights"],
    actions: [...new Set(edges.map(([, action]) => action))],
    states,
    initials: initials.map(node),
    edges: edges.map(([from, action, to, arg]) => ({
      source: node(from),
      action,
      target: node(to),
      ...(labelled && arg !== undefined ? { args: [arg] } : {}),
    })),
  });
}

/** The lamps with another answer to some tries. */
export function planted(answer: (world: World, move: Move) => Tried<World> | undefined): ClosedSystem<World, Move> {
  return { ...lamps, apply: (world, move) => answer(world, move) ?? lamps.apply(world, move) };
}

export function took(world: World): Tried<World> {
  return { kind: "took", world };
}
