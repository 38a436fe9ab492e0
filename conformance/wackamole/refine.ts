import type { Event, Member, Table, View } from "../../impl/wackamole/index.ts";
import type { TlaState, TlaValue } from "../../tla/values/value.ts";
import type { Refinement } from "../engine/contract.ts";
import { addressesOf, type Bounds, epochOf, type Move, nameOf, takings, type World } from "./world.ts";

/** Projects a world of Wackamole onto the variables of `Wackamole.tla`. */
export function wackamoleRefinement(bounds: Bounds): Refinement<World, Move> {
  return {
    module: "MCWackamole",
    actions: [...takings, "MatureTimeout", "Balance", "Partition", "Merge", "Lose", "Recover", "Crash"],
    view: (world) => view(bounds, world),
    moved: (_, move) => [{ name: move.type, args: ["server" in move ? move.server : set(move.servers)] }],
  };
}

const none: TlaValue = { "#model": "None" };
const noView: TlaValue = { "#model": "NoView" };

function view(bounds: Bounds, world: World): TlaState {
  const each = (value: (server: Member) => TlaValue): TlaValue =>
    Object.fromEntries(bounds.servers.map((server) => [server, value(server)]));
  const of = (value: (state: World["servers"][string]) => TlaValue): TlaValue =>
    each((server) => {
      const state = world.servers[server];
      if (state === undefined) throw new Error(`world without the state of ${server}`);
      return value(state);
    });
  return {
    epoch: world.epoch,
    net: each((server) => viewValue(world.net[server] ?? null)),
    inbox: each((server) => ({ "#tup": (world.inbox[server] ?? []).map(eventValue) })),
    state: of((state) => state.state),
    mature: of((state) => state.mature),
    view: of((state) => viewValue(state.view)),
    current_table: of((state) => table(bounds, state.current_table)),
    old_table: of((state) => table(bounds, state.old_table)),
    received: of((state) => set(state.received)),
    prefs: of((state) =>
      Object.fromEntries(bounds.servers.map((server) => [server, groups(state.prefs[server] ?? [])])),
    ),
    handover: of((state) => table(bounds, state.handover)),
    // What the effects put on the interfaces, not what the state says of it: so acquire and release are conformed too.
    held: each((server) => groups(world.covers[server] ?? [])),
  };
}

function set(names: readonly string[]): TlaValue {
  return { "#set": names };
}

/** A group is a set of addresses in the specification. */
function group(name: string): TlaValue {
  return set(addressesOf(name));
}

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
  return { epoch: epochOf(id), members: { "#tup": id.slice(id.indexOf(":") + 1).split(",") } };
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
