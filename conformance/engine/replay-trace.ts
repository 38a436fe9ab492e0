import { canonical } from "../../tla/values/canonical.ts";
import type { TlaState, TlaValue } from "../../tla/values/value.ts";
import type { ClosedSystem, Refinement, SpecAction } from "./contract.ts";
import { Interner } from "./intern.ts";
import { explainStuck, type Stuck } from "./replay-stuck.ts";
import type { Path } from "./walk.ts";

/** A behaviour of a specification: its states, and what is known of the steps between them. */
export interface Behaviour {
  readonly states: readonly TlaState[];
  /** The name of the action that leads to each state, where it is known. */
  readonly actions?: readonly (string | undefined)[];
  /** Where the behaviour goes on for ever: the index of the state after the last one, and the action back to it. */
  readonly loop?: { readonly to: number; readonly action?: string };
}

/** Whether a system can show the states of a behaviour, one after another, and how far it came. */
export type ReplayedTrace<M> = Way<M> &
  (
    | {
        readonly kind: "replayed";
        /** Of a lasso: the rounds until a world came again, and the first of the moves that repeat, from 0. */
        readonly loop?: { readonly rounds: number; readonly from: number };
      }
    /** Every round of a lasso can be shown as far as it was tried, but no world has come again. */
    | { readonly kind: "endless"; readonly rounds: number }
    | Stuck<M>
  );

/** The moves that were found, each with what it is mapped to. */
interface Way<M> {
  readonly path: Path<M>;
  readonly actions: readonly (readonly SpecAction[])[];
}

/** How many rounds of a lasso are tried by default. */
const patience = 256;

/**
 * Finds moves that make a system show the states of a behaviour, in order, by the actions it names. Every world
 * that shows a state is followed, not the first one alone; moves that change no view may come between, and a state that
 * is repeated needs no move. A lasso is gone round until a world comes again, so that what was found can go on for
 * ever. The states in the middle of a move that is several actions cannot be shown.
 *
 * @throws RangeError for a behaviour without states, or with a loop to none of them.
 */
export function replayTrace<W, M>(
  system: ClosedSystem<W, M>,
  refinement: Refinement<W, M>,
  behaviour: Behaviour,
  rounds: number = patience,
): ReplayedTrace<M> {
  const { states, loop } = behaviour;
  const [first] = states;
  if (first === undefined) throw new RangeError("the behaviour has no states");
  if (loop !== undefined && !(loop.to in states)) throw new RangeError("the behaviour goes back to none of its states");
  const initials = [...system.initials()].map((world, initial): Reached<W, M> => ({ world, initial }));
  let reached: readonly Reached<W, M>[] = initials.filter(({ world }) => new View(refinement.view(world)).is(first));
  const parted = (at: number, round: number, from: readonly Reached<W, M>[], action?: string): ReplayedTrace<M> => {
    const worlds = from.length > 0 ? from.map(({ world }) => world) : initials.map(({ world }) => world);
    const wanted = { state: states[at] as TlaState, action: known(refinement, action) };
    const around = at === 0 && round === 0 ? undefined : system;
    return { kind: "stuck", at, round, ...told(from[0]), ...explainStuck(around, refinement, worlds, wanted) };
  };
  if (reached.length === 0) return parted(0, 0, []);
  const tour = new Tour<W, M>();
  if (loop?.to === 0) reached = tour.arrive(reached);
  let here = first;
  let repeats = false;
  for (const { at, action, round } of steps(behaviour, rounds)) {
    const state = states[at] as TlaState;
    const again = new View(here).is(state);
    // Once a state has been repeated, all worlds that show it have been found.
    if (again && repeats && at !== loop?.to) continue;
    repeats = again;
    const settled: Reached<W, M>[] = [];
    const next = advance(system, refinement, reached, here, state, known(refinement, action), settled);
    if (next.length === 0) return parted(at, round, settled, action);
    [reached, here] = [next, state];
    if (at !== loop?.to) continue;
    reached = tour.arrive(reached);
    const closed = reached.find(({ lap }) => lap?.again !== undefined);
    if (closed?.lap !== undefined) {
      return { kind: "replayed", ...told(closed), loop: { rounds: round, from: closed.lap.again ?? 0 } };
    }
  }
  if (loop !== undefined) return { kind: "endless", rounds, ...told(reached[0]) };
  return { kind: "replayed", ...told(reached[0]) };
}

interface Step {
  /** Index of the state that the step leads to. */
  readonly at: number;
  readonly action: string | undefined;
  /** 0 on the way to the last state, then counted from 1. */
  readonly round: number;
}

