import { equal } from "../../tla/values/canonical.ts";
import type { TlaState, TlaValue } from "../../tla/values/value.ts";
import type { ClosedSystem, Refinement, SpecAction } from "./contract.ts";
import { type Difference, differences } from "./diff.ts";
import { Interner } from "./intern.ts";
import type { Path } from "./walk.ts";

/** One step of a replay: the move, what it is mapped to, and what became of it. */
export interface ReplayedMove<W, M> {
  readonly move: M;
  readonly actions: readonly SpecAction[];
  readonly world: W;
}

/** A replayed path: how far it went, and the conjunct that refused the move after the last step, if one did. */
export interface ReplayedPath<W, M> {
  readonly initial: W;
  readonly steps: readonly ReplayedMove<W, M>[];
  readonly refused?: { readonly move: M; readonly actions: readonly SpecAction[]; readonly because: string };
}

/**
 * Takes the moves of a path one after another, and stops at one that is refused.
 *
 * @throws RangeError when the system has no such initial world, or no such move to try.
 */
export function replayPath<W, M>(
  system: ClosedSystem<W, M>,
  refinement: Refinement<W, M>,
  path: Path<M>,
): ReplayedPath<W, M> {
  const initials = [...system.initials()];
  if (!(path.initial in initials)) throw new RangeError(`the closed system has no initial world ${path.initial}`);
  const initial = initials[path.initial] as W;
  const steps: ReplayedMove<W, M>[] = [];
  let world = initial;
  for (const [at, move] of path.moves.entries()) {
    if (!has(system.moves(world), move)) throw new RangeError(`the closed system cannot try move ${at + 1} there`);
    const actions = refinement.moved(world, move);
    const tried = system.apply(world, move);
    if (tried.kind === "refused") return { initial, steps, refused: { move, actions, because: tried.because } };
    world = tried.world;
    steps.push({ move, actions, world });
  }
  return { initial, steps };
}

/** A path may come from outside, so a move counts only if it is one of the system's own. */
function has<M>(moves: Iterable<M>, move: M): boolean {
  const interner = new Interner();
  const number = interner.number(move);
  for (const one of moves) if (interner.number(one) === number) return true;
  return false;
}

/** Whether the system can show the states of a trace, one after another. */
export type ReplayedTrace<M> =
  | { readonly kind: "replayed"; readonly path: Path<M>; readonly actions: readonly (readonly SpecAction[])[] }
  | {
      readonly kind: "stuck";
      /** The first state of the trace that cannot be shown, counted from 0, and the moves that come before it. */
      readonly at: number;
      readonly path: Path<M>;
      /** Moves tried there that were refused. */
      readonly refused: readonly { readonly move: M; readonly because: string }[];
      /** How the nearest state that is shown instead differs. */
      readonly differences: readonly Difference[];
    };

/**
 * Finds moves that make a system show the states of a trace, in order. Every world that shows a state is followed, not
 * the first one alone; moves that change no view may come between, and a state that is repeated needs no move.
 *
 * @throws RangeError for a trace without states.
 */
export function replayTrace<W, M>(
  system: ClosedSystem<W, M>,
  refinement: Refinement<W, M>,
  states: readonly TlaState[],
): ReplayedTrace<M> {
  const first = states[0];
  if (first === undefined) throw new RangeError("the trace has no states");
  const shows = (reached: Reached<W, M>, state: TlaState): boolean => same(refinement.view(reached.world), state);
  const initials = [...system.initials()].map((world, initial): Reached<W, M> => ({ world, initial }));
  let reached = initials.filter((one) => shows(one, first));
  if (reached.length === 0)
    return { ...stuck(refinement, initials, first), at: 0, path: told(initials[0]).path, refused: [] };
  for (let at = 0; at < states.length; at++) {
    const state = states[at] as TlaState;
    if (at > 0 && !same(states[at - 1] as TlaState, state)) {
      const { landed, refused } = around(system, refinement, reached);
      const next = landed.filter((one) => shows(one, state));
      if (next.length === 0) return { ...stuck(refinement, landed, state), at, path: told(reached[0]).path, refused };
      reached = next;
    }
    reached = settled(system, refinement, reached, state);
  }
  return { kind: "replayed", ...told(reached[0]) };
}

/** A world on the way, with the move that led to it. */
interface Reached<W, M> {
  readonly world: W;
  readonly initial: number;
  readonly step?: { readonly before: Reached<W, M>; readonly move: M; readonly actions: readonly SpecAction[] };
}

/** These worlds, each once, and those that moves which leave the state as it is lead to. */
function settled<W, M>(
  system: ClosedSystem<W, M>,
  refinement: Refinement<W, M>,
  from: readonly Reached<W, M>[],
  state: TlaState,
): Reached<W, M>[] {
  const interner = new Interner();
  const seen = new Set<number>();
  const settled: Reached<W, M>[] = [];
  const enter = (one: Reached<W, M>): void => {
    const number = interner.number(one.world);
    if (!seen.has(number)) settled.push(one);
    seen.add(number);
  };
  from.forEach(enter);
  for (const one of settled) {
    around(system, refinement, [one])
      .landed.filter(({ world }) => same(refinement.view(world), state))
      .forEach(enter);
  }
  return settled;
}

/** What the moves of some worlds lead to, and those that are refused. */
function around<W, M>(
  system: ClosedSystem<W, M>,
  refinement: Refinement<W, M>,
  from: readonly Reached<W, M>[],
): { readonly landed: Reached<W, M>[]; readonly refused: { move: M; because: string }[] } {
  const landed: Reached<W, M>[] = [];
  const refused: { move: M; because: string }[] = [];
  for (const before of from) {
    for (const move of system.moves(before.world)) {
      const tried = system.apply(before.world, move);
      if (tried.kind === "refused") refused.push({ move, because: tried.because });
      else {
        const actions = refinement.moved(before.world, move);
        landed.push({ world: tried.world, initial: before.initial, step: { before, move, actions } });
      }
    }
  }
  return { landed, refused };
}

function same(view: TlaState, state: TlaState): boolean {
  const names = Object.keys(view);
  if (names.length !== Object.keys(state).length) return false;
  return names.every((name) => Object.hasOwn(state, name) && equal(view[name] as TlaValue, state[name] as TlaValue));
}

function stuck<W, M>(
  refinement: Refinement<W, M>,
  landed: readonly Reached<W, M>[],
  state: TlaState,
): { readonly kind: "stuck"; readonly differences: readonly Difference[] } {
  const all = landed.map(({ world }) => differences(state, refinement.view(world)));
  all.sort((one, other) => one.length - other.length);
  return { kind: "stuck", differences: all[0] ?? [] };
}

function told<W, M>(last: Reached<W, M> | undefined): { path: Path<M>; actions: (readonly SpecAction[])[] } {
  const moves: M[] = [];
  const actions: (readonly SpecAction[])[] = [];
  for (let step = last?.step; step !== undefined; step = step.before.step) {
    moves.unshift(step.move);
    actions.unshift(step.actions);
  }
  return { path: { initial: last?.initial ?? 0, moves }, actions };
}
