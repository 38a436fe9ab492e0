import type { Service } from "./event.ts";
import { NONE, unplaced, type Vertex } from "./order.ts";

/** What a member has done of a regular configuration and the transitional ones after it. */
export type Status =
  /** It has not installed the regular configuration, */
  | "absent"
  /** and can no longer, since it has installed one that comes after it. */
  | "passed"
  | "in"
  /** It has installed another regular configuration. */
  | "left"
  | "failed";

/** A process that delivered a message: where, at which line, and as which of its events in this closure. */
export interface Delivery {
  readonly configuration: Configuration;
  readonly line: number;
  readonly at: number;
}

/** The sending of a message; a vertex of its own, since it precedes every delivery and not only some. */
export interface Sending extends Vertex {
  readonly kind: "sending";
  readonly message: Message;
  readonly service: Service;
  readonly line: number;
  readonly at: number;
  /** What its sender had sent or delivered since it last sent; what it sent then depends on the rest. */
  readonly causes: readonly Message[];
  /** Whether it depends on anything, be it no longer held. */
  readonly isCaused: boolean;
}

/** A message that was sent or delivered; as a vertex, all its deliveries, which have one place in the order (6.2). */
export interface Message extends Vertex {
  readonly kind: "message";
  readonly sender: number;
  readonly number: number;
  /** Missing as long as only deliveries of it are known. */
  sending: Sending | undefined;
  /** By member. */
  readonly deliveries: (Delivery | undefined)[];
  /** How many members have delivered it, and whether all of them in the regular configuration. */
  count: number;
  isUniform: boolean;
}

/** A regular configuration, or a transitional one after it; as a vertex, its installation by all who install it. */
export interface Configuration extends Vertex {
  readonly kind: "configuration";
  readonly id: string;
  readonly isRegular: boolean;
  /** Numbers of members of the closure. */
  readonly members: ReadonlySet<number>;
  readonly installed: Map<number, { readonly line: number; readonly at: number }>;
  /** What members have installed right after it. */
  next: { readonly id: string; readonly line: number } | undefined;
}

/** The stay of a member in a configuration. */
export interface Visit {
  readonly configuration: Configuration;
  readonly line: number;
  delivered: number;
  /** The configuration that it installed next, unless it failed here. */
  next: string | undefined;
}

export interface Member {
  readonly name: string;
  readonly number: number;
  status: Status;
  readonly visits: Visit[];
  /** The last of its events here, and how many there are. */
  last: Vertex | undefined;
  events: number;
  /** The line at which it failed, left, or installed what comes after. */
  out: number | undefined;
  /** What it has delivered, in its order; what is no longer held is taken out when there are as many as `room`. */
  delivered: Message[];
  room: number;
  /** What it sent last here, and as which of its events. */
  sent: Message | undefined;
  sentAt: number;
  /** The numbers that it has sent here: the least, the greatest, how many; and the greatest no longer held. */
  first: number;
  greatest: number;
  sends: number;
  dropped: number;
}

/**
 * All that is held of a regular configuration: the paper's com(c) for each of its members, which is the configuration
 * and the transitional ones that a member installs after it (section 2; docs/judge.md for cascades).
 */
export interface Closure {
  readonly id: string;
  readonly line: number;
  readonly members: readonly Member[];
  readonly numberOf: ReadonlyMap<string, number>;
  readonly regular: Configuration;
  readonly transitional: Map<string, Configuration>;
  /** By the sender's number, then by the message's. */
  readonly messages: readonly Map<number, Message>[];
  /** How members came here: the closure they left, the configuration there that they left, and the line. */
  readonly from: Map<string, { readonly id: string; readonly line: number }>;
  /** Its place among all closures, and how many processes are in it or have failed in it and not come back. */
  readonly place: Vertex;
  pins: number;
  /** How many of its members have failed in it. */
  failed: number;
  isSettled: boolean;
}

export function emptyClosure(id: string, names: readonly string[], line: number): Closure {
  const members = names.map(newMember);
  return {
    id,
    line,
    members,
    numberOf: new Map(names.map((name, number) => [name, number])),
    regular: newConfiguration(id, true, new Set(names.keys())),
    transitional: new Map(),
    messages: names.map(() => new Map()),
    from: new Map(),
    place: unplaced("closure"),
    pins: 0,
    failed: 0,
    isSettled: false,
  };
}

export function newConfiguration(id: string, isRegular: boolean, members: ReadonlySet<number>): Configuration {
  return { ...unplaced("configuration"), id, isRegular, members, installed: new Map(), next: undefined };
}

/** Room for deliveries before any are taken out. */
const ROOM = 64;

function newMember(name: string, number: number): Member {
  return {
    ...{
      name,
      number,
      status: "absent",
      visits: [],
      last: undefined,
      loose: [],
      events: 0,
      out: undefined,
      delivered: [],
    },
    ...{ room: ROOM, sent: undefined, sentAt: -1, first: -1, greatest: -1, sends: 0, dropped: -1 },
  };
}

/** Written out, as is the next, since spreading a vertex costs more than all else that is done with a message. */
export function newMessage(sender: number, number: number, members: number): Message {
  const deliveries = new Array<Delivery | undefined>(members).fill(undefined);
  return {
    kind: "message",
    rank: -1,
    before: NONE,
    after: NONE,
    gone: false,
    sender,
    number,
    sending: undefined,
    deliveries,
    count: 0,
    isUniform: true,
  };
}

export function newSending(of: Omit<Sending, keyof Vertex>): Sending {
  const { message, service, line, at, causes, isCaused } = of;
  return {
    kind: "sending",
    rank: -1,
    before: NONE,
    after: NONE,
    gone: false,
    message,
    service,
    line,
    at,
    causes,
    isCaused,
  };
}

/** What a message takes of the limit: itself, room for its deliveries, and what its sending depends on. */
export function entriesOf({ deliveries, sending }: Message): number {
  return 1 + deliveries.length + (sending?.causes.length ?? 0);
}

/** The messages that are held, of all senders. */
export function* held(closure: Closure): Generator<Message> {
  for (const messages of closure.messages) yield* messages.values();
}

export function configurations(closure: Closure): Configuration[] {
  return [closure.regular, ...closure.transitional.values()];
}

/** Whether nothing more can come of a member here: it has left, failed, or passed by. */
export function isOut({ status }: Member): boolean {
  return status === "left" || status === "failed" || status === "passed";
}

/** What a member has delivered and is still held, in its order. */
export function heldDeliveries(member: Member): readonly Message[] {
  member.delivered = member.delivered.filter(({ gone }) => !gone);
  member.room = Math.max(ROOM, 2 * member.delivered.length);
  return member.delivered;
}

/** Whether a message is sent after its sender has delivered it, which violates 1.3 and has no place in any order. */
export function isEarly({ message, at }: Sending): boolean {
  const own = message.deliveries[message.sender];
  return own !== undefined && own.at < at;
}

/** How a sentence names a message. */
export function told(closure: Closure, { sender, number }: Pick<Message, "sender" | "number">): string {
  return `message ${number} of ${closure.members[sender]?.name}`;
}
