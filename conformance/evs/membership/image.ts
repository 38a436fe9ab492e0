import type { Configuration, Member, State } from "../../../impl/evs/membership/index.ts";
import { coming } from "../../../impl/evs/membership/recovery.ts";
import {
  type Bounds,
  first,
  type Image,
  type Log,
  type Move,
  nameOf,
  stateOf,
  trafficOf,
  type World,
} from "./world.ts";

// The state of EVS that a world stands for. It is a history variable: those parts of it that are no variables of the
// protocol, to what a process has committed, and of a log what is stable, frozen and absent, come of the steps so far.

/** @spec MCMembership!FirstImage */
export function firstImage(bounds: Bounds): Image {
  const conf = first(bounds);
  const each = <T>(value: T): Record<Member, T> => Object.fromEntries(bounds.processes.map((one) => [one, value]));
  return {
    ...{ number: each(0), conf: each(conf), place: each(0), leaving: each(null) },
    log: { [nameOf(conf)]: present(conf) },
  };
}

/** What becomes of the image with a move that leads from one world to another. @spec MCMembership!Becomes */
export function became(before: World, move: Move, after: World): Image {
  const { image } = before;
  switch (move.type) {
    case "Send":
      return sent(image, move.process, after);
    case "Deliver":
      return delivered(image, move.process, before);
    case "Acknowledge":
      return committed(image, move.proposal, move.members, before, after);
    case "Move": {
      const leaving = image.leaving[move.process] ?? null;
      if (leaving === null) return image;
      return { ...image, leaving: { ...image.leaving, [move.process]: { ...leaving, moved: true } } };
    }
    case "Install":
      return installed(image, move.process, after);
    case "Crash":
      return crashed(image, move.process, before);
    case "Recover":
      return recovered(image, move.process, after);
    default:
      return image;
  }
}

/** @spec EVS!Present */
function present(conf: Configuration): Log {
  return { conf, order: [], stable: 0, frozen: 0, absent: {} };
}

function logOf(image: Image, conf: Configuration): Log {
  return image.log[nameOf(conf)] ?? present(conf);
}

function withLog(image: Image, log: Log): Image {
  return { ...image, log: { ...image.log, [nameOf(log.conf)]: log } };
}

function upState(world: World, process: Member): State {
  const state = stateOf(world, process);
  if (state === undefined) throw new Error(`${process} is down`);
  return state;
}

/** @spec MCMembership!ImageOfSending @spec EVS!Put */
function sent(image: Image, process: Member, after: World): Image {
  const log = logOf(image, upState(after, process).conf);
  const message = trafficOf(after, log.conf)?.order.at(-1);
  if (message === undefined) throw new Error(`${process} has sent nothing`);
  const absent = mapped(log.absent, (upto) => Math.min(upto, log.order.length));
  return withLog(image, { ...log, order: [...log.order, message], absent });
}

/** @spec MCMembership!ImageOfDelivery */
function delivered(image: Image, process: Member, before: World): Image {
  const state = upState(before, process);
  const place = state.place + 1;
  const moved = { ...image, place: { ...image.place, [process]: place } };
  if ((image.leaving[process] ?? null) !== null) return moved;
  const log = logOf(image, state.conf);
  const stable = coming(state)?.message.service === "safe" ? Math.max(log.stable, place) : log.stable;
  return withLog(moved, { ...log, frozen: Math.max(log.frozen, place), stable });
}

/** @spec MCMembership!ImageOfCommitment @spec MCMembership!Commitments */
function committed(
  image: Image,
  proposal: Configuration,
  acknowledging: readonly Member[],
  before: World,
  after: World,
): Image {
  const report =
    proposal.members.map((member) => stateOf(before, member)?.report).find((one) => one !== undefined) ?? {};
  const fromOf = (member: Member): Configuration => report[member]?.conf ?? proposal;
  const setOf = (conf: Configuration): Member[] =>
    proposal.members.filter((member) => nameOf(fromOf(member)) === nameOf(conf));
  const leaving = { ...image.leaving };
  let next: Image = withLog(image, { ...present(proposal), absent: zeros(proposal.members) });
  for (const member of proposal.members) {
    const conf = fromOf(member);
    const set = setOf(conf);
    const given = set.filter((one) => acknowledging.includes(one));
    const [cut] = given.map((one) => cutOf(upState(after, one)));
    if (cut === undefined) continue;
    const common = { to: proposal, members: set, moved: false, complete: given.length === set.length };
    leaving[member] = {
      ...common,
      ...(given.includes(member) ? cutOf(upState(after, member)) : unacknowledged(image, member)),
    };
    next = withLog(next, left(logOf(image, conf), set, given, cut));
  }
  const number = { ...image.number };
  for (const member of proposal.members) number[member] = proposal.number;
  return trimmed({ ...next, number, leaving });
}

