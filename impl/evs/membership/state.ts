import type { Configuration, Member } from "../configuration.ts";
import type { Config } from "./config.ts";
import type { Effect, Entry, Report } from "./messages.ts";

/**
 * What one process knows and keeps. The fields are the variables of `Membership.tla` for it, with what it knows of
 * those that the specification has for all: `aru`, `report` and `acks` are about its own configuration and proposal,
 * and of the order it has the messages that it keeps. A process that is down has no state.
 */
export interface State {
  readonly number: number;
  readonly mode: "operational" | "gather" | "recovery" | "transitional";
  readonly conf: Configuration;
  /** What is kept, by place; all places up to `forgotten` were delivered and are known to be everywhere. */
  readonly store: readonly Entry[];
  readonly forgotten: number;
  /** How much is delivered since `conf` was installed. */
  readonly place: number;
  /** How much of that has to be delivered in it. */
  readonly bound: number;
  /** Whose messages are delivered behind a hole as well. */
  readonly obliged: readonly Member[];
  /** What this process has committed to. */
  readonly proposal: Configuration | null;
  /** What the members of the proposal supplied. */
  readonly report: Readonly<Record<Member, Report>>;
  /** Who is known to have acknowledged it. */
  readonly acks: readonly Member[];
  /** What was rebroadcast to this process before it acknowledged. */
  readonly recovered: readonly Entry[];
  /** Up to which place the members of `conf` are known to have everything. */
  readonly aru: Readonly<Record<Member, number>>;
}

/** A process that has just installed a configuration. @spec Membership!Install */
export function installed(conf: Configuration, number: number): State {
  return {
    number,
    mode: "operational",
    conf,
    store: [],
    forgotten: 0,
    place: 0,
    bound: 0,
    obliged: [],
    proposal: null,
    report: {},
    acks: [],
    recovered: [],
    aru: Object.fromEntries(conf.members.map((member) => [member, 0])),
  };
}

/**
 * A process that starts, or starts again: alone in a configuration with a number that it has not used yet. The number
 * is incremented when it is read, since it may have been used after it was written. @spec Membership!Recover
 */
export function initial(config: Config): { readonly state: State; readonly effects: readonly Effect[] } {
  const conf = { number: config.number + 1, members: [config.self] };
  return {
    state: installed(conf, conf.number),
    effects: [
      { type: "persist", number: conf.number },
      { type: "conf", conf },
    ],
  };
}
