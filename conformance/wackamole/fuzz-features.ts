import type { Member } from "../../impl/wackamole/index.ts";
import { component, isMessage } from "./network.ts";
import type { Move, World } from "./world.ts";

/**
 * What is worth seeing of a step: how far the servers that it concerns have come, in a view of what size, with how many
 * changes already waiting for them; and for a change of the network, the sizes of the components.
 */
export function seen(before: World, move: Move, after: World): readonly string[] {
  const servers = "server" in move ? [move.server] : move.servers.slice(0, 1);
  const steps = servers.map((server) => `${move.type}: ${progress(before, server)} -> ${progress(after, server)}`);
  return "list" in move || "lists" in move || move.type === "Recover"
    ? [`${move.type}: ${sizes(before)} -> ${sizes(after)}`]
    : steps;
}

function progress(world: World, server: Member): string {
  const state = world.servers[server];
  if (state === undefined) return "";
  const notices = (world.inbox[server] ?? []).filter((event) => !isMessage(event)).length;
  const moving = Object.values(state.handover).filter((owner) => owner !== null).length;
  return [
    state.state === "GATHER" ? `heard ${state.received.length} of ${state.view?.members.length ?? 0}` : state.state,
    ...(state.state === "RUN" ? [`of ${state.view?.members.length ?? 0}`] : []),
    `holds ${few(state.held.length)}`,
    ...(moving > 0 ? [`moves ${few(moving)}`] : []),
    `${few(notices)} changes before it`,
  ].join(", ");
}

/** How many servers each component has, largest first, and how many are in none. */
function sizes(world: World): string {
  const servers = Object.keys(world.net);
  const heads = servers.filter((server) => component(world.net, server)[0] === server);
  return heads
    .map((server) => component(world.net, server).length)
    .sort((one, other) => other - one)
    .join("+");
}

function few(number: number): string {
  return number < 3 ? String(number) : "many";
}