type Cut = Pick<NonNullable<Image["leaving"][string]>, "held" | "bound" | "obliged">;

function cutOf(state: State): Cut {
  let held = state.forgotten;
  while (state.store.some(({ place }) => place === held + 1)) held++;
  return { held, bound: state.bound, obliged: state.obliged };
}

/** @spec EVS!Unacknowledged */
function unacknowledged(image: Image, member: Member): Cut {
  const leaving = image.leaving[member] ?? null;
  const place = image.place[member] ?? 0;
  if (leaving === null) return { held: place, bound: place, obliged: [member] };
  const { held, bound, obliged } = leaving;
  return { held, bound, obliged: [...new Set([member, ...obliged])] };
}

/** @spec EVS!Left */
function left(log: Log, set: readonly Member[], given: readonly Member[], { held, bound }: Cut): Log {
  const safe = log.order.slice(0, bound).findLastIndex(({ service }) => service === "safe") + 1;
  const absent = { ...log.absent };
  for (const member of set) absent[member] ??= log.order.length;
  for (const member of given) absent[member] = held;
  return { ...log, stable: Math.max(log.stable, safe), frozen: Math.max(log.frozen, held), absent };
}

/** @spec MCMembership!ImageOfInstallation */
function installed(image: Image, process: Member, after: World): Image {
  const { conf } = upState(after, process);
  const log = logOf(image, conf);
  const { [process]: _, ...absent } = log.absent;
  return trimmed({
    ...withLog(image, { ...log, absent }),
    conf: { ...image.conf, [process]: conf },
    place: { ...image.place, [process]: 0 },
    leaving: { ...image.leaving, [process]: null },
  });
}

/** @spec MCMembership!ImageOfCrash */
function crashed(image: Image, process: Member, before: World): Image {
  const { conf } = upState(before, process);
  const log = logOf(image, conf);
  const gone = { ...log.absent, [process]: trafficOf(before, conf)?.order.length ?? 0 };
  const isLeaving = (image.leaving[process] ?? null) !== null;
  return trimmed({
    ...(isLeaving ? image : withLog(image, { ...log, absent: gone })),
    conf: { ...image.conf, [process]: null },
    place: { ...image.place, [process]: 0 },
    leaving: { ...image.leaving, [process]: null },
  });
}

/** @spec MCMembership!ImageOfRecovery */
function recovered(image: Image, process: Member, after: World): Image {
  const { conf } = upState(after, process);
  return {
    ...withLog(image, present(conf)),
    number: { ...image.number, [process]: conf.number },
    conf: { ...image.conf, [process]: conf },
  };
}

/** @spec MCMembership!Trimmed @spec MCMembership!Referred */
function trimmed(image: Image): Image {
  const confs = Object.values(image.conf).filter((conf) => conf !== null);
  const goals = Object.values(image.leaving).flatMap((leaving) => (leaving === null ? [] : [leaving.to]));
  const referred = new Set([...confs, ...goals].map(nameOf));
  const log = Object.entries(image.log).filter(([name]) => referred.has(name));
  return { ...image, log: Object.fromEntries(log.sort(([one], [other]) => (one < other ? -1 : 1))) };
}

function zeros(members: readonly Member[]): Record<Member, number> {
  return Object.fromEntries(members.map((member) => [member, 0]));
}

function mapped<T, U>(values: Readonly<Record<Member, T>>, value: (one: T) => U): Record<Member, U> {
  return Object.fromEntries(Object.entries(values).map(([member, one]) => [member, value(one)]));
}
