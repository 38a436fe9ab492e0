import {
  type ActionName,
  type Config,
  type Effect,
  type Event,
  evs,
  logOf,
  type Message,
  type Process,
  type Refusal,
  type State,
  start,
} from "../../../impl/evs/service/index.ts";
import type { Protocol } from "../../../impl/kernel/index.ts";
import type { ClosedSystem, Tried } from "../../engine/contract.ts";
import { restriction } from "./coarse.ts";
import { moves, subsetsOf } from "./moves.ts";
import { type Bounds, type History, type HistoryEvent, type Move, total, type World } from "./world.ts";

type MoveOf<T extends Move["type"]> = Extract<Move, { readonly type: T }>;

/** The reducer of the service, or one that is to be held against the specification in its place. */
export type Reducer = Protocol<Config, State, Event, Effect, ActionName, Refusal>;

interface Arena {
  readonly bounds: Bounds;
  readonly config: Config;
  readonly reducer: Reducer;
}

/** The closed system of the service: processes that send, over {@link World} within bounds. */
export function evsSystem(bounds: Bounds, reducer: Reducer = evs): ClosedSystem<World, Move> {
  const arena: Arena = { bounds, config: { processes: bounds.processes }, reducer };
  // Made when they are first asked for: fuzzing goes through none of them.
  let subsets: readonly (readonly Process[])[] | undefined;
  return {
    *initials() {
      for (const parts of bounds.partitions === "together" ? [[bounds.processes]] : partitions(bounds.processes)) {
        yield startedAs(bounds, parts);
      }
    },
    moves(world) {
      subsets ??= subsetsOf(bounds.processes);
      return moves(bounds, subsets, world);
    },
    apply: (world, move) => apply(arena, world, move),
  };
}

/** The initial world with these components. @spec MCEVS!Init */
export function startedAs(bounds: Bounds, components: readonly (readonly Process[])[]): World {
  const { processes, histories } = bounds;
  const { state, effects } = start({ processes }, components);
  const world: World = {
    service: state,
    sent: Object.fromEntries(processes.map((process) => [process, 0])),
    changes: 0,
    history: Object.fromEntries(processes.map((process) => [process, []])),
  };
  return histories ? { ...world, history: told(world.history, effects) } : world;
}

/** All ways to connect some of the processes in some components. @spec EVS!Partitions */
function partitions(processes: readonly Process[]): Process[][][] {
  const [first, ...others] = processes;
  if (first === undefined) return [[]];
  return partitions(others).flatMap((parts) => [
    parts,
    [...parts, [first]],
    ...parts.map((part, at) => parts.with(at, [first, ...part])),
  ]);
}

// ---------------------------------------------------------------------------------------------------------------------
// Moves

function apply(arena: Arena, world: World, move: Move): Tried<World> {
  const because = hindrance(arena.bounds, world, move);
  if (because !== undefined) return refuse(because);
  switch (move.type) {
    case "Send":
      return send(arena, world, move);
    case "Crash":
      return crash(arena, world, move.process, move);
    case "Leave":
      return leave(arena, world, move.process);
    case "CrashLeaving":
      return crashLeaving(arena, world, move);
    default:
      return stepped(arena, world, move, eventOf(move));
  }
}

function refuse(because: string): Tried<World> {
  return { kind: "refused", because };
}

/** What a bound forbids, or the larger steps. @spec MCEVS!Changed @spec AtomicEVS!AtomicNext */
function hindrance(bounds: Bounds, world: World, move: Move): string | undefined {
  switch (move.type) {
    case "Send":
      return total(world) < bounds.maxMessages ? undefined : "MaxMessages";
    case "Form":
    case "Recover":
    case "CrashLeaving":
      return world.changes < bounds.maxChanges ? undefined : "Changed";
    case "Crash":
      return world.changes < bounds.maxChanges ? onlyStaying(bounds, world, move.process) : "Changed";
    case "Deliver":
      return onlyStaying(bounds, world, move.process);
    default:
      return undefined;
  }
}

function onlyStaying({ steps }: Bounds, { service }: World, process: Process): string | undefined {
  return steps === "single" || (service.leaving[process] ?? null) === null ? undefined : "Staying";
}

type Direct = Exclude<Move, { readonly type: "Send" | "Leave" | "CrashLeaving" }>;

/** What the reducer is asked. */
export function eventOf(move: Direct): Event {
  switch (move.type) {
    case "Deliver":
      return { type: "DELIVER", process: move.process };
    case "Move":
      return { type: "MOVE", process: move.process };
    case "Install":
      return { type: "INSTALL", process: move.process };
    case "Crash":
      return { type: "CRASH", process: move.process };
    case "Form":
      return { ...move, type: "FORM" };
    case "Repair":
      return { ...move, type: "REPAIR" };
    case "Recover":
      return { ...move, type: "RECOVER" };
  }
}