function* steps({ states, actions, loop }: Behaviour, rounds: number): Iterable<Step> {
  for (let at = 1; at < states.length; at++) yield { at, action: actions?.[at], round: 0 };
  for (let round = 1; loop !== undefined && round <= rounds; round++) {
    yield { at: loop.to, action: loop.action, round };
    for (let at = loop.to + 1; at < states.length; at++) yield { at, action: actions?.[at], round };
  }
}

/** An action that the refinement has a name for; others, as those of a broken specification may be, tell nothing. */
function known<W, M>(refinement: Refinement<W, M>, action: string | undefined): string | undefined {
  return action !== undefined && refinement.actions.includes(action) ? action : undefined;
}

/** A world on the way, with the move that led to it. */
interface Reached<W, M> {
  readonly world: W;
  readonly initial: number;
  readonly step?: { readonly before: Reached<W, M>; readonly move: M; readonly actions: readonly SpecAction[] };
  /** The last arrival at the first state of a lasso, if there was one. */
  readonly lap?: Lap;
}

/** An arrival at the first state of a lasso: which world, after how many moves, and the arrival before it. */
interface Lap {
  readonly world: number;
  readonly moves: number;
  readonly before: Lap | undefined;
  /** After how many moves the same world had been there, if it had. */
  readonly again: number | undefined;
}

/** Tells worlds apart at the first state of a lasso. */
class Tour<W, M> {
  readonly #interner = new Interner();

  arrive(reached: readonly Reached<W, M>[]): Reached<W, M>[] {
    return reached.map((one) => {
      const world = this.#interner.number(one.world);
      let earlier = one.lap;
      while (earlier !== undefined && earlier.world !== world) earlier = earlier.before;
      return { ...one, lap: { world, moves: length(one), before: one.lap, again: earlier?.moves } };
    });
  }
}

/**
 * The worlds that show the next state after one move from these, which show the state `here`; `settled` takes these,
 * each once, and those that moves which leave the state as it is lead to.
 */
function advance<W, M>(
  system: ClosedSystem<W, M>,
  refinement: Refinement<W, M>,
  from: readonly Reached<W, M>[],
  here: TlaState,
  next: TlaState,
  action: string | undefined,
  settled: Reached<W, M>[],
): readonly Reached<W, M>[] {
  const interner = new Interner();
  const seen = new Set<number>();
  const landed: Reached<W, M>[] = [];
  const settle = (one: Reached<W, M>): void => {
    const number = interner.number(one.world);
    if (!seen.has(number)) settled.push(one);
    seen.add(number);
  };
  from.forEach(settle);
  const stays = new View(here).is(next);
  for (const before of settled) {
    for (const move of system.moves(before.world)) {
      const tried = system.apply(before.world, move);
      if (tried.kind === "refused") continue;
      const view = new View(refinement.view(tried.world));
      const isThere = view.is(next);
      if (!isThere && !view.is(here)) continue;
      const actions = refinement.moved(before.world, move);
      const one: Reached<W, M> = { ...before, world: tried.world, step: { before, move, actions } };
      if (stays || !isThere) settle(one);
      else if (action === undefined || actions.some(({ name }) => name === action)) landed.push(one);
    }
  }
  return stays ? settled : landed;
}

/** What a world shows, to be compared with several states; each variable is put in canonical form when it is needed. */
class View {
  readonly #state: TlaState;
  readonly #texts = new Map<string, string>();

  constructor(state: TlaState) {
    this.#state = state;
  }

  is(state: TlaState): boolean {
    const names = Object.keys(this.#state);
    if (names.length !== Object.keys(state).length) return false;
    return names.every((name) => Object.hasOwn(state, name) && this.#text(name) === canonical(state[name] as TlaValue));
  }

  #text(name: string): string {
    const text = this.#texts.get(name) ?? canonical(this.#state[name] as TlaValue);
    this.#texts.set(name, text);
    return text;
  }
}

function length<W, M>(reached: Reached<W, M>): number {
  let moves = 0;
  for (let step = reached.step; step !== undefined; step = step.before.step) moves++;
  return moves;
}

function told<W, M>(last: Reached<W, M> | undefined): Way<M> {
  const moves: M[] = [];
  const actions: (readonly SpecAction[])[] = [];
  for (let step = last?.step; step !== undefined; step = step.before.step) {
    moves.push(step.move);
    actions.push(step.actions);
  }
  return { path: { initial: last?.initial ?? 0, moves: moves.reverse() }, actions: actions.reverse() };
}
