import type { Member } from "../configuration.ts";
import type { Config } from "./config.ts";
import type { Message, Row } from "./messages.ts";

/**
 * What one process knows and keeps. The fields are the variables of `Ordering.tla`, less what nothing depends on any
 * more: `store` has no messages that are delivered and known to be everywhere, and of those only the last number is
 * remembered, in `forgotten`; since messages of one sender are delivered in the order of their numbers, `delivered` is
 * the last number. What is not in the specification's own sets can be told from those two.
 */
export interface State {
  /** The row of each member as this process knows it; its own is what it says of itself. */
  readonly site: Readonly<Record<Member, Row>>;
  /** The messages of each member that are kept, by their numbers: at most as many as the configuration's `keep`. */
  readonly store: Readonly<Record<Member, readonly Message[]>>;
  /** Up to which number the messages of each member are no longer kept. */
  readonly forgotten: Readonly<Record<Member, number>>;
  /** Up to which number the messages of each member are delivered. */
  readonly delivered: Readonly<Record<Member, number>>;
}

/** The row of who has said nothing. @spec Ordering!NoRow */
export const noRow: Row = Object.freeze({ sequence: 0, lts: 0, aru: 0 });

/** A process that has just installed the configuration. @spec Ordering!Init */
export function initial(config: Config): { readonly state: State; readonly effects: readonly [] } {
  const { members } = config.conf;
  const each = <T>(value: T): Record<Member, T> => Object.fromEntries(members.map((member) => [member, value]));
  return { state: { site: each(noRow), store: each([]), forgotten: each(0), delivered: each(0) }, effects: [] };
}
