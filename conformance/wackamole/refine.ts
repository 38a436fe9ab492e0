import type { Event, Member, State, Table, View } from "../../impl/wackamole/index.ts";
import type { TlaState, TlaValue } from "../../tla/values/value.ts";
import type { Refinement } from "../engine/contract.ts";
import { addressesOf, type Bounds, epochOf, type Move, nameOf, takings, type World } from "./world.ts";

/** Projects a world of Wackamole onto the variables of `Wackamole.tla`. */
export function wackamoleRefinement(bounds: Bounds): Refinement<World, Move> {
  const shown = new WeakMap<State, Shown>();
  return {
    module: "MCWackamole",
    actions: [...takings, "MatureTimeout", "Balance", "Partition", "Merge", "Lose", "Recover", "Crash"],
    view: (world) => view(bounds, world, shown),
    moved: (_, move) => [{ name: move.type, args: ["server" in move ? move.server : set(move.servers)] }],
  };
}

const none: TlaValue = { "#model": "None" };
const noView: TlaValue = { "#model": "NoView" };

/** The variables that are functions of a server's state, for one server. */
type Shown = Readonly<Record<Exclude<keyof State, "held" | "hosts">, TlaValue>>;

function view(bounds: Bounds, world: World, shown: WeakMap<State, Shown>): TlaState {
  const { servers } = bounds;
  const each = (value: (server: Member) => TlaValue): TlaValue =>
    Object.fromEntries(servers.map((server) => [server, value(server)]));
  const states = new Map(servers.map((server) => [server, stateOf(bounds, world, server, shown)]));
  const of = (variable: keyof Shown): TlaValue => each((server) => states.get(server)?.[variable] ?? none);
  return {
    epoch: world.epoch,
    net: each((server) => viewValue(world.net[server] ?? null)),
    inbox: each((server) => ({ "#tup": (world.inbox[server] ?? []).map(eventValue) })),
    state: of("state"),
    mature: of("mature"),
    view: of("view"),
    current_table: of("current_table"),
    old_table: of("old_table"),
    received: of("received"),
    prefs: of("prefs"),
    handover: of("handover"),
    // What the effects put on the interfaces, not what the state says of it: so acquire and release are conformed too.
    held: each((server) => groups(world.covers[server] ?? [])),
  };
}

/** A step changes one server as a rule, so what a frozen state shows is kept for as long as the state is. */
function stateOf(bounds: Bounds, world: World, server: Member, shown: WeakMap<State, Shown>): Shown {
  const state = world.servers[server];
  if (state === undefined) throw new Error(`world without the state of ${server}`);
  const known = shown.get(state);
  if (known !== undefined) return known;
  const value: Shown = {
    state: state.state,
    mature: state.mature,
    view: viewValue(state.view),
    current_table: table(bounds, state.current_table),
    old_table: table(bounds, state.old_table),
    received: set(state.received),
    prefs: Object.fromEntries(bounds.servers.map((member) => [member, groups(state.prefs[member] ?? [])])),
    handover: table(bounds, state.handover),
  };
  if (Object.isFrozen(state)) shown.set(state, frozen(value));
  return value;
}

/** Frozen as deep as it goes, so that its canonical text is remembered. */
function frozen<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === "object") frozen(part);
  return Object.freeze(value);
}

function set(names: readonly string[]): TlaValue {
  return { "#set": names };
}

/** A group is a set of addresses in the specification. The values are kept: every world shows the same few. */
function group(name: string): TlaValue {
  const known = groupValues.get(name);
  if (known !== undefined) return known;
  const value = Object.freeze({ "#set": Object.freeze(addressesOf(name)) });
  groupValues.set(name, value);
  return value;
}

const groupValues = new Map<string, TlaValue>();

function groups(names: readonly string[]): TlaValue {
  return { "#set": names.map(group) };
}

function table(bounds: Bounds, owners: Table): TlaValue {
  return { "#map": bounds.groups.map(nameOf).map((name) => [group(name), owners[name] ?? none]) };
}

/** The specification's view has the number of the change where the implementation has an identifier. */
function viewValue(known: View | null): TlaValue {
  return known === null ? noView : { epoch: epochOf(known.id), members: { "#tup": known.members } };
}

function viewOfId(id: string): TlaValue {
  const list = id.slice(id.indexOf(":") + 1);
  // Only a broken specification has a view without members.
  return { epoch: epochOf(id), members: { "#tup": list === "" ? [] : list.split(",") } };
}

function eventValue(event: Event): TlaValue {
  switch (event.type) {
    case "VIEW_CHANGE":
      return { type: event.type, view: viewValue(event.view) };
    case "STATE_MSG":
      return {
        type: event.type,
        sender: event.sender,
        view: viewOfId(event.view),
        owns: groups(event.owns),
        mature: event.mature,
        prefers: groups(event.prefers),
      };
    case "BALANCE_MSG":
      return {
        type: event.type,
        sender: event.sender,
        table: { "#map": Object.entries(event.table).map(([name, owner]) => [group(name), owner]) },
      };
    case "RELEASED_MSG":
      return { type: event.type, sender: event.sender, released: groups(event.released) };
    case "DISCONNECT":
      return { type: event.type };
    default:
      throw new Error(`an inbox of the closed system holds no ${event.type}`);
  }
}
