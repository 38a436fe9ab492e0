import type { TlaState, TlaValue } from "../values/value.ts";

/**
 * The complete state graph that TLC wrote, held in typed arrays. Nodes are `0 … states - 1`, edges are
 * `0 … edges - 1`, and the edges that leave node `n` are `first(n) … first(n + 1) - 1`. Parallel edges are kept.
 */
export interface StateGraph {
  /** Names of the variables, sorted. */
  readonly variables: readonly string[];
  /** Names of the actions that label edges; an edge's label is an index into it. */
  readonly actions: readonly string[];
  readonly states: number;
  readonly edges: number;
  readonly initials: readonly number[];
  /** The node whose state has the same values, if there is one. Variables must be exactly those of the graph. */
  find(state: TlaState): number | undefined;
  /** The state of a node, decoded. */
  state(node: number): TlaState;
  first(node: number): number;
  /** Index into {@link StateGraph.actions}. */
  action(edge: number): number;
  target(edge: number): number;
  /** The arguments of the action, where TLC labelled them (builds of 2026 do, 2.18 does not). */
  args(edge: number): readonly TlaValue[] | undefined;
}
