import { type Configuration, isSame, type Member } from "../configuration.ts";
import type { Config } from "./config.ts";
import type { Effect, Entry, Report, Transitional } from "./messages.ts";
import type { State } from "./state.ts";

// What a process can tell from its state. Nothing here changes anything.

/** How far the entries go without a gap, from what is forgotten on. @spec Membership!Prefix */
function prefixOf(forgotten: number, entries: readonly Entry[]): number {
  let upto = forgotten;
  for (const { place } of entries) {
    if (place !== upto + 1) break;
    upto = place;
  }
  return upto;
}

/** Up to which place everything is here. */
export function prefix(state: State): number {
  return prefixOf(state.forgotten, state.store);
}

export function has(state: State, place: number): boolean {
  return place <= state.forgotten || state.store.some((entry) => entry.place === place);
}

/** Entries by place, each once. */
export function merged(some: readonly Entry[], more: readonly Entry[]): readonly Entry[] {
  const fresh = more.filter(({ place }) => !some.some((entry) => entry.place === place));
  return [...some, ...fresh].sort((one, other) => one.place - other.place);
}

/** @spec Membership!Report */
export function reportOf(state: State): Report {
  const upto = prefix(state);
  return {
    conf: state.conf,
    upto,
    beyond: state.store.map(({ place }) => place).filter((place) => place > upto),
    bound: Math.max(state.place, state.bound),
    obliged: state.obliged,
  };
}

/** The members of the proposal that come from the same configuration (4.a). @spec Membership!TransitionalSet */
function transitionalSet(state: State): readonly Member[] {
  const members = state.proposal?.members ?? [];
  return members.filter((member) => {
    const report = state.report[member];
    return report !== undefined && isSame(report.conf, state.conf);
  });
}

/** @spec Membership!Reports */
function reports(state: State): readonly Report[] {
  return transitionalSet(state).flatMap((member) => state.report[member] ?? []);
}

function reportHas(report: Pick<Report, "upto" | "beyond">, place: number): boolean {
  return place <= report.upto || report.beyond.includes(place);
}

/** Whether a place is among what is rebroadcast (4.b). @spec Membership!Available */
export function isAvailable(state: State, place: number): boolean {
  return reports(state).some((report) => reportHas(report, place));
}

/** Whether all that is rebroadcast is here. What others claim to have is not gone through, it may be without end. */
export function isAllHere(state: State): boolean {
  const entries = merged(state.store, state.recovered);
  const upto = prefixOf(state.forgotten, entries);
  const places = new Set(entries.map(({ place }) => place));
  return reports(state).every(
    (report) => report.upto <= upto && report.beyond.every((place) => place <= upto || places.has(place)),
  );
}

/**
 * How much is delivered in the regular configuration (6.b): what any of the transitional set has delivered there; and
 * on from there what is available, up to a safe message. @spec Membership!Boundary
 */
export function boundary(state: State, store: readonly Entry[]): number {
  const all = reports(state);
  let held = Math.max(...all.map(({ upto }) => upto));
  while (isAvailable(state, held + 1)) held++;
  let bound = Math.max(...all.map((report) => report.bound));
  const isAgreed = (place: number): boolean =>
    store.some((entry) => entry.place === place && entry.message.service === "agreed");
  while (bound < held && isAgreed(bound + 1)) bound++;
  return bound;
}

/** @spec Membership!ObligedTo */
export function obligedTo(config: Config, state: State): readonly Member[] {
  const names = [...transitionalSet(state), ...reports(state).flatMap(({ obliged }) => obliged)];
  return config.processes.filter((process) => names.includes(process));
}

/** What this process rebroadcasts (5.a): what others lack, if it is the first that has it. */
export function rebroadcasts(config: Config, state: State): readonly Effect[] {
  const { proposal, conf } = state;
  if (proposal === null) return [];
  const set = transitionalSet(state);
  const lacks = (place: number) => (member: Member) => !reportHas(state.report[member] ?? nothing, place);
  return state.store.flatMap(({ place, message }): Effect[] => {
    const to = set.filter(lacks(place));
    const isFirst = set.find((member) => !lacks(place)(member)) === config.self;
    if (!isFirst || to.length === 0) return [];
    return [{ type: "send", to, packet: { type: "rebroadcast", proposal, conf, place, message } }];
  });
}

const nothing: Pick<Report, "upto" | "beyond"> = { upto: 0, beyond: [] };

/** Everybody has acknowledged. @spec Membership!IsComplete */
export function isComplete({ proposal, acks }: State): boolean {
  return proposal?.members.every((member) => acks.includes(member)) ?? false;
}

/** How much is delivered between two installations (6.a, 6.d). @spec Membership!Script */
export function scriptLength(state: State): number {
  return prefix(state) + behindHole(state).length;
}

/** The messages behind the first hole that are delivered: what those sent whom the process is obliged to. */
function behindHole(state: State): readonly Entry[] {
  const held = prefix(state);
  return state.store.filter(({ place, message }) => place > held && state.obliged.includes(message.sender));
}

/** What is delivered next. @spec Membership!Coming */
export function coming(state: State): Entry | undefined {
  const held = prefix(state);
  if (state.place >= held) return behindHole(state)[state.place - held];
  return state.store.find((entry) => entry.place === state.place + 1);
}

/** @spec MCMembership!Transitional */
export function transitional(state: State): Transitional | undefined {
  const { conf, proposal } = state;
  return proposal === null ? undefined : { from: conf, to: proposal, members: transitionalSet(state) };
}

export function others(config: Config, { members }: Configuration): readonly Member[] {
  return members.filter((member) => member !== config.self);
}

/** Whether a proposal is the one that the process has committed to. */
export function isOf(state: State, proposal: Configuration): boolean {
  return state.proposal !== null && isSame(state.proposal, proposal);
}

/** Without the messages that are delivered, and known to be everywhere. */
export function remaining(state: State): Pick<State, "store" | "forgotten"> {
  const everywhere = Math.min(...state.conf.members.map((member) => state.aru[member] ?? 0));
  const forgotten =
    state.mode === "operational" ? Math.max(state.forgotten, Math.min(state.place, everywhere)) : state.forgotten;
  const store = forgotten === state.forgotten ? state.store : state.store.filter(({ place }) => place > forgotten);
  return { store, forgotten };
}
