import type { StateGraph } from "../../tla/graph/graph.ts";
import { actionText } from "./action-text.ts";
import type { ClosedSystem, Refinement, SpecAction, Tried } from "./contract.ts";
import { Tally } from "./count.ts";
import { Edges } from "./edges.ts";
import { type About, Explainer } from "./explain.ts";
import type { ClaimName, ConformanceReport, Mismatch, MismatchKind } from "./findings.ts";
import { fitted } from "./fitted.ts";
import { unfit } from "./unfit.ts";
import { attempt, type Path, type Progress, thrown, Unsteady, type Visitor, Walk } from "./walk.ts";

export interface ConformOptions<M> {
  /** How many mismatches of each kind are kept and explained (default 5); all are counted. */
  readonly keep?: number;
  /** The comparison ends, and fails, when it has met this many worlds (default 10,000,000). */
  readonly maxWorlds?: number;
  /** The comparison ends at the world where it has kept this many mismatches (default: it goes on). */
  readonly stopAt?: number;
  /** The one line that reproduces a mismatch; by default the path as JSON. */
  readonly reproduce?: (path: Path<M>) => string;
  readonly progress?: (progress: Progress) => void;
}

/**
 * Walks a closed system beside the complete state graph of its specification, from the initial worlds on. At every
 * reachable world `w` that shows state `n` of the graph:
 *
 * - **sound**: a move taken at `w` and mapped to actions `a1 … ak` lands on a world whose state some path of edges
 *   labelled `a1 … ak` leads to from `n`. So one action is one edge, and a stutter (`k = 0`) leaves the state unchanged.
 * - **complete**: every edge of `n` is the first edge of such a path for some move taken at `w` itself. What another
 *   world takes that shows the same state does not count, and a stutter takes no edge. States that only composed moves
 *   pass through have no world of their own; each of their edges must lie on the path of some move.
 * - **refusals**: a move tried at `w` whose actions label no path from `n` is refused, and no move, taken or refused,
 *   changes `w`. A move that is taken all the same is a mismatch of refusals and not of soundness.
 *
 * Labels are names; arguments are compared as well where both the graph and the refinement give them. Where they do
 * not, the argument of an edge is that of the move which lands on its target: a refused move whose action is enabled
 * with unknown arguments is left to completeness.
 *
 * The initial worlds show exactly the initial states of the graph, and every state of the graph is shown or passed
 * through. The report is no pass when a claim compared nothing, when the graph is empty or has a label that the
 * refinement does not name, or when the refinement names an action that no move was mapped to at a
 * world where it has to be refused.
 */
export function conform<W, M>(
  system: ClosedSystem<W, M>,
  refinement: Refinement<W, M>,
  graph: StateGraph,
  options: ConformOptions<M> = {},
): ConformanceReport<M> {
  const began = performance.now();
  const comparison = new Comparison(system, refinement, graph, options);
  comparison.run();
  return comparison.report((performance.now() - began) / 1000);
}

class Comparison<W, M> implements Visitor<W, M> {
  readonly #system: ClosedSystem<W, M>;
  readonly #refinement: Refinement<W, M>;
  readonly #graph: StateGraph;
  readonly #options: ConformOptions<M>;
  readonly #walk: Walk<W, M>;
  readonly #explainer: Explainer<W, M>;
  readonly #edges: Edges;
  readonly #named: ReadonlySet<string>;

  readonly #sound: Tally;
  readonly #complete: Tally;
  readonly #refusals: Tally;
  readonly #faults: string[] = [];
  readonly #mismatches: Mismatch<M>[] = [];
  readonly #kept = new Map<MismatchKind, number>();
  #stutters = 0;
  #undecided = 0;
  #walked: Progress = { worlds: 0, queue: 0, tries: 0, edges: 0, depth: 0 };

  /** The node that each world shows, -1 where there is none. */
  #nodes = new Int32Array(1024);
  /** For each node: whether a world shows it. */
  readonly #shown: Uint8Array;
  /** For each initial node: whether an initial world shows it. */
  readonly #begun = new Map<number, boolean>();
  /** For each label: the stamp of the last world at which a move tried it. */
  readonly #tried: Int32Array;
  /** For each label: at how many worlds it was not enabled and no move tried it. */
  readonly #untried: Int32Array;

