import { isDeepStrictEqual } from "node:util";
import type { Protocol } from "../../../impl/kernel/index.ts";
import { UserError } from "../../../tla/errors.ts";
import type { StateGraph } from "../../../tla/graph/graph.ts";
import { type ConformOptions, conform } from "../compare.ts";
import type { ClosedSystem, Refinement } from "../contract.ts";
import { explore } from "../explore.ts";
import type { ConformanceReport } from "../findings.ts";
import { Recorder } from "./record.ts";
import { tableOf } from "./table.ts";
import { type Answers, gaps, type Recorded, type Vectors } from "./vectors.ts";

/** What a protocol supplies, so that vectors for ports can be made of its reducer. */
export interface KitParts<C, S, E, F, A extends string, R extends string, W, M> {
  readonly reducer: Protocol<C, S, E, F, A, R>;
  /** Every action that the reducer can answer with, whether it is ever taken, and the conjuncts that may refuse it. */
  readonly answers: Readonly<Record<A, { readonly taken: boolean; readonly refusedFor: readonly R[] }>>;
  /** The closed system of a configuration around such a reducer, or what of it has no counterpart. */
  open(cfg: string, reducer: Protocol<C, S, E, F, A, R>): Opened<W, M> | string;
  /**
   * What does not come to a node with this configuration in a closed system, plain JSON: events of strangers or beyond
   * the specification, and what is no event at all. `seen` are those that do come.
   */
  besides(config: C, seen: readonly E[]): readonly unknown[];
  /** More of the kind, too many to be offered but in the state that a node starts in. */
  atStart?(config: C): readonly unknown[];
  /** Nodes that no closed system has, since its specification leaves out what is special about them. */
  apart?: readonly Apart<C, E>[];
}

/** A node with a configuration of its own, and what comes to it from its start on, in order. */
export interface Apart<C, E> {
  readonly config: C;
  readonly events: readonly E[];
}

interface Opened<W, M> {
  readonly system: ClosedSystem<W, M>;
  readonly refinement: Refinement<W, M>;
}

/** Makes vectors and holds them against graphs, whatever the types inside. */
export interface KitSource {
  /**
   * The vectors of closed systems, and of what is offered besides; or what of a configuration has no counterpart.
   *
   * @throws UserError (3) where the reducer throws, or changes a state in place.
   */
  record(cfgs: readonly string[]): Recorded | string;
  /**
   * Answers that the reducer can give and no vector has, or the reverse: one sentence each. What nodes apart from the
   * closed systems answer fills no gap.
   */
  gaps(vectors: Vectors): readonly string[];
  /** Conforms a reducer that knows the vectors alone: each edge that it takes is covered by them. */
  conform(
    vectors: Vectors,
    cfg: string,
    graph: StateGraph,
    options?: ConformOptions<unknown>,
  ): ConformanceReport<unknown> | string;
}

/** Puts together what a protocol supplies. */
export function kitSource<C, S, E, F, A extends string, R extends string, W, M>(
  parts: KitParts<C, S, E, F, A, R, W, M>,
): KitSource {
  const answers: Answers = parts.answers;
  return {
    record(cfgs) {
      const recorder = new Recorder(parts.reducer);
      for (const cfg of cfgs) {
        const opened = parts.open(cfg, recorder);
        if (typeof opened === "string") return opened;
        const [violation] = explore(opened.system).violations;
        if (violation !== undefined) throw new UserError(`The closed system is not sound: ${violation.says}.`, 3);
      }
      const walked = recorder.vectors().steps.length;
      for (const { config, events } of parts.apart ?? []) recorder.play(config, events);
      recorder.offer(parts.besides);
      if (parts.atStart !== undefined) recorder.offerAtStart(parts.atStart);
      return { ...recorder.vectors(), walked };
    },
    gaps(vectors) {
      const isApart = (config: unknown): boolean =>
        parts.apart?.some((node) => isDeepStrictEqual(node.config, config)) ?? false;
      const steps = vectors.steps.filter(({ config }) => !isApart(vectors.configs[config]));
      return [...new Set([...gaps({ ...vectors, steps }, answers), ...gaps(vectors, answers)])];
    },
    conform(vectors, cfg, graph, options) {
      // A table is read from JSON, so its types are a hope; an answer of another shape is a mismatch like every other.
      const opened = parts.open(cfg, tableOf(vectors) as Protocol<C, S, E, F, A, R>);
      if (typeof opened === "string") return opened;
      return conform<W, M>(opened.system, opened.refinement, graph, options as ConformOptions<M>);
    },
  };
}
