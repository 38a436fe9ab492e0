import type { ClosedSystem, Refinement, SpecAction } from "./contract.ts";
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

/** Whether a move is one of these: a path may come from outside, so only the system's own moves count. */
export function has<M>(moves: Iterable<M>, move: unknown): boolean {
  const interner = new Interner();
  const number = interner.number(move);
  for (const one of moves) if (interner.number(one) === number) return true;
  return false;
}
