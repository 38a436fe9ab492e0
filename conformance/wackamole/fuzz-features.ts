import type { Event, Member } from "../../impl/wackamole/index.ts";
import { component } from "./network.ts";
import type { Move, World } from "./world.ts";

/**
 * What is worth seeing of a step: what the servers that it concerns were like and have become, in words that are few
 * enough to come again; and for a change of the network, how large the components are and who is behind.
 */
export function seen(before: World, move: Move, after: World): readonly string[] {
  const servers = "server" in move ? [move.server] : move.servers;
  const steps = servers.map((server) => `${move.type}: ${like(before, server)} -> ${like(after, server)}`);
  return "list" in move || "lists" in move || move.type === "Recover"
    ? [...steps, `${move.type}: ${network(before)} -> ${network(after)}`]
    : steps;
}

/** A server in a few letters. */
function like(world: World, server: Member): string {
  const state = world.servers[server];
  const net = world.net[server] ?? null;
  if (state === undefined) return "";
  const view = state.view === null ? "no view" : net === null ? "lost" : state.view.id === net.id ? "current" : "old";
  const pending = Object.values(state.handover).some((owner) => owner !== null);
  return [
    `${state.state}${state.mature ? " mature" : ""}`,
    view,
    `holds ${few(state.held.length)}`,
    ...(pending ? ["handover"] : []),
    `has ${queue(world.inbox[server] ?? [])}`,
  ].join(", ");
}

/** The first events of an inbox, of which as many as there are of a kind in a row count as one. */
function queue(inbox: readonly Event[]): string {
  const types = inbox.map(({ type }) => type).filter((type, at, all) => type !== all[at - 1]);
  return types.length === 0 ? "nothing" : `${types.slice(0, 3).join(" ")}${types.length > 3 ? " and more" : ""}`;
}

function network(world: World): string {
  const servers = Object.keys(world.net);
  const heads = servers.filter((server) => component(world.net, server)[0] === server);
  const sizes = heads.map((server) => component(world.net, server).length).sort((one, other) => other - one);
  const behind = servers.filter((server) => world.servers[server]?.view?.id !== world.net[server]?.id);
  return `${sizes.join("+")}, behind ${few(behind.length)}`;
}

function few(number: number): string {
  return number < 2 ? String(number) : "some";
}
