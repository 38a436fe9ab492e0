import { type Refused, refused, type Update } from "../../kernel/index.ts";
import type { Config, Process } from "./config.ts";
import { type Configuration, nameOf } from "./configuration.ts";
import { type CutRefusal, commitments, cutRefusal, had, left, leftBy, newLog, transitionalSet } from "./cuts.ts";
import type { CommittingSet, Effect, Event, Message } from "./messages.ts";
import {
  allHold,
  areEqual,
  confOf,
  isPlace,
  isStayingOrStuck,
  kept,
  lacks,
  leavingOf,
  logOf,
  placeOf,
  put,
  rest,
  script,
  until,
} from "./places.ts";
import { type Log, present, type State } from "./state.ts";

/**
 * The conjunct that refused an event, by the definition of the specification that it is about; `Held`, `Did` and
 * `FirstSafe` are those of `Cuts`. `WellFormed` alone is beyond the specification, which has no other events.
 */
export type Refusal =
  | "Up"
  | "Down"
  | "MaySend"
  | "Places"
  | "Until"
  | "AllHold"
  | "SomeProcess"
  | "Committing"
  | "Acknowledging"
  | "NotMoved"
  | "NewNumbers"
  | CutRefusal
  | "Leaving"
  | "Complete"
  | "Moved"
  | "StayingOrStuck"
  | "Lacks"
  | "WellFormed";

type Result = Refused<Refusal> | Update<State, Effect>;
type EventOf<T extends Event["type"]> = Extract<Event, { readonly type: T }>;

/** An update to these fields, all made beforehand. */
function becomes(next: Partial<State>, effects: readonly Effect[] = []): Update<State, Effect> {
  return (draft) => {
    Object.assign(draft, next);
    return effects;
  };
}

function withLog(state: State, configuration: Configuration, log: Log): State["log"] {
  return { ...state.log, [nameOf(configuration)]: log };
}

/** The process sends, in its regular configuration, while it stays. @spec EVS!Send */
export function send(_: Config, state: State, { process, service, body, at }: EventOf<"SEND">): Result {
  const conf = confOf(state, process);
  if (conf === null || leavingOf(state, process) !== null) return refused("MaySend");
  const log = logOf(state, conf);
  if (!isPlace(log, process, at)) return refused("Places");
  const message: Message = { sender: process, service, body };
  return becomes({ log: withLog(state, conf, put(log, at, message)) });
}

/** The process delivers the next message. While it stays, a safe one waits until everybody has it. @spec EVS!Deliver */
export function deliver(_: Config, state: State, { process }: EventOf<"DELIVER">): Result {
  const conf = confOf(state, process);
  if (conf === null) return refused("Up");
  const place = placeOf(state, process);
  if (place >= until(state, process)) return refused("Until");
  const message = script(state, process)[place];
  if (message === undefined) throw new Error("a cut is longer than what there is to deliver");
  const stays = leavingOf(state, process) === null;
  const log = logOf(state, conf);
  const isSafe = message.service === "safe";
  if (stays && isSafe && !allHold(log, place + 1)) return refused("AllHold");
  const next = { place: { ...state.place, [process]: place + 1 } };
  const effects: Effect[] = [{ type: "deliver", process, message }];
  if (!stays) return becomes(next, effects);
  const frozen = Math.max(log.frozen, place + 1);
  const stable = isSafe ? Math.max(log.stable, place + 1) : log.stable;
  return becomes({ ...next, log: withLog(state, conf, { ...log, frozen, stable }) }, effects);
}

/** Processes commit to a configuration, those of the sets named; they acknowledge or not. @spec EVS!Form */
export function form(_: Config, state: State, { members, number, sets }: EventOf<"FORM">): Result {
  if (members.length === 0) return refused("SomeProcess");
  if (members.some((process) => confOf(state, process) === null)) return refused("Up");
  if (!areCommitting(state, members, sets)) return refused("Committing");
  const isAcknowledging = (set: CommittingSet): boolean =>
    set.acknowledge.length > 0 && set.acknowledge.every((process) => set.members.includes(process));
  if (!sets.every(isAcknowledging)) return refused("Acknowledging");
  return commit(state, members, number, sets);
}

/** Whether these are some of the transitional sets of a proposal, at least one, and none twice. @spec EVS!Committing */
function areCommitting(state: State, members: readonly Process[], sets: readonly CommittingSet[]): boolean {
  const isOne = ({ members: [one, ...others] }: CommittingSet): boolean =>
    one !== undefined && areEqual(transitionalSet(state, members, one), [one, ...others]) && members.includes(one);
  const firsts = new Set(sets.map((set) => set.members[0]));
  return sets.length > 0 && sets.every(isOne) && firsts.size === sets.length;
}

