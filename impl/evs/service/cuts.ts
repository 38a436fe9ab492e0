import type { Process } from "./config.ts";
import type { Configuration } from "./configuration.ts";
import type { CommittingSet } from "./messages.ts";
import { confOf, isSame, leavingOf, logOf, placeOf } from "./places.ts";
import type { Commitment, Log, State } from "./state.ts";

// What a transitional set has when it leaves, and what it may commit to.

/** Which conjunct of a cut is false. */
export type CutRefusal = "Holes" | "Did" | "Held" | "FirstSafe" | "OthersHold";

/** The members of a proposal that come from one regular configuration (step 4.a). @spec EVS!TransitionalSets */
export function transitionalSet(state: State, members: readonly Process[], one: Process): readonly Process[] {
  const conf = confOf(state, one);
  return members.filter((process) => isSame(confOf(state, process), conf));
}

/** Whom processes are obliged to: each other, and whom any of them was obliged to (step 5.c). @spec EVS!Obliged */
function obliged(state: State, set: readonly Process[]): readonly Process[] {
  const all = new Set(set);
  for (const process of set) for (const other of leavingOf(state, process)?.obliged ?? []) all.add(other);
  return [...all].sort();
}

/** What a process has of the prefix, an earlier commitment included. @spec EVS!Has */
function has(state: State, process: Process): number {
  return leavingOf(state, process)?.held ?? placeOf(state, process);
}

/** What of that it delivers in the regular configuration. @spec EVS!Did */
function did(state: State, process: Process): number {
  return leavingOf(state, process)?.bound ?? placeOf(state, process);
}

/** The configuration that a transitional set leaves. @spec EVS!ConfOf */
export function leftBy(state: State, { members }: CommittingSet): Configuration {
  const conf = members[0] === undefined ? null : confOf(state, members[0]);
  if (conf === null) throw new Error("a transitional set of processes that are down");
  return conf;
}

/** What a set has at least: what each member has, and what is stable. @spec EVS!Least */
function least(state: State, { stable }: Log, members: readonly Process[]): number {
  return members.reduce((most, process) => Math.max(most, has(state, process)), stable);
}

/** How much its members have delivered in the regular configuration, or will by what they committed to. */
function begun(state: State, members: readonly Process[]): number {
  return members.reduce((most, process) => Math.max(most, did(state, process)), 0);
}

/** Why a set may not take its cut, if it may not. @spec EVS!Holes @spec EVS!Cuts */
export function cutRefusal(state: State, set: CommittingSet): CutRefusal | undefined {
  const { members, held, bound } = set;
  const log = logOf(state, leftBy(state, set));
  const { order } = log;
  if (held < least(state, log, members) || held > order.length) return "Holes";
  const first = begun(state, members);
  if (bound < first) return "Did";
  if (bound > held) return "Held";
  if (bound < held && order[bound]?.service !== "safe") return "FirstSafe";
  return isHeldByOthers(log, set, first) ? undefined : "OthersHold";
}

/** All cuts that a transitional set may take if some of it acknowledge, for whoever chooses one. @spec EVS!Cuts */
export function cutsOf(state: State, members: readonly Process[], acknowledge: readonly Process[]): CommittingSet[] {
  const set = { members, acknowledge, held: 0, bound: 0 };
  const log = logOf(state, leftBy(state, set));
  const { order } = log;
  const found: CommittingSet[] = [];
  const start = begun(state, members);
  for (let held = least(state, log, members); held <= order.length; held++) {
    for (let bound = start; bound <= held; bound++) {
      if (bound < held && order[bound]?.service !== "safe") continue;
      if (isHeldByOthers(log, { ...set, bound }, start)) found.push({ ...set, held, bound });
    }
  }
  return found;
}

/** Whether all who do not acknowledge have each safe message before the bound. @spec EVS!OthersHold */
function isHeldByOthers({ order, absent }: Log, { acknowledge, bound }: CommittingSet, first: number): boolean {
  let last = bound;
  while (last > first && order[last - 1]?.service !== "safe") last--;
  if (last <= first) return true;
  return Object.entries(absent).every(([process, length]) => acknowledge.includes(process) || length >= last);
}

/**
 * What the members of a set commit to: who acknowledges, to the cut and to all of the set; who does not is left with
 * what it has. The commitment is complete if all acknowledge.
 *
 * @spec EVS!Committed @spec EVS!Unacknowledged @spec EVS!IsComplete
 */
export function commitments(state: State, set: CommittingSet, to: Configuration): Record<Process, Commitment> {
  const { acknowledge, held, bound } = set;
  const members = [...set.members];
  const complete = acknowledge.length === members.length;
  const one = { to, members, moved: false, complete };
  const committed: Commitment = { ...one, held, bound, obliged: obliged(state, members) };
  return Object.fromEntries(
    members.map((process) => [
      process,
      acknowledge.includes(process)
        ? committed
        : { ...one, held: has(state, process), bound: did(state, process), obliged: obliged(state, [process]) },
    ]),
  );
}

/** The log of the configuration that a set leaves. @spec EVS!Left */
export function left(log: Log, { members, acknowledge, held, bound }: CommittingSet): Log {
  const absent: Record<Process, number> = { ...log.absent };
  for (const process of members) {
    if (acknowledge.includes(process)) absent[process] = held;
    else absent[process] ??= had(log);
  }
  let safe = bound;
  while (safe > 0 && log.order[safe - 1]?.service !== "safe") safe--;
  return { ...log, stable: Math.max(log.stable, safe), frozen: Math.max(log.frozen, held), absent };
}

/** A process that goes without a word can have had no more than was there. @spec EVS!Had */
export function had(log: Log): number {
  return log.order.length;
}

/** The log of a configuration that nobody has installed yet. @spec EVS!NewLog */
export function newLog({ members }: Configuration): Log {
  return { order: [], stable: 0, frozen: 0, absent: Object.fromEntries(members.map((process) => [process, 0])) };
}
