import type { StateGraph } from "../../tla/graph/graph.ts";
import type { TlaState } from "../../tla/values/value.ts";
import type { ClosedSystem, Refinement } from "./contract.ts";
import { thrown } from "./walk.ts";

/** Why there is no point in walking a closed system beside a graph: one sentence, or none where there is. */
export function unfit<W, M>(system: ClosedSystem<W, M>, refinement: Refinement<W, M>, graph: StateGraph): string[] {
  if (graph.states === 0) return ["the graph is empty"];
  if (graph.initials.length === 0) return ["the graph has no initial state"];
  const used = new Set<number>();
  for (let edge = 0; edge < graph.edges; edge++) used.add(graph.action(edge));
  const labels = [...used].map((label) => graph.actions[label] as string);
  const unknown = labels.filter((name) => !refinement.actions.includes(name));
  if (unknown.length > 0) return [`the graph has labels that the refinement does not name: ${unknown.join(", ")}`];
  for (const world of system.initials()) {
    let view: TlaState;
    try {
      view = refinement.view(world);
    } catch (error) {
      return [`the view of the first initial world threw: ${thrown(error)}`];
    }
    const variables = Object.keys(view).sort().join(", ");
    if (variables === graph.variables.toSorted().join(", ")) return [];
    return [`the view has the variables ${variables} where the graph has ${graph.variables.join(", ")}`];
  }
  return ["the closed system has no initial world"];
}
