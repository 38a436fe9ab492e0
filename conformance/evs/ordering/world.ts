import type {
  Config,
  Configuration,
  Member,
  Message,
  Packet,
  Service,
  State,
  UpdatePacket,
} from "../../../impl/evs/ordering/index.ts";

/** What bounds the closed system, as a model's cfg bounds the specification. */
export interface Bounds {
  readonly members: readonly Member[];
  readonly window: number;
  /** How many messages of each member are kept; a message for which there is no room is lost. */
  readonly keep: number;
  /** How many messages all processes together send. */
  readonly maxMessages: number;
  /** Of whom copies of a message get on their way: any of the others, or all. */
  readonly copies: "any" | "all";
  /** Whether packets come again. */
  readonly repeated: boolean;
  /** Whether packets of another configuration come. */
  readonly foreign: "none" | "packets";
}

/** A copy of a message on its way to somebody. */
export interface Copy {
  readonly to: Member;
  readonly message: Message;
}

/** Somebody asks another for its message of this number. */
export interface Request {
  readonly from: Member;
  readonly of: Member;
  readonly number: number;
}

/**
 * Processes and the network between them. `delivered`, `armed` and what is on its way is what the effects of the
 * processes have done. Of what is on its way there is only what would tell its receiver something; whatever came can
 * come again. Lists that are sets are sorted.
 */
export interface World {
  readonly states: Readonly<Record<Member, State>>;
  readonly delivered: Readonly<Record<Member, readonly Message[]>>;
  /** Whose update is due. */
  readonly armed: readonly Member[];
  readonly updates: readonly UpdatePacket[];
  readonly copies: readonly Copy[];
  readonly requests: readonly Request[];
}

/** A move names an action of the specification with its parameters. */
export type Move =
  | { readonly type: "Send"; readonly process: Member; readonly service: Service; readonly copies: readonly Member[] }
  | { readonly type: "Update" | "Deliver"; readonly process: Member }
  | { readonly type: "Receive"; readonly process: Member; readonly packet: Packet }
  | { readonly type: "Ask"; readonly process: Member; readonly of: Member; readonly number: number }
  | { readonly type: "Answer"; readonly request: Request; readonly arrives: boolean };

/** @spec Ordering!Here */
export function here(bounds: Bounds): Configuration {
  return { number: 0, members: bounds.members };
}

/** @spec MCOrdering!There */
export function there(bounds: Bounds): Configuration {
  return { number: 1, members: bounds.members };
}

/** What a process of the closed system is started with. The view shows nothing of `deltaMs`. */
export function configOf(bounds: Bounds, self: Member): Config {
  return {
    self,
    conf: here(bounds),
    window: bounds.window,
    keep: bounds.keep,
    deltaMs: 100 + bounds.members.indexOf(self),
  };
}

/** What the application says; it tells which message it is, so that a payload that goes astray is found. */
export function payloadOf(sender: Member, number: number, service: Service): string {
  return `${sender} ${number} ${service}`;
}

export function stateOf(world: World, process: Member): State {
  const state = world.states[process];
  if (state === undefined) throw new Error(`world without the state of ${process}`);
  return state;
}

/** The messages that a process sent or received: those that it keeps, and those that it delivered. */
export function storeOf(world: World, process: Member): readonly Message[] {
  const kept = Object.values(stateOf(world, process).store).flat();
  const delivered = world.delivered[process] ?? [];
  return [...kept.filter((one) => !delivered.some((other) => isSame(one, other))), ...delivered];
}

/** Whether two messages are the same in all that the specification has of them. */
export function isSame(one: Message, other: Message): boolean {
  return isOne(one, other) && one.lts === other.lts && one.service === other.service;
}

export function isOne(one: Message, other: Message): boolean {
  return one.sender === other.sender && one.number === other.number;
}
