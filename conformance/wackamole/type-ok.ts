import type { Event, Member, State, Table, View } from "../../impl/wackamole/index.ts";
import { isMessage } from "./network.ts";
import { type Bounds, epochOf, nameOf, type World } from "./world.ts";

/** What the types of a world leave open of the specification's type predicate. @spec Wackamole!TypeOK */
export function typeOk(bounds: Bounds): (world: World) => boolean {
  const servers = new Set(bounds.servers);
  const groups = new Set(bounds.groups.map(nameOf));
  const known: Known = {
    areServers: (names) => names.every((name) => servers.has(name)),
    areGroups: (names) => names.every((name) => groups.has(name)),
    isTable: (table) =>
      Object.keys(table).length === groups.size &&
      Object.entries(table).every(([name, owner]) => groups.has(name) && (owner === null || servers.has(owner))),
    isView: (view) => epochOf(view.id) <= bounds.maxEpoch && view.members.every((member) => servers.has(member)),
  };
  return (world) =>
    world.epoch <= bounds.maxEpoch &&
    bounds.servers.every((server) => {
      const [net, state, inbox] = [world.net[server] ?? null, world.servers[server], world.inbox[server]];
      return (
        (net === null || (known.isView(net) && epochOf(net.id) <= world.epoch)) &&
        inbox?.every((event) => isEvent(known, event)) === true &&
        state !== undefined &&
        isState(known, server, state) &&
        known.areGroups(world.covers[server] ?? [])
      );
    });
}

/** What there is within some bounds. */
interface Known {
  areServers(names: readonly string[]): boolean;
  areGroups(names: readonly string[]): boolean;
  isTable(table: Table): boolean;
  isView(view: View): boolean;
}

/** @spec Wackamole!IsEvent */
function isEvent(known: Known, event: Event): boolean {
  if (event.type === "VIEW_CHANGE") return known.isView(event.view);
  if (!isMessage(event)) return event.type === "DISCONNECT";
  if (!known.areServers([event.sender])) return false;
  switch (event.type) {
    case "STATE_MSG":
      return known.areGroups(event.owns) && known.areGroups(event.prefers);
    case "BALANCE_MSG":
      return known.isTable(event.table);
    case "RELEASED_MSG":
      return known.areGroups(event.released);
    default:
      return false;
  }
}

function isState(known: Known, server: Member, state: State): boolean {
  const { view, current_table, old_table, handover, received, prefs, held } = state;
  return (
    (state.state === "DISCONNECTED"
      ? view === null
      : view !== null && known.isView(view) && view.members.includes(server)) &&
    [current_table, old_table, handover].every((table) => known.isTable(table)) &&
    known.areServers(received) &&
    known.areServers(Object.keys(prefs)) &&
    Object.values(prefs).every((names) => known.areGroups(names)) &&
    known.areGroups(held)
  );
}
