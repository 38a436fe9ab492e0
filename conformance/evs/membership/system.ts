import {
  type ActionName,
  type Config,
  type Configuration,
  type Effect,
  type Event,
  installed,
  type Member,
  type Message,
  membership,
  type Refusal,
  reportOf,
  type State,
} from "../../../impl/evs/membership/index.ts";
import type { Protocol } from "../../../impl/kernel/index.ts";
import type { ClosedSystem, Tried } from "../../engine/contract.ts";
import { became, firstImage } from "./image.ts";
import { caughtUp, opened, perform, recorded, type Take, trimmed } from "./network.ts";
import {
  type Bounds,
  configOf,
  currentOf,
  first,
  type Move,
  nameOf,
  payloadOf,
  stateOf,
  trafficOf,
  type World,
} from "./world.ts";

type MoveOf<T extends Move["type"]> = Extract<Move, { readonly type: T }>;

/** The reducer of membership, or one that is to be held against the specification in its place. */
export type Reducer = Protocol<Config, State, Event, Effect, ActionName, Refusal>;

interface Arena {
  readonly bounds: Bounds;
  readonly reducer: Reducer;
  readonly take: Take;
  readonly subsets: readonly (readonly Member[])[];
}

/** The closed system of membership: its processes, which are the reducer's, over {@link World} within bounds. */
export function membershipSystem(bounds: Bounds, reducer: Reducer = membership): ClosedSystem<World, Move> {
  const take: Take = (world, process, event) => {
    const state = stateOf(world, process);
    if (state === undefined) return "Up";
    const outcome = reducer.step(configOf(bounds, process, 0), state, event);
    if (outcome.kind === "refused") return outcome.because;
    return { world: { ...world, states: { ...world.states, [process]: outcome.state } }, effects: outcome.effects };
  };
  const arena: Arena = { bounds, reducer, take, subsets: subsets(bounds.processes) };
  return {
    initials: () => [initialWorld(bounds)],
    moves: (world) => moves(arena, world),
    apply(world, move) {
      const tried = apply(arena, world, move);
      if (tried.kind === "refused" || !bounds.images) return tried;
      return { kind: "took", world: { ...tried.world, image: became(world, move, tried.world) } };
    },
  };
}

/** At the start the processes have installed one configuration. @spec Membership!Init */
function initialWorld(bounds: Bounds): World {
  const { processes } = bounds;
  const each = <T>(part: () => T): Record<Member, T> =>
    Object.fromEntries(processes.map((process) => [process, part()]));
  const world: World = {
    states: each(() => installed(first(bounds), 0)),
    disk: each(() => 0),
    traffic: {},
    sent: each(() => 0),
    changes: 0,
    history: each(() => []),
    image: firstImage(bounds),
  };
  const conf = first(bounds);
  return processes.reduce((next, p) => recorded(bounds, next, p, { type: "conf", conf }), opened(world, conf));
}

function apply(arena: Arena, world: World, move: Move): Tried<World> {
  switch (move.type) {
    case "Send":
      return send(arena, world, move);
    case "Receive":
      return receive(arena, world, move);
    case "Form":
      return form(arena, world, move);
    case "Acknowledge":
      return acknowledge(arena, world, move);
    case "Deliver":
      return stepped(arena, world, move.process, { type: "DELIVER" });
    case "Gather":
      return gather(arena, world, move.process);
    case "Move":
      return stepped(arena, world, move.process, { type: "MOVE" });
    case "Install":
      return install(arena, world, move.process);
    case "Crash":
      return crash(arena, world, move.process);
    case "Recover":
      return recover(arena, world, move.process);
  }
}

function took(world: World): Tried<World> {
  return { kind: "took", world: trimmed(world) };
}

function refuse(because: string): Tried<World> {
  return { kind: "refused", because };
}

/** One process takes an event, and what it asks for is done. */
function stepped({ bounds, take }: Arena, world: World, process: Member, event: Event): Tried<World> {
  const taken = take(world, process, event);
  if (typeof taken === "string") return refuse(taken);
  return took(perform(bounds, take, taken.world, process, taken.effects));
}