/** The reducer takes an event, and processes record what they are told. */
function stepped(arena: Arena, world: World, move: Move, event: Event): Tried<World> {
  const outcome = arena.reducer.step(arena.config, world.service, event);
  if (outcome.kind === "refused") return refuse(outcome.because);
  const because = restriction(arena.bounds, world.service, move);
  if (because !== undefined) return refuse(because);
  const isChange = event.type === "FORM" || event.type === "CRASH" || event.type === "RECOVER";
  const history = arena.bounds.histories ? told(world.history, outcome.effects) : world.history;
  const next = { ...world, service: outcome.state, history };
  return { kind: "took", world: isChange ? { ...next, changes: world.changes + 1 } : next };
}

/** A process sends a message that no other is like. @spec MCEVS!Send @spec MCEVS!Message */
function send(arena: Arena, world: World, move: MoveOf<"Send">): Tried<World> {
  const { process, service, at } = move;
  const body = (world.sent[process] ?? 0) + 1;
  const tried = stepped(arena, world, move, { type: "SEND", process, service, body, at });
  if (tried.kind === "refused") return tried;
  const message = { sender: process, service, body };
  const sent = { ...world.sent, [process]: body };
  return { kind: "took", world: { ...recorded(arena, tried.world, process, { type: "send", message }), sent } };
}

/** It tells nobody anything, so what is recorded is known before. @spec MCEVS!FailEvent */
function crash(arena: Arena, world: World, process: Process, move: Move): Tried<World> {
  const tried = stepped(arena, world, move, { type: "CRASH", process });
  if (tried.kind === "refused") return tried;
  const conf = world.service.conf[process] ?? null;
  const sent = conf === null ? [] : logOf(world.service, conf).order;
  return { kind: "took", world: recorded(arena, tried.world, process, { type: "fail", sent }) };
}

/** All deliveries that are left before a process, and the two configurations. @spec AtomicEVS!Leave */
function leave(arena: Arena, world: World, process: Process): Tried<World> {
  if ((world.service.leaving[process] ?? null) === null) return refuse("Leaving");
  const last = gone(arena, world, process).at(-1) ?? world;
  return stepped(arena, last, { type: "Install", process }, { type: "INSTALL", process });
}

/** Some of them, and it crashes before the next regular configuration. @spec AtomicEVS!CrashLeaving */
function crashLeaving(arena: Arena, world: World, { process, after }: MoveOf<"CrashLeaving">): Tried<World> {
  if ((world.service.leaving[process] ?? null) === null) return refuse("Leaving");
  const next = [world, ...gone(arena, world, process)][after];
  return next === undefined ? refuse("Halfway") : crash(arena, next, process, { type: "Crash", process });
}

/** The worlds through which a process that leaves goes, one event after the other, before it could install. */
function gone(arena: Arena, world: World, process: Process): readonly World[] {
  const worlds: World[] = [];
  for (let here = world; ; ) {
    let tried = stepped(arena, here, { type: "Deliver", process }, { type: "DELIVER", process });
    if (tried.kind === "refused") tried = stepped(arena, here, { type: "Move", process }, { type: "MOVE", process });
    if (tried.kind === "refused") return worlds;
    here = tried.world;
    worlds.push(here);
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// Histories

/** The configuration that a process was told of last, which is where it is as far as it knows. @spec MCEVS!Current */
function current(events: readonly HistoryEvent[]): HistoryEvent["conf"] {
  const last = events.findLast(({ type }) => type === "conf");
  if (last === undefined) throw new Error("a process that was never told of a configuration");
  return last.conf;
}

/** Histories with what the processes are told. @spec MCEVS!ConfEvent @spec MCEVS!DeliverEvent */
function told(history: History, effects: readonly Effect[]): History {
  const next: Record<Process, readonly HistoryEvent[]> = { ...history };
  for (const effect of effects) {
    const events = next[effect.process] ?? [];
    const event: HistoryEvent =
      effect.type === "deliver"
        ? { type: "deliver", message: effect.message, conf: current(events) }
        : { type: "conf", conf: effect.configuration };
    next[effect.process] = appended(events, event);
  }
  return next;
}

type Doing =
  | { readonly type: "send"; readonly message: Message }
  | { readonly type: "fail"; readonly sent: readonly Message[] };

/** What a process does is recorded where it is. */
function recorded({ bounds }: Arena, world: World, process: Process, doing: Doing): World {
  if (!bounds.histories) return world;
  const events = world.history[process] ?? [];
  const event: HistoryEvent = { ...doing, conf: current(events) };
  return { ...world, history: { ...world.history, [process]: appended(events, event) } };
}

/** Frozen, so that what is made of it is remembered. */
function appended(events: readonly HistoryEvent[], event: HistoryEvent): readonly HistoryEvent[] {
  return Object.freeze([...events, Object.freeze(event)]);
}
