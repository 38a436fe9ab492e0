import fc from "fast-check";
import type { StateGraph } from "../../tla/graph/graph.ts";
import type { TlaState } from "../../tla/values/value.ts";
import { type ConformOptions, conform } from "./compare.ts";
import type { ClosedSystem, Properties, Refinement, SpecAction } from "./contract.ts";
import { type Explored, explore } from "./explore.ts";
import type { ConformanceReport } from "./findings.ts";
import { enumerated } from "./fuzz/enumerated.ts";
import { type Fuzzing, fuzzing } from "./fuzz/fuzzing.ts";
import { GraphMap } from "./fuzz/graph-map.ts";
import type { KitSource } from "./kit/source.ts";
import { replayPath } from "./replay.ts";
import { type Flagged, flagged, flaggedAlong } from "./replay-flags.ts";
import { type Behaviour, type ReplayedTrace, replayTrace } from "./replay-trace.ts";
import { unfit } from "./unfit.ts";
import type { Path } from "./walk.ts";

/** A path as the specification sees it. */
export interface ShownPath {
  readonly initial: TlaState;
  readonly steps: readonly { readonly actions: readonly SpecAction[]; readonly state: TlaState }[];
  /** Why the move after the last step was refused, if it was. */
  readonly refused?: { readonly move: unknown; readonly because: string };
}

/** A closed system with its refinement, whatever worlds and moves are inside. */
export interface ConformanceModel {
  /** Every action of the specification, by name. */
  readonly actions: readonly string[];
  conform(graph: StateGraph, options?: ConformOptions<unknown>): ConformanceReport<unknown>;
  explore(): Explored<unknown>;
  /** Takes the moves of a path, and tells the states of the specification that it shows. */
  replay(path: Path<unknown>): ShownPath;
  replayTrace(behaviour: Behaviour): ReplayedTrace<unknown>;
  /** What the properties over worlds flag in a behaviour; absent where the protocol does not say. */
  readonly flagged?: (states: readonly TlaState[]) => readonly Flagged[];
  /** What they flag in the worlds that the system itself goes through on a path; absent where there are none. */
  readonly flaggedAlong?: (path: Path<unknown>) => readonly Flagged[];
  /** The names of the properties over worlds, so that one that no trace can flag is told from one that holds. */
  readonly properties: readonly string[];
  /** Fuzzes the system within its bounds. */
  readonly fuzzing: Fuzzing;
  /** Where worlds and steps are in the graph of the same bounds. @throws RangeError for the graph of something else. */
  map(graph: StateGraph): GraphMap<unknown, unknown>;
}

/** What is known of a closed system beside its moves and its projection. */
export interface Known<W> {
  /** Default: none. */
  readonly properties?: Properties<W>;
  /** The actions that are faults: a run may do without them, and they end when it settles. Default: none. */
  readonly faults?: readonly string[];
  /** The inverse of the refinement's view: a world that shows this state. */
  restore?(state: TlaState): W;
}

/** What a protocol has to compare. */
export interface ConformanceModels {
  readonly protocol: string;
  /** The closed system within the bounds that a configuration's text sets, or what of it has no counterpart there. */
  modelOf(cfg: string): ConformanceModel | string;
  /** The models that must hold and are not conformed, by the configuration's file name, with the reason. */
  readonly notConformed: Readonly<Record<string, string>>;
  /** Properties of the specification that there are none of over worlds, by name, with the reason. */
  readonly notOverWorlds?: Readonly<Record<string, string>>;
  /** What vectors for ports to other languages are made of. */
  readonly kit?: KitSource;
  /** Clusters of sizes beyond those of the models. */
  readonly fuzzing?: Fuzzing;
}

/** Puts a closed system and its refinement together, with what else is known of it. */
export function model<W, M>(
  system: ClosedSystem<W, M>,
  refinement: Refinement<W, M>,
  known: Known<W> = {},
): ConformanceModel {
  const { properties, restore } = known;
  const { invariants = [], steps = [] } = properties ?? {};
  // Many traces may be replayed, and with many servers there are many worlds to begin at.
  let initials: readonly W[] | undefined;
  const begun: ClosedSystem<W, M> = {
    initials: () => {
      initials ??= [...system.initials()];
      return initials;
    },
    moves: (world) => system.moves(world),
    apply: (world, move) => system.apply(world, move),
  };
  // Options and paths come back untyped from the command line; a path's moves are held against the system's own.
  return {
    actions: refinement.actions,
    conform: (graph, options) => conform<W, M>(system, refinement, graph, options as ConformOptions<M>),
    explore: () => explore(system),
    replay: (path) => {
      const { initial, steps, refused } = replayPath(system, refinement, path as Path<M>);
      return {
        initial: refinement.view(initial),
        steps: steps.map(({ actions, world }) => ({ actions, state: refinement.view(world) })),
        ...(refused === undefined ? {} : { refused }),
      };
    },
    replayTrace: (behaviour) => replayTrace(begun, refinement, behaviour),
    properties: [...invariants, ...steps].map(({ name }) => name),
    ...(properties === undefined || restore === undefined
      ? {}
      : { flagged: (states) => flagged(properties, restore, states) }),
    ...(properties === undefined ? {} : { flaggedAlong: (path) => flaggedAlong(properties, begun, path as Path<M>) }),
    fuzzing: fuzzing(
      enumerated({
        settings: fc.constant(null),
        open: () => ({ system, refinement, ...(properties === undefined ? {} : { properties }) }),
        actions: refinement.actions,
        faults: known.faults ?? [],
      }),
    ),
    map(graph) {
      const [fault] = unfit(system, refinement, graph);
      if (fault !== undefined) throw new RangeError(fault);
      return new GraphMap<unknown, unknown>(graph, refinement as Refinement<unknown, unknown>);
    },
  };
}
