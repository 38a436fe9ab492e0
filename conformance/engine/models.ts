import type { StateGraph } from "../../tla/graph/graph.ts";
import type { TlaState } from "../../tla/values/value.ts";
import { type ConformOptions, conform } from "./compare.ts";
import type { ClosedSystem, Refinement } from "./contract.ts";
import { type Explored, explore } from "./explore.ts";
import type { ConformanceReport } from "./findings.ts";
import { type ReplayedPath, type ReplayedTrace, replayPath, replayTrace } from "./replay.ts";
import type { Path } from "./walk.ts";

/** A closed system with its refinement, whatever worlds and moves are inside. */
export interface ConformanceModel {
  /** Every action of the specification, by name. */
  readonly actions: readonly string[];
  conform(graph: StateGraph, options?: ConformOptions<unknown>): ConformanceReport<unknown>;
  explore(): Explored<unknown>;
  replay(path: Path<unknown>): ReplayedPath<unknown, unknown>;
  replayTrace(states: readonly TlaState[]): ReplayedTrace<unknown>;
}

/** What a protocol has to compare: a closed system for each configuration, or the reason why there is none. */
export interface ConformanceModels {
  readonly protocol: string;
  /** By the configuration's file name in `spec/<protocol>/`. */
  readonly models: Readonly<Record<string, ConformanceModel>>;
  readonly withoutSystem: Readonly<Record<string, string>>;
}

/** Puts a closed system and its refinement together. */
export function model<W, M>(system: ClosedSystem<W, M>, refinement: Refinement<W, M>): ConformanceModel {
  // Paths come back from the command line; a move that the system does not know is refused, not believed.
  return {
    actions: refinement.actions,
    conform: (graph, options) => conform<W, M>(system, refinement, graph, options as ConformOptions<M>),
    explore: () => explore(system),
    replay: (path) => replayPath(system, refinement, path as Path<M>),
    replayTrace: (states) => replayTrace(system, refinement, states),
  };
}
