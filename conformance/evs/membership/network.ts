import type { AruPacket, Effect, Event, Member, Packet, State } from "../../../impl/evs/membership/index.ts";
import { type Bounds, type HistoryEvent, nameOf, stateOf, type Traffic, trafficOf, type World } from "./world.ts";

/** How a process takes an event: the world after it, without what its effects do; or the conjunct that refused. */
export type Take = (
  world: World,
  process: Member,
  event: Event,
) => { readonly world: World; readonly effects: readonly Effect[] } | string;

/**
 * Does what the effects of a process ask for. What one member has, and that it has acknowledged, the others hear at
 * once, as the specification has it: who is slow to hear does less, which it may do in any case.
 */
export function perform(bounds: Bounds, take: Take, world: World, process: Member, effects: readonly Effect[]): World {
  let next = world;
  for (const effect of effects) {
    switch (effect.type) {
      case "persist":
        next = { ...next, disk: { ...next.disk, [process]: effect.number } };
        break;
      case "conf":
        next = recorded(bounds, next, process, { type: "conf", conf: effect.conf });
        break;
      case "deliver":
        next = recorded(bounds, next, process, { type: "deliver", message: effect.message, conf: effect.conf });
        break;
      case "send":
        next = carried(bounds, take, next, process, effect.packet, effect.to);
    }
  }
  return next;
}

function carried(bounds: Bounds, take: Take, world: World, from: Member, packet: Packet, to: readonly Member[]): World {
  switch (packet.type) {
    case "data": {
      const { conf, message } = packet;
      const next = changed(world, packet.conf, (traffic) => ({ ...traffic, order: [...traffic.order, message] }));
      return recorded(bounds, next, from, { type: "send", message, conf });
    }
    case "aru": {
      const next = changed(world, packet.conf, (traffic) => ({
        ...traffic,
        aru: { ...traffic.aru, [from]: packet.upto },
      }));
      return told(take, next, packet, to);
    }
    case "rebroadcast":
      return changed(world, packet.proposal, (traffic) => ({
        ...traffic,
        rebroadcast: [...traffic.rebroadcast, packet],
      }));
    case "ack":
      return told(take, world, packet, to);
  }
}

/** Each of these processes takes a packet, or refuses it; what it has to say to that nobody needs to wait for. */
function told(take: Take, world: World, packet: Packet, to: readonly Member[]): World {
  let next = world;
  for (const process of to) {
    if (stateOf(next, process) === undefined) continue;
    const taken = take(next, process, packet);
    if (typeof taken !== "string") next = taken.world;
  }
  return next;
}

/** What is known of a configuration to who has just installed it. */
export function caughtUp(take: Take, world: World, process: Member, state: State): World {
  const traffic = trafficOf(world, state.conf);
  if (traffic === undefined) return world;
  const { conf } = traffic;
  const packets = Object.entries(traffic.aru)
    .filter(([sender, upto]) => sender !== process && upto > 0)
    .map(([sender, upto]): AruPacket => ({ type: "aru", conf, sender, upto }));
  return packets.reduce((next, packet) => told(take, next, packet, [process]), world);
}

function changed(world: World, conf: Traffic["conf"], change: (traffic: Traffic) => Traffic): World {
  const traffic = trafficOf(world, conf);
  if (traffic === undefined) return world;
  return { ...world, traffic: { ...world.traffic, [nameOf(conf)]: change(traffic) } };
}

/** @spec MCMembership!Record */
export function recorded({ histories }: Bounds, world: World, process: Member, event: HistoryEvent): World {
  if (!histories) return world;
  return { ...world, history: { ...world.history, [process]: [...(world.history[process] ?? []), event] } };
}

/** A configuration that there is from now on. */
export function opened(world: World, conf: Traffic["conf"]): World {
  const aru = Object.fromEntries(conf.members.map((member) => [member, 0]));
  return { ...world, traffic: { ...world.traffic, [nameOf(conf)]: { conf, order: [], aru, rebroadcast: [] } } };
}

/** Without what nobody refers to any more. @spec Membership!Forget */
export function trimmed(world: World): World {
  const states = Object.values(world.states).filter((state) => state !== null);
  const used = new Set(
    states.flatMap(({ conf, proposal }) => [conf, ...(proposal === null ? [] : [proposal])].map(nameOf)),
  );
  const committed = new Set(states.flatMap(({ proposal }) => (proposal === null ? [] : [nameOf(proposal)])));
  const kept = Object.entries(world.traffic).filter(([name]) => used.has(name));
  const traffic = kept.map(([name, one]) => [name, committed.has(name) ? one : { ...one, rebroadcast: [] }] as const);
  return { ...world, traffic: Object.fromEntries(traffic.sort(([one], [other]) => (one < other ? -1 : 1))) };
}
