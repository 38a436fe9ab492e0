import Table from "cli-table3";
import { differences, type GraphMap, type Item } from "../conformance/engine/index.ts";
import type { StateGraph } from "../tla/graph/index.ts";
import { printState } from "../tla/values/index.ts";
import { count } from "./progress.ts";

/** The graph that steps are held against. */
export interface Coverage {
  readonly cfg: string;
  readonly graph: StateGraph;
  readonly map: GraphMap<unknown, unknown>;
}

/** What was hit of a graph, by the numbers that a {@link GraphMap} gives. */
export interface Hit {
  readonly states: ReadonlySet<number>;
  readonly edges: ReadonlySet<number>;
}

/** How many different edges each action has. */
export function edgesByAction({ graph, map }: Coverage): Readonly<Record<string, number>> {
  const numbers = new Map(graph.actions.map((action) => [action, new Set<number>()]));
  for (let edge = 0; edge < graph.edges; edge++) numbers.get(actionOf(graph, edge))?.add(map.edge(edge));
  return Object.fromEntries([...numbers].map(([action, edges]) => [action, edges.size]));
}

/** The edges of each action among those that were hit. */
export function hitByAction({ graph, map }: Coverage, hit: Hit): Readonly<Record<string, readonly string[]>> {
  const numbers = new Map(graph.actions.map((action) => [action, new Set<string>()]));
  for (let edge = 0; edge < graph.edges; edge++) {
    const number = map.edge(edge);
    if (hit.edges.has(number)) numbers.get(actionOf(graph, edge))?.add(String(number));
  }
  return Object.fromEntries([...numbers].map(([action, edges]) => [action, [...edges].sort()]));
}

/** The share of states and edges that was hit, by action, and for each action the nearest example of what was not. */
export function coverageText(coverage: Coverage, hit: Hit): string {
  const { cfg, graph } = coverage;
  const table = new Table({
    head: ["", "hit", "of", "share"],
    colAligns: ["left", "right", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  const row = (name: string, some: number, all: number): void => {
    table.push([name, count(some), count(all), all === 0 ? "" : `${((100 * some) / all).toFixed(1)} %`]);
  };
  const all = edgesByAction(coverage);
  const some = hitByAction(coverage, hit);
  row("states", hit.states.size, graph.states);
  row("edges", hit.edges.size, coverage.map.size);
  for (const action of graph.actions) row(`  ${action}`, some[action]?.length ?? 0, all[action] ?? 0);
  const examples = nearestMissed(coverage, hit).map((missed) => missedText(graph, missed));
  return [`Coverage of the graph of ${cfg}`, table.toString(), ...examples].join("\n");
}

/** An edge that no run took, with the number of steps that it takes to get to its source. */
interface Missed {
  readonly edge: number;
  readonly source: number;
  readonly depth: number;
  readonly visited: boolean;
}

/** For each action the edge that was nearly hit: its source was, if there is such a one, and few steps lead there. */
function nearestMissed({ graph, map }: Coverage, hit: Hit): Missed[] {
  const depths = depthsOf(graph);
  const nearest = new Map<string, Missed>();
  for (let source = 0; source < graph.states; source++) {
    const visited = hit.states.has(map.state(source));
    const depth = depths[source] ?? 0;
    for (let edge = graph.first(source); edge < graph.first(source + 1); edge++) {
      if (hit.edges.has(map.edge(edge))) continue;
      const action = actionOf(graph, edge);
      const known = nearest.get(action);
      const nearer = known === undefined || (visited !== known.visited ? visited : depth < known.depth);
      if (nearer) nearest.set(action, { edge, source, depth, visited });
    }
  }
  return graph.actions.flatMap((action) => nearest.get(action) ?? []);
}

function depthsOf(graph: StateGraph): Int32Array {
  const depths = new Int32Array(graph.states).fill(-1);
  const queue = [...graph.initials];
  for (const node of queue) depths[node] = 0;
  for (const node of queue) {
    for (let edge = graph.first(node); edge < graph.first(node + 1); edge++) {
      const target = graph.target(edge);
      if (depths[target] !== -1) continue;
      depths[target] = (depths[node] ?? 0) + 1;
      queue.push(target);
    }
  }
  return depths;
}

/** The nearest example of each action, for a job that was not divided: in its parts, other ones are nearest. */
export function missedItems(coverage: Coverage, hit: Hit): Item[] {
  const { graph } = coverage;
  return nearestMissed(coverage, hit).map((missed) => ({
    id: `never hit: ${actionOf(graph, missed.edge)}`,
    example: missedText(graph, missed),
  }));
}

function missedText(graph: StateGraph, { edge, source, depth, visited }: Missed): string {
  const before = graph.state(source);
  const steps = differences(before, graph.state(graph.target(edge))).map(
    ({ at, expected, got }) => `    ${at}: ${expected ?? "nothing"} -> ${got ?? "nothing"}`,
  );
  const away = `${count(depth)} ${depth === 1 ? "step" : "steps"} from an initial state`;
  const where = `${away}, at a state that was ${visited ? "" : "not "}hit`;
  return [
    `never hit: ${actionOf(graph, edge)}, ${where}:`,
    printState(before).replace(/^/gm, "    "),
    "  to which it does",
    ...steps,
  ].join("\n");
}

function actionOf(graph: StateGraph, edge: number): string {
  return graph.actions[graph.action(edge)] as string;
}
