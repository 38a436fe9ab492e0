import { canonical } from "../values/canonical.ts";
import type { TlaState, TlaValue } from "../values/value.ts";
import { columnGraph, type EdgeLabel, groupBySource, Values } from "./columns.ts";
import type { StateGraph } from "./graph.ts";

/** A graph in lists. Nodes are indices into `states`. */
export interface GraphParts {
  /** What errors call the graph. */
  readonly name?: string;
  readonly variables: readonly string[];
  readonly actions: readonly string[];
  readonly states: readonly TlaState[];
  readonly initials: readonly number[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphEdge {
  readonly source: number;
  /** One of the actions. */
  readonly action: string;
  readonly args?: readonly TlaValue[];
  readonly target: number;
}

/**
 * The graph that the lists describe, with the nodes as given and each node's edges in the order given.
 *
 * @throws RangeError for a node or action that there is not, TypeError for a state that lacks a variable or has another
 *   one, UserError (64) for two nodes with the same state.
 */
export function buildGraph(parts: GraphParts): StateGraph {
  const variables = [...parts.variables].sort();
  const values = variables.map(() => new Values());
  const cells = parts.states.flatMap((state, node) => {
    if (Object.keys(state).length !== variables.length) throw new TypeError(`state ${node} has other variables`);
    return variables.map((name, index) => {
      const value = Object.hasOwn(state, name) ? state[name] : undefined;
      const table = values[index];
      if (value === undefined || table === undefined) throw new TypeError(`state ${node} lacks the variable ${name}`);
      return table.add(canonical(value));
    });
  });
  for (const node of [...parts.initials, ...parts.edges.flatMap(({ source, target }) => [source, target])]) {
    if (!(Number.isInteger(node) && node >= 0 && node < parts.states.length)) {
      throw new RangeError(`there is no node ${node}`);
    }
  }
  return columnGraph({
    name: parts.name ?? "The graph",
    variables,
    actions: parts.actions,
    initials: parts.initials,
    values,
    cells: Int32Array.from(cells),
    labels: parts.edges.map((edge) => label(edge, parts.actions)),
    ...groupBySource(parts.states.length, {
      sources: Int32Array.from(parts.edges, ({ source }) => source),
      targets: Int32Array.from(parts.edges, ({ target }) => target),
      labelled: Int32Array.from(parts.edges, (_, index) => index),
    }),
  });
}

function label({ action: name, args }: GraphEdge, actions: readonly string[]): EdgeLabel {
  const action = actions.indexOf(name);
  if (action < 0) throw new RangeError(`there is no action ${name}`);
  return args === undefined ? { action } : { action, args };
}
