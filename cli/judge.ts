import type { Behaviour, Flagged, ReplayedTrace } from "../conformance/engine/index.ts";
import type { Trace } from "../tla/tlc/index.ts";
import type { ModelFile } from "./manifest.ts";
import type { Unbroken } from "./unbroken.ts";

/** What became of replaying one behaviour, held against what its configuration is for. */
export interface Judged {
  /** Whether the reducers have to show all of it, or must part from it since its specification is broken. */
  readonly expected: "in full" | "parts";
  readonly replayed: ReplayedTrace<unknown>;
  /** States compared: those that were shown, and the one that could not be. */
  readonly compared: number;
  /** Steps of the reducers, by action; a step that is several counts for each. */
  readonly actions: ReadonlyMap<string, number>;
  readonly steps: number;
  /** What the properties flag in worlds made from the states, all of them; undefined where the protocol has none. */
  readonly flagged: readonly Flagged[] | undefined;
  /** What they flag in the worlds of the reducers themselves, as far as these went; `at` counts their steps. */
  readonly reached: readonly Flagged[] | undefined;
  /** Of a counterexample: the property it is for, and the state at which both TLC and we flag it, or why we do not. */
  readonly both: { readonly property: string; readonly at?: number; readonly reason?: string } | undefined;
  /** What is wrong, a few words each. */
  readonly faults: readonly string[];
}

/**
 * Replays a behaviour in the system of its configuration. The properties are evaluated twice: in worlds made from its
 * states, where what must fail has to, and in those that the reducers reach, where nothing may, however far they come.
 */
export function judge(trace: Trace, model: Pick<ModelFile, "purpose">, unbroken: Unbroken): Judged {
  const { system, broken, unseen } = unbroken;
  const { purpose } = model;
  const behaviour = behaviourOf(trace);
  const replayed = system.replayTrace(behaviour);
  const expected = purpose.kind === "must fail" && broken.length > 0 && unseen === undefined ? "parts" : "in full";
  const actions = new Map<string, number>();
  for (const { name } of replayed.actions.flat()) actions.set(name, (actions.get(name) ?? 0) + 1);
  const flagged = system.flagged?.(behaviour.states);
  // Where not even the first state is shown, the reducers have reached nothing of this behaviour.
  const isBegun = replayed.kind !== "stuck" || replayed.at > 0 || replayed.round > 0;
  const reached = isBegun ? system.flaggedAlong?.(replayed.path) : undefined;
  const both = purpose.kind === "must fail" ? flaggedByBoth(purpose.property, behaviour, flagged, unbroken) : undefined;
  return {
    expected,
    replayed,
    compared: replayed.kind === "stuck" ? replayed.at + 1 : behaviour.states.length,
    actions,
    steps: replayed.path.moves.length,
    flagged,
    reached,
    both,
    faults: [
      ...replayFaults(expected, replayed),
      ...flagFaults(purpose.kind, both, flagged),
      ...(reached ?? []).map(
        ({ property, at }) => `${property} is flagged in the reducers' own world after ${at} steps`,
      ),
    ],
  };
}

function behaviourOf({ steps, lasso }: Trace): Behaviour {
  const action = lasso?.action?.action;
  return {
    states: steps.map(({ state }) => state),
    actions: steps.map((step) => step.action),
    ...(lasso === undefined ? {} : { loop: { to: lasso.loop, ...(action === undefined ? {} : { action }) } }),
  };
}

function replayFaults(expected: Judged["expected"], replayed: ReplayedTrace<unknown>): string[] {
  if (replayed.kind === "endless") return [`no world came again in ${replayed.rounds} rounds of its loop`];
  if (expected === "in full" && replayed.kind === "stuck") return ["it should be replayed in full"];
  if (expected === "parts" && replayed.kind === "replayed") {
    return ["was replayed in full, although its specification is broken: the reducer has the same fault"];
  }
  return [];
}

/** TLC ends a counterexample at the first state or step that violates the property. */
function flaggedByBoth(
  property: string,
  { states, loop }: Behaviour,
  flagged: Judged["flagged"],
  { system: { properties }, apart, unseen }: Unbroken,
): Judged["both"] {
  if (flagged === undefined) return { property, reason: "the protocol supplies no properties over worlds" };
  if (Object.hasOwn(apart, property) && !properties.includes(property))
    return { property, reason: apart[property] ?? "" };
  const at = flagged.find((one) => one.property === property)?.at;
  if (at === states.length - 1 && loop === undefined) return { property, at };
  if (at === undefined && unseen !== undefined) return { property, reason: unseen };
  if (properties.includes(property)) return { property };
  return loop === undefined
    ? { property }
    : { property, reason: "it is of behaviours without end, and no state flags it" };
}

function flagFaults(purpose: string, both: Judged["both"], flagged: Judged["flagged"]): string[] {
  if (both !== undefined) {
    if (both.at !== undefined || both.reason !== undefined) return [];
    const at = flagged?.find(({ property }) => property === both.property)?.at;
    return [
      `${both.property} is flagged over worlds ${at === undefined ? "nowhere" : `at state ${at + 1}`}, not at the last state`,
    ];
  }
  if (purpose === "must fail") return [];
  return (flagged ?? []).map(({ property, at }) => `${property} is flagged over worlds at state ${at + 1}`);
}
