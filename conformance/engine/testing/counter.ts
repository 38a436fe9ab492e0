import type { Protocol } from "../../../impl/kernel/index.ts";
import { buildGraph } from "../../../tla/graph/build.ts";
import type { StateGraph } from "../../../tla/graph/graph.ts";
import type { KitParts } from "../kit/source.ts";

// A counter that goes up to its limit and then starts anew: the smallest protocol of one node.

export interface Config {
  readonly limit: number;
}
export interface State {
  readonly n: number;
}
export type Event = "up" | "reset";
export type Action = "Up" | "Reset" | "Malformed";
export type Because = "BelowLimit" | "AtLimit" | "WellFormed";
export type Counter = Protocol<Config, State, Event, string, Action, Because>;

export const counter: Counter = {
  initial: () => ({ state: { n: 0 }, effects: ["begin"] }),
  step({ limit }, { n }, event) {
    if (event === "up") {
      if (n >= limit) return { kind: "refused", action: "Up", because: "BelowLimit" };
      return { kind: "took", action: "Up", state: { n: n + 1 }, effects: [`at ${n + 1}`] };
    }
    if (event !== "reset") return { kind: "refused", action: "Malformed", because: "WellFormed" };
    if (n < limit) return { kind: "refused", action: "Reset", because: "AtLimit" };
    return { kind: "took", action: "Reset", state: { n: 0 }, effects: [] };
  },
};

/** What a kit is made of; the text of a configuration is the limit. */
export const parts: KitParts<Config, State, Event, string, Action, Because, State, Event> = {
  reducer: counter,
  answers: {
    Up: { taken: true, refusedFor: ["BelowLimit"] },
    Reset: { taken: true, refusedFor: ["AtLimit"] },
    Malformed: { taken: false, refusedFor: ["WellFormed"] },
  },
  open(cfg, reducer) {
    const config = { limit: Number(cfg) };
    if (!(config.limit > 0)) return `LIMIT = ${cfg}`;
    return {
      system: {
        initials: () => [reducer.initial(config).state],
        moves: () => ["up", "reset"],
        apply(state, move) {
          const outcome = reducer.step(config, state, move);
          return outcome.kind === "refused" ? outcome : { kind: "took", world: outcome.state };
        },
      },
      refinement: {
        module: "Counter",
        actions: ["Up", "Reset"],
        view: ({ n }) => ({ n }),
        moved: (_, move) => [{ name: move === "up" ? "Up" : "Reset" }],
      },
    };
  },
  besides: () => ["down", null],
};

/** The complete graph of the counter's specification. */
export function graphOf(limit: number): StateGraph {
  const states = Array.from({ length: limit + 1 }, (_, n) => ({ n }));
  return buildGraph({
    variables: ["n"],
    actions: ["Up", "Reset"],
    states,
    initials: [0],
    edges: states.map((_, n) =>
      n < limit ? { source: n, action: "Up", target: n + 1 } : { source: n, action: "Reset", target: 0 },
    ),
  });
}