/** The order gives the message the next place. @spec Membership!Send @spec MCMembership!MCSend */
function send(arena: Arena, world: World, { process, service }: MoveOf<"Send">): Tried<World> {
  const { senders, services, maxMessages, processes } = arena.bounds;
  if (!senders.includes(process) || !services.includes(service)) return refuse("MaySend");
  const sent = processes.map((one) => world.sent[one] ?? 0).reduce((sum, one) => sum + one, 0);
  if (sent >= maxMessages) return refuse("MaxMessages");
  const state = stateOf(world, process);
  if (state === undefined) return refuse("Up");
  const number = (world.sent[process] ?? 0) + 1;
  const message: Message = { sender: process, number, service, payload: payloadOf(process, number, service) };
  const place = (trafficOf(world, state.conf)?.order.length ?? 0) + 1;
  const next = { ...world, sent: { ...world.sent, [process]: number } };
  return stepped(arena, next, process, { type: "SEND", place, message });
}

/** Whatever was sent in its configuration can come to a process, at any time. @spec Membership!Receive */
function receive(arena: Arena, world: World, { process, place }: MoveOf<"Receive">): Tried<World> {
  const state = stateOf(world, process);
  if (state === undefined) return refuse("Up");
  const message = trafficOf(world, state.conf)?.order[place - 1];
  if (message === undefined) return refuse("Sent");
  return stepped(arena, world, process, { type: "data", conf: state.conf, place, message });
}

/** @spec Membership!Gather @spec MCMembership!OnlyCascades */
function gather(arena: Arena, world: World, process: Member): Tried<World> {
  const isCascade = stateOf(world, process)?.mode === "recovery";
  if (arena.bounds.gathering === "cascades" && !isCascade) return refuse("OnlyCascades");
  return stepped(arena, world, process, { type: "GATHER" });
}

/** The commit token goes round twice, and nothing else happens meanwhile. @spec Membership!Form */
function form(arena: Arena, world: World, { members, number }: MoveOf<"Form">): Tried<World> {
  const { bounds, take } = arena;
  if (members.length === 0) return refuse("Members");
  if (bounds.groups?.some((group) => group.join() === members.join()) === false) return refuse("Groups");
  if (world.changes >= bounds.maxChanges) return refuse("Changed");
  const least = 1 + Math.max(...members.map((member) => world.disk[member] ?? 0));
  if (bounds.numbers === "least" && number !== least) return refuse("LeastNumber");
  const gathered = gatheredFor(arena, { ...world, changes: world.changes + 1 }, members);
  if (typeof gathered === "string") return refuse(gathered);
  const proposal: Configuration = { number, members };
  const report = Object.fromEntries(
    members.flatMap((member) => {
      const state = stateOf(gathered, member);
      return state === undefined ? [] : [[member, reportOf(state)]];
    }),
  );
  let next = opened(gathered, proposal);
  for (const member of members) {
    const taken = take(next, member, { type: "FORM", proposal, report });
    if (typeof taken === "string") return refuse(taken);
    next = perform(bounds, take, taken.world, member, taken.effects);
  }
  return took(next);
}

/**
 * Those who commit from a regular configuration gather first, where a model has it so.
 *
 * @spec MCMembership!FromOperational
 */
function gatheredFor({ bounds, take }: Arena, world: World, members: readonly Member[]): World | string {
  let next = world;
  for (const member of members) {
    const mode = stateOf(next, member)?.mode;
    if (mode === undefined) return "Up";
    if (mode !== "operational" || bounds.ready !== "operational") continue;
    const taken = take(next, member, { type: "GATHER" });
    if (typeof taken === "string") return taken;
    next = taken.world;
  }
  return next;
}

/**
 * What was rebroadcast comes to these members, and they acknowledge.
 *
 * @spec Membership!Acknowledge
 * @spec MCMembership!OneStep
 */
