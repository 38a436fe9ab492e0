import type {
  DataPacket,
  Effect,
  Member,
  Message,
  Packet,
  Row,
  UpdatePacket,
} from "../../../impl/evs/ordering/index.ts";
import { type Bounds, type Copy, here, isOne, type Request, stateOf, storeOf, there, type World } from "./world.ts";

// What the network does with packets: who gets a copy, what can come, and what is no longer worth carrying.

const noRow: Row = { sequence: 0, lts: 0, aru: 0 };

export function others(bounds: Bounds, process: Member): readonly Member[] {
  return bounds.members.filter((member) => member !== process);
}

/** Does what the effects of a process ask for. Of copies of a message only those to `reached` get on their way. */
export function perform(
  bounds: Bounds,
  world: World,
  process: Member,
  effects: readonly Effect[],
  reached: readonly Member[],
): World {
  let next = world;
  for (const effect of effects) {
    if (effect.type === "arm") next = { ...next, armed: [...new Set([...next.armed, process])].sort() };
    else if (effect.type === "deliver") {
      const delivered = [...(next.delivered[process] ?? []), effect.message];
      next = { ...next, delivered: { ...next.delivered, [process]: delivered } };
    } else next = carried(bounds, next, effect.packet, effect.to, reached);
  }
  return next;
}

function carried(
  bounds: Bounds,
  world: World,
  packet: Packet,
  to: readonly Member[],
  reached: readonly Member[],
): World {
  switch (packet.type) {
    case "data": {
      const copies = to.filter((member) => reached.includes(member)).map((to) => ({ to, message: packet.message }));
      const key = ({ to, message }: Copy): string => `${to} ${keyOf(data(bounds, message))}`;
      return { ...world, copies: union(world.copies, copies, key) };
    }
    case "update":
      // One that is not for everybody would be another packet than the specification's.
      return others(bounds, packet.sender).every((member) => to.includes(member))
        ? { ...world, updates: union(world.updates, [packet], keyOf) }
        : world;
    case "request": {
      const requests = to.map((of): Request => ({ from: packet.sender, of, number: packet.number }));
      const key = ({ from, of, number }: Request): string => `${from} ${of} ${number}`;
      return { ...world, requests: union(world.requests, requests, key) };
    }
  }
}

/** A set as a list, sorted by what tells its items apart; what was there before stays the same object. */
function union<T>(some: readonly T[], more: readonly T[], keyOf: (item: T) => string): readonly T[] {
  if (more.length === 0) return some;
  const all = new Map([...more, ...some].map((item) => [keyOf(item), item]));
  return [...all].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, item]) => item);
}

/** What tells the packets of a closed system apart. */
export function keyOf(packet: Packet): string {
  const from = `${packet.type} ${packet.conf.number}`;
  switch (packet.type) {
    case "data": {
      const { sender, number, lts, service } = packet.message;
      return `${from} ${sender} ${number} ${lts} ${service}`;
    }
    case "update": {
      const { sequence, lts, aru } = packet.row;
      return `${from} ${packet.sender} ${sequence} ${lts} ${aru}`;
    }
    case "request":
      return `${from} ${packet.sender} ${packet.number}`;
  }
}

/** Without what would tell nobody anything any more. @spec Ordering!Receive */
export function tidied(bounds: Bounds, world: World): World {
  const has = (process: Member, message: Message): boolean =>
    storeOf(world, process).some((one) => isOne(one, message));
  return {
    ...world,
    updates: world.updates.filter((update) => isNews(bounds, world, update)),
    copies: world.copies.filter(({ to, message }) => !has(to, message)),
    requests: world.requests.filter(({ from, of, number }) => isMissing(world, from, of, number)),
  };
}

/** @spec Ordering!IsNews */
export function isNews(bounds: Bounds, world: World, { sender, row }: UpdatePacket): boolean {
  return bounds.members.some((member) => {
    const known = stateOf(world, member).site[sender] ?? noRow;
    return known.sequence < row.sequence || known.lts < row.lts || known.aru < row.aru;
  });
}

/** @spec Ordering!Missing */
function isMissing(world: World, process: Member, of: Member, number: number): boolean {
  const known = stateOf(world, process).site[of] ?? noRow;
  return number <= known.sequence && !storeOf(world, process).some((one) => one.sender === of && one.number === number);
}

/** @spec Ordering!Incoming */
export function incoming(bounds: Bounds, world: World, process: Member): readonly Packet[] {
  const copies = world.copies.filter(({ to }) => to === process).map(({ message }) => data(bounds, message));
  const updates = world.updates.filter(({ sender }) => sender !== process);
  return [...copies, ...updates, ...again(bounds, world, process), ...foreign(bounds)];
}

/** @spec Ordering!Repeated */
function again(bounds: Bounds, world: World, process: Member): readonly Packet[] {
  if (!bounds.repeated) return [];
  const { site } = stateOf(world, process);
  const received = storeOf(world, process).filter(({ sender }) => sender !== process);
  const rows = others(bounds, process).flatMap((sender) =>
    [noRow, site[sender] ?? noRow].map((row) => updateOf(bounds, sender, row)),
  );
  return [...received.map((message) => data(bounds, message)), ...rows];
}

/** @spec MCOrdering!MCForeign */
function foreign(bounds: Bounds): readonly Packet[] {
  if (bounds.foreign === "none") return [];
  const conf = there(bounds);
  return bounds.members.flatMap((sender): Packet[] => [
    ...[0, bounds.maxMessages].map(
      (n): Packet => ({ type: "update", conf, sender, row: { sequence: 0, lts: n, aru: n } }),
    ),
    {
      type: "data",
      conf,
      message: { sender, number: 1, lts: 1, service: "agreed", payload: "of another configuration" },
    },
  ]);
}

function data(bounds: Bounds, message: Message): DataPacket {
  return { type: "data", conf: here(bounds), message };
}

function updateOf(bounds: Bounds, sender: Member, row: Row): UpdatePacket {
  return { type: "update", conf: here(bounds), sender, row };
}

/** Every packet that there is for anybody, once, and one that there may not be. */
export function packets(bounds: Bounds, world: World): readonly Packet[] {
  const sent = bounds.members.flatMap((process) => storeOf(world, process));
  return union(
    sent.map((message): Packet => data(bounds, message)),
    bounds.members.flatMap((process) => [updateOf(bounds, process, noRow), ...incoming(bounds, world, process)]),
    keyOf,
  );
}
