import {
  type ActionName,
  type Config,
  type Effect,
  type Event,
  type Member,
  ordering,
  type Refusal,
  type State,
} from "../../../impl/evs/ordering/index.ts";
import type { Protocol } from "../../../impl/kernel/index.ts";
import type { ClosedSystem, Tried } from "../../engine/contract.ts";
import { incoming, isNews, keyOf, others, packets, perform, tidied } from "./network.ts";
import { type Bounds, configOf, here, type Move, payloadOf, type Request, stateOf, type World } from "./world.ts";

type MoveOf<T extends Move["type"]> = Extract<Move, { readonly type: T }>;

/** The reducer of ordering, or one that is to be held against the specification in its place. */
export type Reducer = Protocol<Config, State, Event, Effect, ActionName, Refusal>;

interface Arena {
  readonly bounds: Bounds;
  readonly reducer: Reducer;
  readonly configs: ReadonlyMap<Member, Config>;
  /** The moves that are the same at every world. */
  readonly fixed: readonly Move[];
  /** What can come to each process at the worlds at which it was asked for. */
  readonly incoming: WeakMap<World, ReadonlyMap<Member, ReadonlySet<string>>>;
}

/** The closed system of ordering: its processes, which are the reducer's, over {@link World} within bounds. */
export function orderingSystem(bounds: Bounds, reducer: Reducer = ordering): ClosedSystem<World, Move> {
  const configs = new Map(bounds.members.map((member) => [member, configOf(bounds, member)]));
  const arena: Arena = { bounds, reducer, configs, fixed: fixedMoves(bounds), incoming: new WeakMap() };
  return {
    initials: () => [initialWorld(arena)],
    moves: (world) => moves(arena, world),
    apply: (world, move) => apply(arena, world, move),
  };
}

/** @spec Ordering!Init */
function initialWorld({ bounds, reducer, configs }: Arena): World {
  const started = [...configs].map(([member, config]) => [member, reducer.initial(config).state]);
  return {
    states: Object.fromEntries(started),
    delivered: Object.fromEntries(bounds.members.map((member) => [member, []])),
    ...{ armed: [], updates: [], copies: [], requests: [] },
  };
}

function apply(arena: Arena, world: World, move: Move): Tried<World> {
  switch (move.type) {
    case "Send":
      return send(arena, world, move);
    case "Update":
      return update(arena, world, move.process);
    case "Receive":
      return receive(arena, world, move);
    case "Ask":
      return ask(arena, world, move);
    case "Answer":
      return answer(arena, world, move);
    case "Deliver":
      return stepped(arena, world, move.process, { type: "DELIVER" });
  }
}

function took(world: World): Tried<World> {
  return { kind: "took", world };
}

function refuse(because: string): Tried<World> {
  return { kind: "refused", because };
}

/** One process takes an event, and what it asks for is done; of its messages copies to `reached` get on their way. */
function stepped(
  { bounds, reducer, configs }: Arena,
  world: World,
  process: Member,
  event: Event,
  reached: readonly Member[] = [],
): Tried<World> {
  const config = configs.get(process);
  if (config === undefined) return refuse("Process");
  const outcome = reducer.step(config, stateOf(world, process), event);
  if (outcome.kind === "refused") return refuse(outcome.because);
  const next = { ...world, states: { ...world.states, [process]: outcome.state } };
  return took(perform(bounds, next, process, outcome.effects, reached));
}

/** @spec Ordering!Send @spec MCOrdering!MCMaySend */
function send(arena: Arena, world: World, { process, service, copies }: MoveOf<"Send">): Tried<World> {
  const { bounds } = arena;
  const there = others(bounds, process);
  if (!copies.every((member) => there.includes(member))) return refuse("Copies");
  if (bounds.copies === "all" && copies.length < there.length) return refuse("Copies");
  const sent = bounds.members.map((member) => sequence(world, member)).reduce((sum, one) => sum + one, 0);
  if (sent >= bounds.maxMessages) return refuse("MaxMessages");
  const payload = payloadOf(process, sequence(world, process) + 1, service);
  return stepped(arena, world, process, { type: "SEND", service, payload }, copies);
}

function sequence(world: World, process: Member): number {
  return stateOf(world, process).site[process]?.sequence ?? 0;
}

