import type { Process } from "./config.ts";
import { type Configuration, nameOf } from "./configuration.ts";
import type { Message } from "./messages.ts";
import type { Commitment, Log, State } from "./state.ts";

// Where processes are, and what each is to deliver there.

/** The log of a configuration that somebody is in. */
export function logOf(state: State, configuration: Configuration): Log {
  const log = state.log[nameOf(configuration)];
  if (log === undefined) throw new Error(`a process is in ${nameOf(configuration)}, which has no log`);
  return log;
}

/** The regular configuration of a process that is up. @spec EVS!Up */
export function confOf(state: State, process: Process): Configuration | null {
  return state.conf[process] ?? null;
}

export function placeOf(state: State, process: Process): number {
  return state.place[process] ?? 0;
}

/** What a process that is leaving has committed to. @spec EVS!Leaving */
export function leavingOf(state: State, process: Process): Commitment | null {
  return state.leaving[process] ?? null;
}

/** Whether a process is up, and leaves for nothing that it could install. @spec EVS!Staying @spec EVS!Stuck */
export function isStayingOrStuck(state: State, process: Process): boolean {
  const cut = leavingOf(state, process);
  return confOf(state, process) !== null && (cut === null || !cut.complete);
}

export function isSame(one: Configuration | null, other: Configuration | null): boolean {
  if (one === other) return true;
  return one !== null && other !== null && one.number === other.number && areEqual(one.members, other.members);
}

/** Whether two sets, both in the order of the configuration, are one. */
export function areEqual(some: readonly Process[], others: readonly Process[]): boolean {
  return some.length === others.length && some.every((process, at) => process === others[at]);
}

/**
 * How much of the order a process delivers between the regular configuration that it installed last and the next, and
 * what of the rest: all while it stays; what comes before the hole, and from the obliged behind it, once it leaves.
 *
 * @spec EVS!Script
 */
export function script(state: State, process: Process): readonly Message[] {
  const conf = confOf(state, process);
  if (conf === null) return [];
  const { order } = logOf(state, conf);
  const cut = leavingOf(state, process);
  if (cut === null) return order;
  return order.filter(({ sender }, at) => at < cut.held || cut.obliged.includes(sender));
}

/**
 * How much of its script a process may deliver where it is: in the regular configuration, or after Move in the
 * transitional one.
 *
 * @spec EVS!Until
 */
export function until(state: State, process: Process): number {
  const cut = leavingOf(state, process);
  return cut !== null && !cut.moved ? cut.bound : script(state, process).length;
}

/** Whether everybody has the first messages of an order, so many. @spec EVS!AllHold */
export function allHold({ absent }: Log, length: number): boolean {
  for (const process in absent) if ((absent[process] ?? 0) < length) return false;
  return true;
}

/** Where in an order a sender's message may be put, from 1: behind what is frozen, and its own. @spec EVS!Places */
export function isPlace({ order, frozen }: Log, sender: Process, at: number): boolean {
  const own = order.findLastIndex((message) => message.sender === sender) + 1;
  return at > Math.max(frozen, own) && at <= order.length + 1;
}

/** An order with one message more: who is absent cannot have it, nor what follows it. @spec EVS!Put */
export function put(log: Log, at: number, message: Message): Log {
  const absent = Object.fromEntries(
    Object.entries(log.absent).map(([process, length]) => [process, Math.min(length, at - 1)]),
  );
  return { ...log, order: log.order.toSpliced(at - 1, 0, message), absent };
}

/**
 * Whether a configuration lacks a member for good: it is absent, and not on the way. What remains of it has to form
 * another (2.1).
 *
 * @spec EVS!Lacks
 */
export function lacks(state: State, configuration: Configuration): boolean {
  return Object.keys(logOf(state, configuration).absent).some((process) => {
    const cut = leavingOf(state, process);
    return cut === null || !cut.complete || !isSame(cut.to, configuration);
  });
}

/** Who belongs to a configuration now, or has left it for nothing. @spec EVS!Rest */
export function rest(state: State, configuration: Configuration): readonly Process[] {
  return configuration.members.filter(
    (process) => isSame(confOf(state, process), configuration) && isStayingOrStuck(state, process),
  );
}

/** The logs that can still matter: of configurations that somebody is in or on the way to. @spec EVS!Kept */
export function kept(log: State["log"], conf: State["conf"], leaving: State["leaving"]): Record<string, Log> {
  const left: Record<string, Log> = {};
  const keep = (configuration: Configuration | undefined | null): void => {
    if (configuration === undefined || configuration === null) return;
    const name = nameOf(configuration);
    const known = log[name];
    if (known !== undefined) left[name] = known;
  };
  for (const process in conf) {
    keep(conf[process]);
    keep(leaving[process]?.to);
  }
  return left;
}
