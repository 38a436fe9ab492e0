import { type Draft, produce } from "immer";

/**
 * What one event did to one node.
 *
 * A false guard is a value, `refused`, that names the conjunct which failed and leaves the state untouched; it is how a
 * disabled action of the specification looks in code. A broken invariant throws instead. Nothing that a peer or a
 * client sends may throw.
 *
 * `S` state, `F` effect, `A` name of the action, `R` name of the conjunct that refused.
 */
export type Outcome<S, F, A, R> =
  | { readonly kind: "took"; readonly action: A; readonly state: S; readonly effects: readonly F[] }
  | { readonly kind: "refused"; readonly action: A; readonly because: R };

/**
 * A replication protocol as a pure state machine. State is plain JSON (no Map, Set, Date, class or undefined). Time,
 * randomness and completions arrive as events. The order of the effects is part of the contract.
 *
 * `C` configuration of one node, `S` its state, `E` event, `F` effect, `A` action name, `R` refusal.
 */
export interface Protocol<C, S, E, F, A, R> {
  initial(config: C): { readonly state: S; readonly effects: readonly F[] };
  step(config: C, state: S, event: E): Outcome<S, F, A, R>;
}

/** The conjunct that refused. */
export interface Refused<R> {
  readonly refused: R;
}

/** The value of a guard that is false. */
export function refused<R>(because: R): Refused<R> {
  return { refused: because };
}

/** The second half of an action: assigns to the draft and returns the effects, in order. It runs if all guards held. */
export type Update<S, F> = (draft: Draft<S>) => readonly F[];

/**
 * One action of the specification for one node: guards first, in the specification's order, each giving
 * {@link refused}; then the {@link Update}. All that the update needs of the state is read before it assigns, so that
 * it may run on a draft of the state or on the state itself.
 */
export type Action<C, S, E, F, R> = (config: C, state: S, event: E) => Refused<R> | Update<S, F>;

/** How an action is carried out: {@link pure} or {@link inPlace}. */
export type Reading = <S, F, A, R>(action: A, state: S, result: Refused<R> | Update<S, F>) => Outcome<S, F, A, R>;

/** Carries an action out on an immer draft; the state given is left as it was. This is conformed. */
export const pure: Reading = (action, state, result) => {
  if (typeof result !== "function") return { kind: "refused", action, because: result.refused };
  let effects: ReturnType<typeof result> = [];
  const next = produce(state, (draft) => {
    effects = result(draft);
  });
  return { kind: "took", action, state: next, effects };
};

/** Carries an action out on the state itself, for an owner that holds the only reference to an unfrozen state. */
export const inPlace: Reading = (action, state, result) => {
  if (typeof result !== "function") return { kind: "refused", action, because: result.refused };
  return { kind: "took", action, state, effects: result(state as Draft<typeof state>) };
};
