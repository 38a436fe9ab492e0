import type { TlaState } from "../../tla/values/value.ts";
import type { Properties } from "./contract.ts";

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
  const worlds = states.map(restore);
  const firsts = [
    ...invariants.map(({ name, holds }) => ({ name, at: worlds.findIndex((world) => !holds(world)) })),
    ...steps.map(({ name, holds }) => ({
      name,
      at: worlds.findIndex((world, at) => at > 0 && !holds(worlds[at - 1] as W, world)),
    })),
  ];
  return firsts.filter(({ at }) => at >= 0).map(({ name, at }) => ({ property: name, at }));
}