/** Any that are up may, but for those who have delivered a transitional configuration. @spec EVS!Commit */
function commit(state: State, members: readonly Process[], number: number, sets: readonly CommittingSet[]): Result {
  if (members.some((process) => leavingOf(state, process)?.moved === true)) return refused("NotMoved");
  if (members.some((process) => number <= (state.number[process] ?? 0))) return refused("NewNumbers");
  for (const set of sets) {
    const because = cutRefusal(state, set);
    if (because !== undefined) return refused(because);
  }
  const to: Configuration = { number, members: [...members] };
  const numbers = { ...state.number };
  for (const process of members) numbers[process] = number;
  const leaving = { ...state.leaving };
  const log = { ...state.log, [nameOf(to)]: newLog(to) };
  for (const set of sets) {
    const from = leftBy(state, set);
    log[nameOf(from)] = left(logOf(state, from), set);
    Object.assign(leaving, commitments(state, set, to));
  }
  return becomes({ number: numbers, leaving, log: kept(log, state.conf, leaving) });
}

/** The process delivers the transitional configuration (step 6.c). @spec EVS!Move */
export function move(_: Config, state: State, { process }: EventOf<"MOVE">): Result {
  const cut = leavingOf(state, process);
  const from = confOf(state, process);
  if (cut === null || from === null) return refused("Leaving");
  if (!cut.complete) return refused("Complete");
  if (cut.moved) return refused("NotMoved");
  if (placeOf(state, process) !== until(state, process)) return refused("Until");
  const { to, members } = cut;
  const leaving = { ...state.leaving, [process]: { ...cut, moved: true } };
  return becomes({ leaving }, [{ type: "transitional", process, configuration: { from, to, members } }]);
}

/** The process installs the next regular configuration (step 6.e). @spec EVS!Install @spec EVS!Arrive */
export function install(_: Config, state: State, { process }: EventOf<"INSTALL">): Result {
  const cut = leavingOf(state, process);
  if (cut === null) return refused("Leaving");
  if (!cut.moved) return refused("Moved");
  if (placeOf(state, process) !== until(state, process)) return refused("Until");
  const { to } = cut;
  const conf = { ...state.conf, [process]: to };
  const leaving = { ...state.leaving, [process]: null };
  const next = logOf(state, to);
  const { [process]: _arrived, ...absent } = next.absent;
  const log = kept(withLog(state, to, { ...next, absent }), conf, leaving);
  const place = { ...state.place, [process]: 0 };
  return becomes({ conf, place, leaving, log }, [{ type: "regular", process, configuration: to }]);
}

/** Who is left of a configuration that lacks a member for good forms another. @spec EVS!Repair */
export function repair(_: Config, state: State, { process, number, held, bound }: EventOf<"REPAIR">): Result {
  const conf = confOf(state, process);
  if (conf === null || !isStayingOrStuck(state, process)) return refused("StayingOrStuck");
  if (!lacks(state, conf)) return refused("Lacks");
  const members = rest(state, conf);
  return commit(state, members, number, [{ members, acknowledge: members, held, bound }]);
}

/** A process crashes, anywhere. Of one that was leaving the cut says what it had. @spec EVS!Crash */
export function crash(_: Config, state: State, { process }: EventOf<"CRASH">): Result {
  const from = confOf(state, process);
  if (from === null) return refused("Up");
  const conf = { ...state.conf, [process]: null };
  const place = { ...state.place, [process]: 0 };
  const leaving = { ...state.leaving, [process]: null };
  const there = logOf(state, from);
  const gone = { ...there, absent: { ...there.absent, [process]: had(there) } };
  const log = leavingOf(state, process) === null ? withLog(state, from, gone) : state.log;
  return becomes({ conf, place, leaving, log: kept(log, conf, leaving) });
}

/** It recovers in a regular configuration of its own (section 2.1). @spec EVS!Recover @spec EVS!Alone */
export function recover(_: Config, state: State, { process, number }: EventOf<"RECOVER">): Result {
  if (confOf(state, process) !== null) return refused("Down");
  if (number <= (state.number[process] ?? 0)) return refused("NewNumbers");
  const configuration: Configuration = { number, members: [process] };
  const next = {
    number: { ...state.number, [process]: number },
    conf: { ...state.conf, [process]: configuration },
    log: withLog(state, configuration, present()),
  };
  return becomes(next, [{ type: "regular", process, configuration }]);
}