function acknowledge(arena: Arena, world: World, { proposal, members }: MoveOf<"Acknowledge">): Tried<World> {
  const { bounds, take } = arena;
  const rebroadcast = trafficOf(world, proposal)?.rebroadcast;
  if (members.length === 0 || !members.every((member) => proposal.members.includes(member))) return refuse("Together");
  const isCommitted = (member: Member): boolean => {
    const committed = stateOf(world, member)?.proposal ?? null;
    return committed !== null && nameOf(committed) === nameOf(proposal);
  };
  if (!members.every(isCommitted) || rebroadcast === undefined) return refuse("Committed");
  if (bounds.together === "one" && members.length > 1) return refuse("Together");
  const acked = proposal.members.some((member) => (stateOf(world, member)?.acks.length ?? 0) > 0);
  if (bounds.together === "all" && (acked || !proposal.members.every(isCommitted))) return refuse("OneStep");
  let next = world;
  for (const member of members) {
    for (const packet of rebroadcast) {
      const come = take(next, member, packet);
      if (typeof come !== "string") next = come.world;
    }
    const taken = take(next, member, { type: "ACKNOWLEDGE" });
    if (typeof taken === "string") return refuse(taken);
    next = perform(bounds, take, taken.world, member, taken.effects);
  }
  return took(next);
}

/** @spec Membership!Install */
function install(arena: Arena, world: World, process: Member): Tried<World> {
  const tried = stepped(arena, world, process, { type: "INSTALL" });
  const state = tried.kind === "took" ? stateOf(tried.world, process) : undefined;
  return tried.kind === "refused" || state === undefined
    ? tried
    : took(caughtUp(arena.take, tried.world, process, state));
}

/** Of a process only its disk is left. @spec Membership!Crash */
function crash({ bounds }: Arena, world: World, process: Member): Tried<World> {
  const state = stateOf(world, process);
  if (!bounds.failing.includes(process)) return refuse("Failing");
  if (world.changes >= bounds.maxChanges) return refuse("Changed");
  if (state === undefined) return refuse("Up");
  const sent = trafficOf(world, state.conf)?.order ?? [];
  const failed = recorded(bounds, world, process, { type: "fail", conf: currentOf(state), sent });
  return took({ ...failed, changes: world.changes + 1, states: { ...world.states, [process]: null } });
}

/** @spec Membership!Recover */
function recover({ bounds, reducer, take }: Arena, world: World, process: Member): Tried<World> {
  if (world.changes >= bounds.maxChanges) return refuse("Changed");
  if (stateOf(world, process) !== undefined) return refuse("Down");
  const { state, effects } = reducer.initial(configOf(bounds, process, world.disk[process] ?? 0));
  const up = { ...world, changes: world.changes + 1, states: { ...world.states, [process]: state } };
  return took(perform(bounds, take, opened(up, state.conf), process, effects));
}

function* moves({ bounds, subsets: sets }: Arena, world: World): Iterable<Move> {
  const { processes, maxMessages, maxChanges } = bounds;
  for (const process of processes) {
    yield { type: "Send", process, service: "agreed" };
    yield { type: "Send", process, service: "safe" };
    for (let place = 1; place <= maxMessages; place++) yield { type: "Receive", process, place };
    for (const type of ["Deliver", "Gather", "Move", "Install", "Crash", "Recover"] as const) yield { type, process };
  }
  for (const members of sets) {
    for (let number = 1; number <= maxChanges + 1; number++) yield { type: "Form", members, number };
  }
  // The first configuration is no proposal that anybody could acknowledge; it stands for all that there are not.
  for (const conf of [first(bounds), ...Object.values(world.traffic).map((traffic) => traffic.conf)]) {
    for (const members of sets) yield { type: "Acknowledge", proposal: conf, members };
  }
}

/** Sets of processes, each in the order of the list. */
function subsets<T>(items: readonly T[]): T[][] {
  const all: T[][] = [[]];
  for (const item of items) all.push(...all.map((subset) => [...subset, item]));
  return all;
}
