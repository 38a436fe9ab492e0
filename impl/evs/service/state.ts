import type { Config, Process } from "./config.ts";
import { type Configuration, nameOf } from "./configuration.ts";
import type { Effect, Message } from "./messages.ts";

/** What a process has committed to. @spec EVS!Commitment */
export interface Commitment {
  readonly to: Configuration;
  /** The transitional set. */
  readonly members: readonly Process[];
  /** The length of the prefix of the order that the set has before its hole. */
  readonly held: number;
  /** How much of that is delivered in the regular configuration. */
  readonly bound: number;
  /** Whose messages are delivered behind the hole as well. */
  readonly obliged: readonly Process[];
  /** Whether the transitional configuration is delivered. */
  readonly moved: boolean;
  /** Whether all of the set have acknowledged the cut. */
  readonly complete: boolean;
}

/** What was sent in a configuration, and what became of it. @spec EVS!IsLog */
export interface Log {
  /** All messages, in the one order. Nothing bounds it: whoever sends through the service has to. */
  readonly order: readonly Message[];
  /** The length of the prefix up to the last message that anybody delivers there as safe. */
  readonly stable: number;
  /** The length of the prefix before which nothing is put any more. */
  readonly frozen: number;
  /** The members that are not there yet, or no longer, with the length of the prefix that each can have. */
  readonly absent: Readonly<Record<Process, number>>;
}

/**
 * The service: all processes at once, and the network between them. The fields are the variables of `EVS.tla`; logs
 * are by the names of their configurations ({@link nameOf}), and one goes with the last who is in its configuration or
 * on the way to it.
 */
export interface State {
  /** The highest number that each process knows, on stable storage. */
  readonly number: Readonly<Record<Process, number>>;
  /** The regular configuration that each has installed last; null for who is down. */
  readonly conf: Readonly<Record<Process, Configuration | null>>;
  /** How much each has delivered since then. */
  readonly place: Readonly<Record<Process, number>>;
  /** What each has committed to; null for who stays, or is down. */
  readonly leaving: Readonly<Record<Process, Commitment | null>>;
  readonly log: Readonly<Record<string, Log>>;
}

/** A state, and what the processes are told as it comes about. */
export interface Started {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** The log of a configuration that everybody has installed. @spec EVS!Present */
export function present(): Log {
  return { order: [], stable: 0, frozen: 0, absent: {} };
}

/**
 * The components have each installed a configuration, and who is in none is down. They are disjoint sets of processes.
 *
 * @spec EVS!Start
 */
export function start(config: Config, components: readonly (readonly Process[])[]): Started {
  const each = <T>(part: (process: Process) => T): Record<Process, T> =>
    Object.fromEntries(config.processes.map((process) => [process, part(process)]));
  const firsts = components.map((members): Configuration => ({ number: 0, members: [...members] }));
  const first = (process: Process): Configuration | null =>
    firsts.find(({ members }) => members.includes(process)) ?? null;
  const state: State = {
    number: each(() => 0),
    conf: each(first),
    place: each(() => 0),
    leaving: each(() => null),
    log: Object.fromEntries(firsts.map((configuration) => [nameOf(configuration), present()])),
  };
  const effects = config.processes.flatMap((process): Effect[] => {
    const configuration = first(process);
    return configuration === null ? [] : [{ type: "regular", process, configuration }];
  });
  return { state, effects };
}

/** Everybody is down, and comes up by recovering. */
export function initial(config: Config): Started {
  return start(config, []);
}
