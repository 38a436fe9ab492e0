import type { Configuration, Member, Service } from "../configuration.ts";

/** A message of the application; `payload` is not looked at. */
export interface Message {
  readonly sender: Member;
  readonly number: number;
  readonly service: Service;
  readonly payload: string;
}

/** A message at its place in the order of a configuration, counted from 1. */
export interface Entry {
  readonly place: number;
  readonly message: Message;
}

/** What a member supplies when it commits to a proposal (step 3). */
export interface Report {
  /** The regular configuration that it installed last. */
  readonly conf: Configuration;
  /** What it has: all up to here, */
  readonly upto: number;
  /** and these places behind a gap. */
  readonly beyond: readonly number[];
  /** How much is delivered, or has to be, in that configuration. */
  readonly bound: number;
  readonly obliged: readonly Member[];
}

/** The transitional configuration between two regular ones. */
export interface Transitional {
  readonly from: Configuration;
  readonly to: Configuration;
  readonly members: readonly Member[];
}

/** A message of a regular configuration. */
export interface DataPacket extends Entry {
  readonly type: "data";
  readonly conf: Configuration;
}

/** The sender has all up to this place. */
export interface AruPacket {
  readonly type: "aru";
  readonly conf: Configuration;
  readonly sender: Member;
  readonly upto: number;
}

/** A message of `conf`, for those that come from there to `proposal` and lack it (5.a). */
export interface RebroadcastPacket extends Entry {
  readonly type: "rebroadcast";
  readonly proposal: Configuration;
  readonly conf: Configuration;
}

/** The sender has all that was rebroadcast (5.c). */
export interface AckPacket {
  readonly type: "ack";
  readonly proposal: Configuration;
  readonly sender: Member;
}

export type Packet = DataPacket | AruPacket | RebroadcastPacket | AckPacket;

/** What the members of a proposal commit to: the commit token, when it comes round for the second time. */
export interface Form {
  readonly type: "FORM";
  readonly proposal: Configuration;
  readonly report: Readonly<Record<Member, Report>>;
}

/**
 * Packets that come, and what the owner of a process wants of it. `SEND` gives a message the place that the order of the
 * configuration has for it. `GATHER` is for when others cannot be reached, or want to join. `ACKNOWLEDGE`, `DELIVER`,
 * `MOVE` and `INSTALL` may be tried whenever the owner likes, and are refused until it is time.
 */
export type Event =
  | Packet
  | Form
  | { readonly type: "SEND"; readonly place: number; readonly message: Message }
  | { readonly type: "GATHER" | "ACKNOWLEDGE" | "RECOVERY_TIMEOUT" | "DELIVER" | "MOVE" | "INSTALL" };

/**
 * What the owner of a process is to do, in the order given.
 *
 * - `persist`: write the number to stable storage; what is sent after it waits for that.
 * - `send`: get the packet on its way to these members.
 * - `conf`: tell the application that it is in this configuration now.
 * - `deliver`: hand the message to the application, in this configuration.
 */
export type Effect =
  | { readonly type: "persist"; readonly number: number }
  | { readonly type: "send"; readonly to: readonly Member[]; readonly packet: Packet }
  | { readonly type: "conf"; readonly conf: Configuration | Transitional }
  | { readonly type: "deliver"; readonly message: Message; readonly conf: Configuration | Transitional };
