import type { Event, Member, Message, View } from "../../impl/wackamole/index.ts";
import { type Bounds, viewOf, type World } from "./world.ts";

type Net = Pick<World, "epoch" | "net" | "inbox">;

/** @spec VirtualSynchrony!Component */
export function component(net: World["net"], server: Member): Member[] {
  const view = net[server];
  if (view === null || view === undefined) return [];
  return Object.keys(net).filter((other) => net[other]?.id === view.id);
}

/** Whether an event is a message, not a notice of the system. @spec VirtualSynchrony!IsMessage */
export function isMessage(event: Event): event is Message {
  return event.type.endsWith("_MSG");
}

/** What was sent in the view installed for a server and it has not taken. @spec VirtualSynchrony!InTransit */
function inTransit(inbox: readonly Event[]): readonly Event[] {
  return inbox.slice(inbox.findLastIndex((event) => !isMessage(event)) + 1);
}

/** What no server of a part has taken. @spec VirtualSynchrony!Untaken */
export function untaken(world: Net, part: readonly Member[]): readonly Event[] {
  const waiting = part.map((server) => inTransit(world.inbox[server] ?? []));
  return waiting.reduce((least, queue) => (queue.length < least.length ? queue : least), waiting[0] ?? []);
}

/**
 * The points up to which a part may keep what outsiders sent: 0, or behind any such message.
 * @spec VirtualSynchrony!Remains
 */
export function cuts(world: Net, part: readonly Member[]): number[] {
  const points = untaken(world, part).flatMap((event, index) => (isForeign(event, part) ? [index + 1] : []));
  return [0, ...points];
}

function isForeign(event: Event, part: readonly Member[]): boolean {
  return isMessage(event) && !part.includes(event.sender);
}

/** The inbox of a member of a part when a view is installed for the part. @spec VirtualSynchrony!Moved */
function moved(world: Net, server: Member, part: readonly Member[], kept: number, view: View): readonly Event[] {
  const inbox = world.inbox[server] ?? [];
  const common = untaken(world, part);
  const remains = common.filter((event, index) => !isForeign(event, part) || index < kept);
  return [...inbox.slice(0, inbox.length - common.length), ...remains, { type: "VIEW_CHANGE", view }];
}

/** The order in which a view of these servers may list them. @spec VirtualSynchrony!Lists */
export function lists(bounds: Bounds, servers: readonly Member[]): Member[][] {
  return bounds.lists === "any" ? permutations(servers) : [bounds.servers.filter((server) => servers.includes(server))];
}

/** @spec VirtualSynchrony!Orders */
export function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((first, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [first, ...rest]),
  );
}

/** A part of the servers that gets a view of its own, with its list and the point up to which it keeps messages. */
export interface Part {
  readonly list: readonly Member[];
  readonly kept: number;
}

/** Installs a new view for each part; those that are not in a part stay as they are. */
export function regroup<N extends Net>(world: N, parts: readonly Part[]): N {
  const epoch = world.epoch + 1;
  const net = { ...world.net };
  const inbox = { ...world.inbox };
  for (const { list, kept } of parts) {
    const view = viewOf(epoch, list);
    for (const server of list) {
      net[server] = view;
      inbox[server] = moved(world, server, list, kept, view);
    }
  }
  return { ...world, epoch, net, inbox };
}

/** Components become one; what is in transit in each stays. @spec VirtualSynchrony!Merge */
export function unite<N extends Net>(world: N, list: readonly Member[]): N {
  const view = viewOf(world.epoch + 1, list);
  const net = { ...world.net };
  const inbox = { ...world.inbox };
  for (const server of list) {
    net[server] = view;
    inbox[server] = [...(inbox[server] ?? []), { type: "VIEW_CHANGE", view }];
  }
  return { ...world, epoch: world.epoch + 1, net, inbox };
}

/** A server's connection ends, and its inbox is what is left to it. @spec VirtualSynchrony!Leave */
export function leave<N extends Net>(world: N, server: Member, left: readonly Event[], others: Part): N {
  const rest = others.list.length === 0 ? { ...world, epoch: world.epoch + 1 } : regroup(world, [others]);
  return { ...rest, net: { ...rest.net, [server]: null }, inbox: { ...rest.inbox, [server]: left } };
}

/** Servers take the first event of their inboxes, and messages are sent in this order. @spec VirtualSynchrony!Step */
export function exchange<N extends Net>(world: N, takers: readonly Member[], messages: readonly Message[]): N {
  const inbox = { ...world.inbox };
  for (const server of takers) inbox[server] = (inbox[server] ?? []).slice(1);
  for (const message of messages) {
    for (const server of component(world.net, message.sender)) inbox[server] = [...(inbox[server] ?? []), message];
  }
  return { ...world, inbox };
}
