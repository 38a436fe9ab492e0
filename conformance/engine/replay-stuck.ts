import type { TlaState } from "../../tla/values/value.ts";
import { actionText } from "./action-text.ts";
import type { ClosedSystem, Refinement, SpecAction } from "./contract.ts";
import { type Difference, differences } from "./diff.ts";

/** Where a system and a behaviour part. */
export interface Stuck<M> extends Parting<M> {
  readonly kind: "stuck";
  /** The first state of the behaviour that cannot be shown, counted from 0. */
  readonly at: number;
  /** 0 before a lasso has come to its last state for the first time, then the round, counted from 1. */
  readonly round: number;
}

/** What a system does instead of showing a state. */
interface Parting<M> {
  /** The nearest state that is shown, and the actions that lead to it. */
  readonly nearest: { readonly actions: readonly SpecAction[]; readonly state: TlaState } | undefined;
  /** How it differs from the one wanted. */
  readonly differences: readonly Difference[];
  /** The conjuncts that refused, those of the nearest state's actions first, and those that refused fewest moves. */
  readonly refused: readonly Refusal<M>[];
}

/** A conjunct that refused moves of an action, or of several that compose: how many, and the first of them. */
export interface Refusal<M> {
  readonly actions: readonly string[];
  readonly because: string;
  readonly times: number;
  readonly move: M;
}

/** What was wanted, by which action if it is known. */
export interface Wanted {
  readonly state: TlaState;
  readonly action: string | undefined;
}

/** How many states are compared with the one that is wanted. */
const looked = 1000;

/**
 * Works out what is nearest to a state that cannot be shown, and what refused. Without a system nothing is tried: the
 * worlds themselves are all there is, as at the beginning.
 */
export function explainStuck<W, M>(
  system: ClosedSystem<W, M> | undefined,
  refinement: Refinement<W, M>,
  worlds: readonly W[],
  { state, action }: Wanted,
): Parting<M> {
  const shown: Shown[] = [];
  const refused = new Map<string, Counted<M>>();
  for (const world of worlds) {
    if (system === undefined) shown.push({ actions: [], state: refinement.view(world) });
    for (const move of system?.moves(world) ?? []) {
      const actions = refinement.moved(world, move);
      if (action !== undefined && !actions.some(({ name }) => name === action)) continue;
      const tried = (system as ClosedSystem<W, M>).apply(world, move);
      if (tried.kind === "refused") count(refused, actions, tried.because, move);
      else if (shown.length < looked) shown.push({ actions, state: refinement.view(tried.world) });
    }
  }
  // Where nothing was taken, what is shown is what was there before.
  if (shown.length === 0)
    shown.push(...worlds.slice(0, 1).map((world) => ({ actions: [], state: refinement.view(world) })));
  const [nearest] = shown
    .map((one) => ({ one, differences: differences(state, one.state) }))
    .sort((one, other) => one.differences.length - other.differences.length);
  const near = nearest?.one.actions.map(({ name }) => name).join();
  const rank = ({ actions }: Counted<M>): number => (actions.join() === near ? 0 : 1);
  return {
    nearest: nearest?.one,
    differences: nearest?.differences ?? [],
    refused: [...refused.values()].sort((one, other) => rank(one) - rank(other) || one.times - other.times),
  };
}

type Shown = NonNullable<Parting<never>["nearest"]>;
type Counted<M> = { -readonly [K in keyof Refusal<M>]: Refusal<M>[K] };

function count<M>(refused: Map<string, Counted<M>>, actions: readonly SpecAction[], because: string, move: M): void {
  const names = actions.map(({ name }) => name);
  const key = `${names} ${because}`;
  const known = refused.get(key);
  if (known === undefined) refused.set(key, { actions: names, because, times: 1, move });
  else known.times++;
}

/** Where a behaviour and a system part, in a few lines: the step, what differs, and which conjuncts refused. */
export function stuckText({ at, round, nearest, differences, refused }: Stuck<unknown>): readonly string[] {
  const actions = nearest?.actions.map(actionText).join(" then ") ?? "";
  const state = `state ${at + 1}${round === 0 ? "" : ` in round ${round}`}`;
  const some = differences
    .slice(0, told)
    .map((one) => `  ${one.at}: expected ${one.expected ?? "nothing"}, got ${one.got ?? "nothing"}`);
  const more = differences.length - some.length;
  return [
    `${state} cannot be shown; the nearest${actions === "" ? "" : ` by ${actions}`} differs in ${differences.length}:`,
    ...some,
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(refused.length === 0 ? [] : [`refused: ${conjuncts(refused).join("; ")}`]),
  ];
}

/** How many differences are told. */
const told = 5;

/** The conjuncts that refused each action, in the order in which the actions come first. */
function conjuncts(refused: readonly Refusal<unknown>[]): string[] {
  const of = new Map<string, string[]>();
  for (const { actions, because } of refused) {
    const name = actions.join(" then ");
    of.set(name, [...(of.get(name) ?? []), because]);
  }
  return [...of].map(([name, becauses]) => `${name} because of ${becauses.join(" or ")}`);
}
