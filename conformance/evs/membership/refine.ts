import type {
  Configuration,
  Member,
  Message,
  Report,
  State,
  Transitional,
} from "../../../impl/evs/membership/index.ts";
import type { TlaState, TlaValue } from "../../../tla/values/value.ts";
import type { Refinement } from "../../engine/contract.ts";
import { type Bounds, type HistoryEvent, type Image, type Log, type Move, stateOf, type World } from "./world.ts";

/** Projects a world of membership onto the variables of `MCMembership.tla`. */
export function membershipRefinement(bounds: Bounds): Refinement<World, Move> {
  return {
    module: "MCMembership",
    actions: ["Send", "Receive", "Deliver", "Gather", "Form", "Acknowledge", "Move", "Install", "Crash", "Recover"].map(
      (name) => `MC${name}`,
    ),
    view: (world) => view(bounds, world),
    moved: (_, move) => [{ name: `MC${move.type}` }],
  };
}

const none: TlaValue = { "#model": "None" };

function view(bounds: Bounds, world: World): TlaState {
  const each = (value: (process: Member) => TlaValue): TlaValue =>
    Object.fromEntries(bounds.processes.map((process) => [process, value(process)]));
  const ofState = (value: (state: State) => TlaValue, down: TlaValue): TlaValue =>
    each((process) => {
      const state = stateOf(world, process);
      return state === undefined ? down : value(state);
    });
  const traffic = Object.values(world.traffic);
  const committed = proposals(bounds, world);
  return {
    // What the effects wrote, not what the state says of it: so it is conformed that they do.
    number: each((process) => world.disk[process] ?? 0),
    mode: ofState(({ mode }) => mode, "down"),
    conf: ofState(({ conf }) => confValue(conf), none),
    store: ofState(storeValue, set([])),
    place: ofState(({ place }) => place, 0),
    bound: ofState(({ bound }) => bound, 0),
    obliged: ofState(({ obliged }) => set(obliged), set([])),
    proposal: ofState(({ proposal }) => (proposal === null ? none : confValue(proposal)), none),
    order: { "#map": traffic.map(({ conf, order }) => [confValue(conf), sequence(order.map(messageValue))]) },
    aru: { "#map": traffic.map(({ conf, aru }) => [confValue(conf), { ...aru }]) },
    report: { "#map": committed.map(([conf, { report }]) => [confValue(conf), mapped(report, reportValue)]) },
    acks: { "#map": committed.map(([conf, { acks }]) => [confValue(conf), set(acks)]) },
    sent: each((process) => world.sent[process] ?? 0),
    changes: world.changes,
    history: each((process) => sequence((world.history[process] ?? []).map(eventValue))),
    image: imageValue(world.image),
  };
}

/** The proposals that some process has committed to, with a process that has. */
function proposals({ processes }: Bounds, world: World): [Configuration, State][] {
  const found = new Map<string, [Configuration, State]>();
  for (const process of processes) {
    const state = stateOf(world, process);
    if (state?.proposal != null) found.set(JSON.stringify(state.proposal), [state.proposal, state]);
  }
  return [...found.values()];
}

function set(items: readonly TlaValue[]): TlaValue {
  return { "#set": items };
}

function sequence(items: readonly TlaValue[]): TlaValue {
  return { "#tup": items };
}

function mapped<T>(values: Readonly<Record<string, T>>, value: (one: T) => TlaValue): TlaValue {
  return Object.fromEntries(Object.entries(values).map(([name, one]) => [name, value(one)]));
}

function confValue({ number, members }: Configuration): TlaValue {
  return { number, members: set(members) };
}

function anyConfValue(conf: Configuration | Transitional): TlaValue {
  if ("number" in conf) return confValue(conf);
  return { from: confValue(conf.from), to: confValue(conf.to), members: set(conf.members) };
}

/** What a process no longer keeps it had, and everybody has. */
function storeValue({ forgotten, store }: State): TlaValue {
  return set([...upto(forgotten), ...store.map(({ place }) => place)]);
}

function upto(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at + 1);
}

function reportValue({ conf, upto: all, beyond, bound, obliged }: Report): TlaValue {
  return { conf: confValue(conf), has: set([...upto(all), ...beyond]), bound, obliged: set(obliged) };
}

function messageValue({ sender, number, service }: Message): TlaValue {
  return { sender, number, service };
}

function eventValue(event: HistoryEvent): TlaValue {
  const conf = anyConfValue(event.conf);
  switch (event.type) {
    case "conf":
      return { type: event.type, conf };
    case "send":
    case "deliver":
      return { type: event.type, message: messageValue(event.message), conf };
    case "fail":
      return { type: event.type, conf, sent: set(event.sent.map(messageValue)) };
  }
}

function imageValue({ number, conf, place, leaving, log }: Image): TlaValue {
  return {
    number: { ...number },
    conf: mapped(conf, (one) => (one === null ? none : confValue(one))),
    place: { ...place },
    leaving: mapped(leaving, (one) =>
      one === null ? none : { ...one, to: confValue(one.to), members: set(one.members), obliged: set(one.obliged) },
    ),
    log: { "#map": Object.values(log).map((one) => [confValue(one.conf), logValue(one)]) },
  };
}

function logValue({ order, stable, frozen, absent }: Log): TlaValue {
  return { order: sequence(order.map(messageValue)), stable, frozen, absent: { "#map": Object.entries(absent) } };
}