/**
 * The timer of a process fires. One that would tell nobody anything is left armed: the row that it would send tells
 * nobody anything later either, and a new row arms it again. @spec Ordering!Update
 */
function update(arena: Arena, world: World, process: Member): Tried<World> {
  const { bounds } = arena;
  if (!world.armed.includes(process)) return refuse("Armed");
  const fired = { ...world, armed: world.armed.filter((member) => member !== process) };
  const tried = stepped(arena, fired, process, { type: "UPDATE_TIMEOUT" });
  if (tried.kind === "refused") return tried;
  const news = tried.world.updates.filter((one) => !world.updates.includes(one));
  if (news.length === 0) return refuse("OnItsWay");
  return news.every((one) => isNews(bounds, world, one)) ? tried : refuse("IsNews");
}

/** What is of another configuration comes like everything else, and is not heeded. @spec Ordering!Receive */
function receive(arena: Arena, world: World, { process, packet }: MoveOf<"Receive">): Tried<World> {
  if (!incomingAt(arena, world, process).has(keyOf(packet))) return refuse("Incoming");
  const tried = stepped(arena, world, process, packet);
  if (tried.kind === "refused") return tried.because === "IsOurs" ? took(world) : tried;
  return took(tidied(arena.bounds, tried.world));
}

/** Every packet is tried at every process, so what can come is worked out once for each world. */
function incomingAt({ bounds, incoming: known }: Arena, world: World, process: Member): ReadonlySet<string> {
  let keys = known.get(world);
  if (keys === undefined) {
    keys = new Map(bounds.members.map((one) => [one, new Set(incoming(bounds, world, one).map(keyOf))]));
    known.set(world, keys);
  }
  return keys.get(process) ?? new Set();
}

/** Who has sent a copy does not know whether it is on its way, so the network says it. @spec Ordering!Ask */
function ask(arena: Arena, world: World, { process, of, number }: MoveOf<"Ask">): Tried<World> {
  const isIt = (copy: World["copies"][number]): boolean =>
    copy.to === process && copy.message.sender === of && copy.message.number === number;
  if (world.copies.some(isIt)) return refuse("MayAsk");
  if (world.requests.some((one) => isOneRequest(one, { from: process, of, number }))) return refuse("Requested");
  return stepped(arena, world, process, { type: "ASK", member: of, number });
}

/** The request, or its answer, can be lost. @spec Ordering!Answer */
function answer(arena: Arena, world: World, { request, arrives }: MoveOf<"Answer">): Tried<World> {
  const { from, of, number } = request;
  const requests = world.requests.filter((one) => !isOneRequest(one, request));
  if (requests.length === world.requests.length) return refuse("Requests");
  const rest = { ...world, requests };
  if (!arrives) return took(rest);
  return stepped(arena, rest, of, { type: "request", conf: here(arena.bounds), sender: from, number }, [from]);
}

function isOneRequest(one: Request, other: Request): boolean {
  return one.from === other.from && one.of === other.of && one.number === other.number;
}

function* moves({ bounds, fixed }: Arena, world: World): Iterable<Move> {
  yield* fixed;
  for (const packet of packets(bounds, world)) {
    for (const process of bounds.members) yield { type: "Receive", process, packet };
  }
}

function fixedMoves({ members, maxMessages }: Bounds): readonly Move[] {
  const services = ["agreed", "safe"] as const;
  const numbers = Array.from({ length: maxMessages }, (_, at) => at + 1);
  const asked = members.flatMap((from) => members.flatMap((of) => numbers.map((number) => ({ from, of, number }))));
  return [
    ...members.flatMap((process) =>
      services.flatMap((service) =>
        subsets(members).map((copies): Move => ({ type: "Send", process, service, copies })),
      ),
    ),
    ...members.flatMap((process): Move[] => [
      { type: "Update", process },
      { type: "Deliver", process },
    ]),
    ...asked.map(({ from, of, number }): Move => ({ type: "Ask", process: from, of, number })),
    ...asked.flatMap((request) => [true, false].map((arrives): Move => ({ type: "Answer", request, arrives }))),
  ];
}

function subsets<T>(items: readonly T[]): T[][] {
  const all: T[][] = [[]];
  for (const item of items) all.push(...all.map((subset) => [...subset, item]));
  return all;
}
