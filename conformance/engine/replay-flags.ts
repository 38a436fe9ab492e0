import type { TlaState } from "../../tla/values/value.ts";
import type { ClosedSystem, Properties } from "./contract.ts";
import type { Path } from "./walk.ts";

/** A property that does not hold somewhere in a behaviour: the state, or the one that the step leads to, from 0. */
export interface Flagged {
  readonly property: string;
  readonly at: number;
}

/** The properties that do not hold in a behaviour, each where it fails first, in worlds made from its states. */
export function flagged<W>(
  { invariants, steps }: Pick<Properties<W>, "invariants" | "steps">,
  restore: (state: TlaState) => W,
  states: readonly TlaState[],
): readonly Flagged[] {
  return flaggedIn({ invariants, steps }, states.map(restore));
}

/**
 * The properties that do not hold in the worlds that a path leads through, each where it fails first; `at` counts
 * moves. What no view shows is in these worlds alone.
 *
 * @throws RangeError for a path that the system does not take.
 */
export function flaggedAlong<W, M>(
  properties: Pick<Properties<W>, "invariants" | "steps">,
  system: ClosedSystem<W, M>,
  { initial, moves }: Path<M>,
): readonly Flagged[] {
  const initials = [...system.initials()];
  if (!(initial in initials)) throw new RangeError(`the closed system has no initial world ${initial}`);
  let world = initials[initial] as W;
  const worlds = [world];
  for (const [at, move] of moves.entries()) {
    const tried = system.apply(world, move);
    if (tried.kind === "refused") throw new RangeError(`the closed system refuses move ${at + 1}: ${tried.because}`);
    world = tried.world;
    worlds.push(world);
  }
  return flaggedIn(properties, worlds);
}

function flaggedIn<W>(
  { invariants, steps }: Pick<Properties<W>, "invariants" | "steps">,
  worlds: readonly W[],
): readonly Flagged[] {
  const firsts = [
    ...invariants.map(({ name, holds }) => ({ name, at: worlds.findIndex((world) => !holds(world)) })),
    ...steps.map(({ name, holds }) => ({
      name,
      at: worlds.findIndex((world, at) => at > 0 && !holds(worlds[at - 1] as W, world)),
    })),
  ];
  return firsts.filter(({ at }) => at >= 0).map(({ name, at }) => ({ property: name, at }));
}
