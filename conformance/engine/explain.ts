import type { StateGraph } from "../../tla/graph/graph.ts";
import type { TlaState } from "../../tla/values/value.ts";
import { actionText } from "./action-text.ts";
import type { ClosedSystem, Refinement, SpecAction } from "./contract.ts";
import { differences } from "./diff.ts";
import type { Mismatch, MismatchKind } from "./findings.ts";
import { attempt } from "./walk.ts";

/** What a mismatch is about: the move and its actions, the world that came of it, the node that was expected. */
export interface About<W, M> {
  readonly move?: M;
  readonly actions: readonly SpecAction[];
  readonly got?: W;
  readonly expected?: number;
}

/** The part of a mismatch that is worked out only for those that are kept. */
export type Explained<M> = Pick<
  Mismatch<M>,
  "state" | "move" | "actions" | "expected" | "got" | "differences" | "refused" | "enabled"
>;

/** How many edges or states are looked at to find the nearest one, and how many actions are told. */
const looked = 1000;
const told = 5;

/** Works out what a user needs to see of a mismatch. Slow, and only for the few that are kept. */
export class Explainer<W, M> {
  readonly #system: ClosedSystem<W, M>;
  readonly #refinement: Refinement<W, M>;
  readonly #graph: StateGraph;

  constructor(system: ClosedSystem<W, M>, refinement: Refinement<W, M>, graph: StateGraph) {
    this.#system = system;
    this.#refinement = refinement;
    this.#graph = graph;
  }

  /** `world` is the one at which the mismatch shows and `node` its state in the graph, where there are such. */
  explain(kind: MismatchKind, about: About<W, M>, world: W | undefined, node: number): Explained<M> {
    const state = node >= 0 ? this.#graph.state(node) : undefined;
    const action = about.actions[0];
    let got = about.got === undefined ? undefined : this.#view(about.got);
    let expected = about.expected === undefined ? undefined : this.#graph.state(about.expected);
    let refused: Explained<M>["refused"] = [];
    if (kind === "missing" && world !== undefined && expected !== undefined && action !== undefined) {
      const trials = this.#trials(world, action.name);
      refused = trials.refused;
      got = nearest(trials.landed, expected);
    } else if (kind === "successor" || kind === "label") {
      expected = nearest(this.#successors(node, about.actions), got);
    } else if (kind === "initial-extra") {
      expected = nearest(
        this.#graph.initials.slice(0, looked).map((initial) => this.#graph.state(initial)),
        got,
      );
    }
    return {
      ...(state === undefined ? {} : { state }),
      ...(about.move === undefined ? {} : { move: about.move }),
      actions: about.actions,
      ...(expected === undefined ? {} : { expected }),
      ...(got === undefined ? {} : { got }),
      differences: expected === undefined || got === undefined ? [] : differences(expected, got),
      refused,
      enabled: state === undefined ? [] : this.#enabled(node, got ?? state),
    };
  }

  /** The labels of the edges that lead from one node to another. */
  labelsBetween(from: number, to: number): readonly string[] {
    const labels = new Set<string>();
    for (const edge of this.#edges(from))
      if (this.#graph.target(edge) === to) labels.add(actionText(this.#action(edge)));
    return [...labels];
  }

  #view(world: W): TlaState | undefined {
    try {
      return this.#refinement.view(world);
    } catch {
      return undefined;
    }
  }

  /** The moves of an action that are refused at a world, and the views that its other moves land on. */
  #trials(world: W, name: string): { refused: Explained<M>["refused"]; landed: TlaState[] } {
    const refused: { move: M; because: string }[] = [];
    const landed: TlaState[] = [];
    for (const move of this.#system.moves(world)) {
      if (!this.#refinement.moved(world, move).some((action) => action.name === name)) continue;
      const tried = attempt(this.#system, world, move);
      if (tried.kind === "refused") refused.push({ move, because: tried.because });
      const view = tried.kind === "took" ? this.#view(tried.world) : undefined;
      if (view !== undefined) landed.push(view);
    }
    return { refused, landed };
  }

  /** The states at the ends of the paths with these labels. */
  #successors(node: number, actions: readonly SpecAction[]): TlaState[] {
    let ends = new Set([node]);
    for (const action of actions) {
      const next = new Set<number>();
      for (const end of ends) {
        for (const edge of this.#edges(end))
          if (this.#action(edge).name === action.name) next.add(this.#graph.target(edge));
      }
      ends = next;
    }
    return [...ends].slice(0, looked).map((end) => this.#graph.state(end));
  }

  #enabled(node: number, near: TlaState): Explained<M>["enabled"] {
    const nearest = new Map<string, { action: SpecAction; differences: number }>();
    for (const edge of this.#edges(node).slice(0, looked)) {
      const action = this.#action(edge);
      const known = nearest.get(actionText(action));
      const distance = differences(this.#graph.state(this.#graph.target(edge)), near).length;
      if (known === undefined || distance < known.differences) {
        nearest.set(actionText(action), { action, differences: distance });
      }
    }
    return [...nearest.values()].sort((one, other) => one.differences - other.differences).slice(0, told);
  }

  #edges(node: number): number[] {
    const first = this.#graph.first(node);
    return Array.from({ length: this.#graph.first(node + 1) - first }, (_, at) => first + at);
  }

  #action(edge: number): SpecAction {
    const name = this.#graph.actions[this.#graph.action(edge)] as string;
    const args = this.#graph.args(edge);
    return args === undefined ? { name } : { name, args };
  }
}

/** The state that differs least from the one wanted. */
function nearest(states: readonly TlaState[], wanted: TlaState | undefined): TlaState | undefined {
  if (wanted === undefined) return states[0];
  let best: TlaState | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const state of states) {
    const distance = differences(state, wanted).length;
    if (distance < least) [best, least] = [state, distance];
  }
  return best;
}
