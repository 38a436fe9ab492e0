import type { Configuration, Member, Service } from "../configuration.ts";

/** A message of the application; `payload` is not looked at. How long it may be is for who cuts payloads into pieces. */
export interface Message {
  readonly sender: Member;
  /** Counted from 1 for each sender. */
  readonly number: number;
  /** Its Lamport timestamp. */
  readonly lts: number;
  readonly service: Service;
  readonly payload: string;
}

/**
 * What a process says of itself: the number of the last message that it sent (Site_Sequence), a timestamp that all it
 * sends from now on exceeds (Site_Lts), and one up to which it has all messages of all members (Site_Aru).
 */
export interface Row {
  readonly sequence: number;
  readonly lts: number;
  readonly aru: number;
}

/** A message, sent or sent again. */
export interface DataPacket {
  readonly type: "data";
  readonly conf: Configuration;
  readonly message: Message;
}

/** A cumulative ARU update: one that is lost or late costs time only. */
export interface UpdatePacket {
  readonly type: "update";
  readonly conf: Configuration;
  readonly sender: Member;
  readonly row: Row;
}

/** The sender lacks a message of whom it asks. */
export interface RequestPacket {
  readonly type: "request";
  readonly conf: Configuration;
  readonly sender: Member;
  readonly number: number;
}

export type Packet = DataPacket | UpdatePacket | RequestPacket;

/**
 * Packets that come, and what the owner of a process wants of it. `UPDATE_TIMEOUT` may come whenever the owner likes,
 * armed or not; `ASK` for what {@link missing} lists; `DELIVER` until it is refused.
 */
export type Event =
  | Packet
  | { readonly type: "SEND"; readonly service: Service; readonly payload: string }
  | { readonly type: "UPDATE_TIMEOUT" }
  | { readonly type: "ASK"; readonly member: Member; readonly number: number }
  | { readonly type: "DELIVER" };

/**
 * What the owner of a process is to do, in the order given.
 *
 * - `send`: get the packet on its way to these members. It may be lost, come twice, or late.
 * - `deliver`: hand the message to the application.
 * - `arm`: let UPDATE_TIMEOUT come in `ms` milliseconds, unless it is to come anyhow.
 */
export type Effect =
  | { readonly type: "send"; readonly to: readonly Member[]; readonly packet: Packet }
  | { readonly type: "deliver"; readonly message: Message }
  | { readonly type: "arm"; readonly timer: "update"; readonly ms: number };
