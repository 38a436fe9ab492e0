import type { Member } from "../configuration.ts";
import type { Config } from "./config.ts";
import type { Message, Row } from "./messages.ts";
import type { State } from "./state.ts";

// What a process can tell from the rows and messages that it has. Nothing here changes anything.

export type Rows = State["site"];

/** The messages that there are, as far as it matters which. */
export type Has = Pick<State, "store" | "forgotten">;

export function rowOf(rows: Rows, member: Member): Row {
  const row = rows[member];
  if (row === undefined) throw new Error(`no row of ${member}, who is no member`);
  return row;
}

function numberOf(numbers: Readonly<Record<Member, number>>, member: Member): number {
  return numbers[member] ?? 0;
}

function kept(has: Has, member: Member): readonly Message[] {
  return has.store[member] ?? [];
}

export function others(config: Config): readonly Member[] {
  return config.conf.members.filter((member) => member !== config.self);
}

/** @spec Ordering!Before */
function isBefore(config: Config, one: Message, other: Message): boolean {
  if (one.lts !== other.lts) return one.lts < other.lts;
  return config.conf.members.indexOf(one.sender) < config.conf.members.indexOf(other.sender);
}

/** @spec Ordering!Upto */
function upto(has: Has, member: Member): number {
  let number = numberOf(has.forgotten, member);
  for (const message of kept(has, member)) {
    if (message.number !== number + 1) break;
    number = message.number;
  }
  return number;
}

/**
 * Where the last message before a gap is forgotten, everybody had it, and Site_Aru cannot rise above its timestamp;
 * so 0 does as well as the timestamp. @spec Ordering!Vouched
 */
function vouched(has: Has, rows: Rows, member: Member): number {
  const number = upto(has, member);
  const row = rowOf(rows, member);
  if (number >= row.sequence) return row.lts;
  return kept(has, member).find((message) => message.number === number)?.lts ?? 0;
}

/** @spec Ordering!Refreshed */
export function refreshed(config: Config, has: Has, rows: Rows): Rows {
  const own = rowOf(rows, config.self);
  const least = Math.min(...config.conf.members.map((member) => vouched(has, rows, member)));
  return least > own.aru ? { ...rows, [config.self]: { ...own, aru: least } } : rows;
}

/** @spec Ordering!GlobalAru */
export function globalAru(config: Config, rows: Rows): number {
  return Math.min(...config.conf.members.map((member) => rowOf(rows, member).aru));
}

/** The own messages that have to be kept for others. @spec Ordering!Unstable */
export function unstable(config: Config, state: State): readonly Message[] {
  const stable = globalAru(config, state.site);
  return kept(state, config.self).filter((message) => message.lts > stable);
}

/** Whether a message of this number can be kept: what bounds `store`. */
export function hasRoom(config: Config, has: Has, member: Member, number: number): boolean {
  return number <= numberOf(has.forgotten, member) + config.keep;
}

/** @spec Ordering!Missing */
export function isMissing(state: State, member: Member, number: number): boolean {
  return (
    number > numberOf(state.forgotten, member) &&
    number <= rowOf(state.site, member).sequence &&
    !kept(state, member).some((message) => message.number === number)
  );
}

/** What can be asked for: messages of others that exist, are not here, and could be kept if they came. */
export function missing(config: Config, state: State): { readonly member: Member; readonly number: number }[] {
  return others(config).flatMap((member) => {
    const first = numberOf(state.forgotten, member) + 1;
    const last = Math.min(rowOf(state.site, member).sequence, first + config.keep - 1);
    const numbers = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
    return numbers.filter((number) => isMissing(state, member, number)).map((number) => ({ member, number }));
  });
}

/** A second copy of a message is no news. @spec Ordering!Added */
export function added(has: Has, message: Message): Has {
  const { sender, number } = message;
  const mine = kept(has, sender);
  if (number <= numberOf(has.forgotten, sender) || mine.some((one) => one.number === number)) return has;
  const at = mine.findIndex((one) => one.number > number);
  return { ...has, store: { ...has.store, [sender]: mine.toSpliced(at < 0 ? mine.length : at, 0, message) } };
}

/** The first message in the order that is not delivered. @spec Ordering!First */
export function firstWaiting(config: Config, state: State): Message | undefined {
  const waiting = config.conf.members.flatMap((member) => {
    const done = numberOf(state.delivered, member);
    return kept(state, member).find((message) => message.number > done) ?? [];
  });
  return waiting.reduce<Message | undefined>(
    (first, one) => (first === undefined || isBefore(config, one, first) ? one : first),
    undefined,
  );
}

/** Without the messages that are delivered and known to be everywhere. */
export function remaining(config: Config, rows: Rows, has: Has, delivered: State["delivered"]): Has {
  const stable = globalAru(config, rows);
  let { store, forgotten } = has;
  for (const member of config.conf.members) {
    const mine = kept(has, member);
    const done = numberOf(delivered, member);
    const first = mine.findIndex((message) => message.number > done || message.lts > stable);
    const gone = first < 0 ? mine.length : first;
    const last = mine[gone - 1];
    if (last === undefined) continue;
    store = { ...store, [member]: mine.slice(gone) };
    forgotten = { ...forgotten, [member]: last.number };
  }
  return { store, forgotten };
}