  /** The world whose moves are being tried, its number, its node, and its stamp. */
  #world: W | undefined;
  #id = -1;
  #node = -1;
  #stamp = 0;

  constructor(system: ClosedSystem<W, M>, refinement: Refinement<W, M>, graph: StateGraph, options: ConformOptions<M>) {
    this.#system = system;
    this.#refinement = refinement;
    this.#graph = graph;
    this.#options = options;
    this.#walk = new Walk(system);
    this.#explainer = new Explainer(system, refinement, graph);
    this.#named = new Set(refinement.actions);
    const names = [...new Set([...graph.actions, ...refinement.actions])];
    this.#edges = new Edges(graph, names);
    this.#sound = new Tally(names);
    this.#complete = new Tally(names);
    this.#refusals = new Tally(names);
    this.#shown = new Uint8Array(graph.states);
    this.#tried = new Int32Array(names.length);
    this.#untried = new Int32Array(names.length);
    for (const node of graph.initials) this.#begun.set(node, false);
  }

  run(): void {
    try {
      this.#faults.push(...unfit(this.#system, this.#refinement, this.#graph));
      if (this.#faults.length > 0) return;
      const { maxWorlds, stopAt, progress } = this.#options;
      const walked = this.#walk.run(this, {
        ...(maxWorlds === undefined ? {} : { maxWorlds }),
        ...(stopAt === undefined ? {} : { stop: () => this.#mismatches.length >= stopAt }),
        ...(progress === undefined ? {} : { progress }),
      });
      this.#walked = walked;
      if (!walked.complete) this.#faults.push(`the comparison stopped at its bound of ${walked.worlds} worlds`);
      if (this.#stamp === 0) this.#initialsMissing();
    } catch (error) {
      // Moves that throw are mismatches; here the system cannot say what its worlds or moves are, or has no plain JSON.
      this.#faults.push(error instanceof Unsteady ? error.message : `the walk could not go on: ${thrown(error)}`);
    }
  }

  report(seconds: number): ConformanceReport<M> {
    const graph = this.#graph;
    const coverage = this.#coverage();
    const faults = [...this.#faults, ...this.#vacuous(), ...coverage.faults];
    const sound = this.#sound.claim();
    const complete = this.#complete.claim();
    const refusals = this.#refusals.claim();
    const mismatches = sound.mismatches + complete.mismatches + refusals.mismatches;
    const never = (tally: Tally): string[] =>
      [...this.#named].filter((name) => tally.agreed(this.#edges.label(name) as number) === 0);
    return {
      module: this.#refinement.module,
      passed: mismatches === 0 && faults.length === 0,
      faults,
      worlds: this.#walked.worlds,
      depth: this.#walked.depth,
      states: { reached: coverage.reached, passedThrough: coverage.passedThrough, of: graph.states },
      edges: { taken: coverage.taken, of: graph.edges },
      sound: { ...sound, stutters: this.#stutters },
      complete,
      refusals: {
        ...refusals,
        undecided: this.#undecided,
        untried: this.#untried.reduce((sum, worlds) => sum + worlds, 0),
      },
      neverTaken: never(this.#sound),
      neverRefused: never(this.#refusals),
      mismatches: this.#mismatches,
      seconds,
    };
  }

  // --- the walk ---

  met(world: W, id: number): boolean {
    this.#nodes = fitted(this.#nodes, id);
    const initial = this.#stamp === 0;
    const node = this.#project(world, id);
    this.#nodes[id] = node ?? -1;
    if (initial) this.#initial(world, id, node);
    if (node === undefined) return false;
    this.#shown[node] = 1;
    return true;
  }

  entered(world: W, id: number): void {
    if (this.#stamp === 0) this.#initialsMissing();
    this.#world = world;
    this.#id = id;
    this.#stamp = id + 1;
    this.#node = this.#nodes[id] as number;
    this.#edges.enter(this.#node, this.#stamp);
  }

  tried(move: M, tried: Tried<W>, landed: number): void {
    let actions: readonly SpecAction[];
    try {
      actions = this.#refinement.moved(this.#world as W, move);
    } catch (error) {
      this.threw(move, error);
      return;
    }
    const first = actions[0];
    if (first === undefined) {
      if (tried.kind === "took") this.#stutter(move, tried.world, landed);
      return;
    }
    for (const action of actions) {
      const label = this.#edges.label(action.name);
      if (label === undefined || !this.#named.has(action.name)) {
        this.#sound.mismatch(label);
        const says = `a move was mapped to ${action.name}, an action that the refinement does not name`;
        this.#keep("sound", "unknown-action", says, { move, actions });
        return;
      }
      this.#tried[label] = this.#stamp;
    }
    const label = this.#edges.label(first.name) as number;
    const enabled = this.#edges.enable(actions);
    if (tried.kind === "refused") {
      if (enabled) this.#undecided++;
      else this.#refusals.agree(label);
    } else if (!enabled) {
      this.#refusals.mismatch(label);
      const says = `${names(actions)} was taken where the graph does not enable it`;
      this.#keep("refusals", "not-refused", says, { move, actions, got: tried.world, expected: this.#node });
    } else if (this.#edges.follow(actions, this.#nodes[landed] as number)) this.#sound.agree(label);
    else this.#unsound(move, actions, label, tried.world, landed);
  }

  threw(move: M, error: unknown): void {
    this.#sound.mismatch(undefined);
    this.#keep("sound", "threw", `a move threw: ${thrown(error)}`, { move, actions: [] });
  }

  left(): void {
    const graph = this.#graph;
    const end = graph.first(this.#node + 1);
    let previous = -1;
    for (let edge = graph.first(this.#node); edge < end; edge++) {
      const label = graph.action(edge);
      if (this.#edges.isTakenHere(edge)) this.#complete.agree(label);
      else {
        this.#complete.mismatch(label);
        const parallel =
          previous >= 0 && label === graph.action(previous) && graph.target(edge) === graph.target(previous);
        previous = edge;
        if (parallel) continue;
        const says = `no move takes this edge ${graph.actions[label]} of the graph`;
        this.#keep("complete", "missing", says, { actions: [this.#edges.action(edge)], expected: graph.target(edge) });
      }
    }
    for (let label = 0; label < this.#tried.length; label++) {
      if (this.#tried[label] === this.#stamp || this.#edges.isEnabled(label)) continue;
      this.#untried[label] = (this.#untried[label] as number) + 1;
    }
  }

  mutated(id: number): void {
    const { world } = this.#walk.rebuild(id);
    // Where the world cannot even be made again as it was, no move tried at it can be told to be the one.
    const moves = this.#walk.is(id, world) ? this.#system.moves(world) : [];
    for (const move of moves) {
      const tried = attempt(this.#system, world, move);
      if (this.#walk.is(id, world)) continue;
      const actions = this.#refinement.moved(this.#walk.rebuild(id).world, move);
      const label = this.#edges.label(actions[0]?.name ?? "");
      if (tried.kind === "refused") {
        this.#refusals.mismatch(label);
        this.#keepAt(id, "refusals", "mutated", `${names(actions)} was refused and yet changed the world`, {
          move,
          actions,
          got: world,
        });
      } else {
        this.#sound.mismatch(label);
        this.#keepAt(id, "sound", "mutated", `${names(actions)} changed the world that it was tried at`, {
          move,
          actions,
          got: world,
        });
      }
      return;
    }
    this.#sound.mismatch(undefined);
    this.#keepAt(
      id,
      "sound",
      "mutated",
      "the world was changed in place by a move that was tried elsewhere or before",
      { actions: [] },
    );
  }

  // --- initial worlds ---

  #initial(world: W, id: number, node: number | undefined): void {
    if (node !== undefined && this.#begun.has(node)) {
      this.#begun.set(node, true);
      return;
    }
    this.#sound.mismatch(undefined);
    const says = "an initial world shows a state that is not an initial state of the graph";
    this.#keepAt(id, "sound", "initial-extra", says, { actions: [], got: world });
  }

  #initialsMissing(): void {
    for (const [node, shown] of this.#begun) {
      if (shown) continue;
      this.#complete.mismatch(undefined);
      const says = "no initial world shows this initial state of the graph";
      this.#keep("complete", "initial-missing", says, { actions: [], expected: node });
    }
  }

  // --- one world beside one node ---

  #project(world: W, id: number): number | undefined {
    try {
      return this.#graph.find(this.#refinement.view(world));
    } catch (error) {
      this.#sound.mismatch(undefined);
      this.#keepAt(id, "sound", "threw", `the view of a world threw: ${thrown(error)}`, { actions: [] });
      return undefined;
    }
  }

  #stutter(move: M, world: W, landed: number): void {
    if (this.#nodes[landed] === this.#node) {
      this.#stutters++;
      return;
    }
    this.#sound.mismatch(undefined);
    const says = "a move that is mapped to no action changed the view";
    this.#keep("sound", "stutter", says, { move, actions: [], got: world, expected: this.#node });
  }

  #unsound(move: M, actions: readonly SpecAction[], label: number, got: W, landed: number): void {
    this.#sound.mismatch(label);
    const node = this.#nodes[landed] as number;
    const others = node < 0 ? [] : this.#explainer.labelsBetween(this.#node, node);
    if (actions.length === 1 && others.length > 0) {
      const says = `${names(actions)} was taken and landed where only ${others.join(" or ")} leads`;
      this.#keep("sound", "label", says, { move, actions, got });
    } else {
      const says = `${names(actions)} was taken and landed where no such edge of the graph leads`;
      this.#keep("sound", "successor", says, { move, actions, got });
    }
  }

  // --- what is kept ---

  #keep(claim: ClaimName, kind: MismatchKind, says: string, about: About<W, M>): void {
    this.#keepAt(this.#id, claim, kind, says, about);
  }

  #keepAt(id: number, claim: ClaimName, kind: MismatchKind, says: string, about: About<W, M>): void {
    const kept = this.#kept.get(kind) ?? 0;
    if (kept >= (this.#options.keep ?? 5)) return;
    this.#kept.set(kind, kept + 1);
    const at = id < 0 ? undefined : this.#walk.rebuild(id);
    const path = at?.path ?? { initial: 0, moves: [] };
    const whole = about.move === undefined ? path : { ...path, moves: [...path.moves, about.move] };
    this.#mismatches.push({
      claim,
      kind,
      says,
      initial: path.initial,
      path: path.moves,
      ...this.#explainer.explain(kind, about, at?.world, id < 0 ? -1 : (this.#nodes[id] as number)),
      reproduce: (this.#options.reproduce ?? JSON.stringify)(whole),
    });
  }

  // --- the run as a whole ---

  /** Claims that compared nothing, and actions that no move was mapped to, at all or where they had to be refused. */
  #vacuous(): string[] {
    const claims = { sound: this.#sound, complete: this.#complete, refusals: this.#refusals };
    const empty = Object.entries(claims).filter(([, tally]) => tally.total().compared === 0);
    return [
      ...empty.map(([claim]) => `nothing was compared: ${claim}`),
      ...[...this.#named].flatMap((name) => {
        const label = this.#edges.label(name) as number;
        const worlds = this.#untried[label] as number;
        if (this.#tried[label] === 0) return [`no move was ever mapped to the action ${name}`];
        return worlds === 0 ? [] : [`${name} was not tried at ${worlds} worlds where it has to be refused`];
      }),
    ];
  }

  #coverage(): { reached: number; passedThrough: number; taken: number; faults: string[] } {
    const graph = this.#graph;
    const passedThrough = new Set<number>();
    let taken = 0;
    for (let edge = 0; edge < graph.edges; edge++) {
      if (!this.#edges.isTaken(edge)) continue;
      taken++;
      if (this.#shown[graph.target(edge)] === 0) passedThrough.add(graph.target(edge));
    }
    let reached = 0;
    for (const shown of this.#shown) reached += shown;
    let between = 0;
    for (const node of passedThrough) {
      for (let edge = graph.first(node); edge < graph.first(node + 1); edge++)
        if (!this.#edges.isTaken(edge)) between++;
    }
    const unreached = graph.states - reached - passedThrough.size;
    const faults: string[] = [];
    if (unreached > 0) faults.push(`${unreached} of ${graph.states} states of the graph were never reached`);
    if (between > 0) faults.push(`${between} edges of states that only composed moves pass through were never taken`);
    return { reached, passedThrough: passedThrough.size, taken, faults };
  }
}

function names(actions: readonly SpecAction[]): string {
  return actions.map(actionText).join(" then ") || "a stutter";
}
