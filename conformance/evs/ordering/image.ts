import type { Member, Message } from "../../../impl/evs/ordering/index.ts";
import type { TlaValue } from "../../../tla/values/value.ts";
import { type Bounds, isOne, storeOf, type World } from "./world.ts";

// The state of EVS that a world stands for. It is a function of what was sent and delivered, so it is made anew for
// each world, as the invariant `image = Image` of the specification's history variable says.

/** All messages that were sent. @spec OrderingProperties!Sent */
export function sentIn(bounds: Bounds, world: World): readonly Message[] {
  return bounds.members.flatMap((member) => storeOf(world, member).filter(({ sender }) => sender === member));
}

/** @spec Ordering!Before */
export function isBefore(bounds: Bounds, one: Message, other: Message): boolean {
  if (one.lts !== other.lts) return one.lts < other.lts;
  return bounds.members.indexOf(one.sender) < bounds.members.indexOf(other.sender);
}

/** @spec OrderingProperties!Order */
export function orderOf(bounds: Bounds, world: World): readonly Message[] {
  return [...sentIn(bounds, world)].sort((one, other) => (isBefore(bounds, one, other) ? -1 : 1));
}

/** @spec OrderingProperties!IsPrefix */
export function isPrefix(some: readonly Message[], all: readonly Message[]): boolean {
  return some.length <= all.length && some.every((message, at) => isOne(message, all[at] as Message));
}

/** @spec OrderingProperties!ImageOf */
export function imageOf(bounds: Bounds, world: World): TlaValue {
  const { members } = bounds;
  const order = orderOf(bounds, world);
  const each = (value: (member: Member) => TlaValue): TlaValue =>
    Object.fromEntries(members.map((member) => [member, value(member)]));
  const placeOf = (member: Member): number => {
    const done = world.delivered[member] ?? [];
    return isPrefix(done, order) ? done.length : -1;
  };
  const first = Math.max(...members.map(placeOf));
  const stable = order.slice(0, Math.max(0, first)).findLastIndex(({ service }) => service === "safe") + 1;
  const here: TlaValue = { number: 0, members: { "#set": members } };
  const log: TlaValue = {
    order: { "#tup": order.map(({ sender, number, service }) => ({ sender, number, service })) },
    stable,
    frozen: first,
    absent: { "#tup": [] },
  };
  return {
    number: each(() => 0),
    conf: each(() => here),
    place: each(placeOf),
    leaving: each(() => ({ "#model": "None" })),
    log: { "#map": [[here, log]] },
  };
}
