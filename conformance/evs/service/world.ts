import type { Configuration, Message, Process, Service, State, Transitional } from "../../../impl/evs/service/index.ts";

/** What bounds the closed system, as a model's cfg bounds the specification. */
export interface Bounds {
  readonly processes: readonly Process[];
  /** How the configuration writes processes: as strings, or as model values. */
  readonly names: "strings" | "model values";
  readonly services: readonly Service[];
  /** How many messages all processes together send. */
  readonly maxMessages: number;
  /** How often a configuration is formed, or a process crashes or recovers. */
  readonly maxChanges: number;
  /** Whether histories are recorded. */
  readonly histories: boolean;
  /** Whether who leaves delivers step by step, or all up to the next regular configuration at once. */
  readonly steps: "single" | "larger";
  /** Which number a new configuration gets: the least that is allowed, or any up to that which there is. */
  readonly numbers: "least" | "any";
  /** Where a message is put: at the end, or anywhere behind what is frozen. */
  readonly places: "any" | "end";
  /** What may follow the prefix that a set has: a message that it lacks, or a gap as well. */
  readonly holes: "any" | "sequenced";
  /** Which of the sets of a proposal commit: any, or all. */
  readonly committing: "any" | "all";
  /** Which of a set acknowledge: any, or all. */
  readonly acknowledging: "any" | "all";
  /** Whether who is left of a configuration notices it. */
  readonly repairs: "any" | "never";
  /** How the processes are connected at the start. */
  readonly partitions: "any" | "together";
  /** Which histories are judged: every prefix, or those with which nothing more can happen. */
  readonly judged: "all" | "complete";
}

/** An event of a process, as `EVSSpecifications.tla` has it. */
export type HistoryEvent =
  | { readonly type: "conf"; readonly conf: Configuration | Transitional }
  | { readonly type: "send" | "deliver"; readonly message: Message; readonly conf: Configuration | Transitional }
  | {
      readonly type: "fail";
      readonly conf: Configuration | Transitional;
      /** What had been sent in its regular configuration by then. */
      readonly sent: readonly Message[];
    };

/** The events of each process, in their order. */
export type History = Readonly<Record<Process, readonly HistoryEvent[]>>;

/**
 * The service, and processes that do nothing but send. `history` is what they were told by the effects, and what they
 * did; it stays empty where none is recorded.
 */
export interface World {
  readonly service: State;
  /** How many messages each process has sent. */
  readonly sent: Readonly<Record<Process, number>>;
  /** How many changes there were. */
  readonly changes: number;
  readonly history: History;
}

/** A transitional set in a move; all that there is to choose. */
interface SetChoice {
  readonly members: readonly Process[];
  readonly acknowledge: readonly Process[];
  readonly held: number;
  readonly bound: number;
}

/** A move names an action of the specification with its parameter, and settles what the action leaves open. */
export type Move =
  | { readonly type: "Send"; readonly process: Process; readonly service: Service; readonly at: number }
  | { readonly type: "Deliver" | "Move" | "Install" | "Crash"; readonly process: Process }
  | { readonly type: "Leave"; readonly process: Process }
  /** `after` how many of the events that it still had before it the process crashes. */
  | { readonly type: "CrashLeaving"; readonly process: Process; readonly after: number }
  | {
      readonly type: "Form";
      readonly members: readonly Process[];
      readonly number: number;
      readonly sets: readonly SetChoice[];
    }
  | {
      readonly type: "Repair";
      readonly process: Process;
      readonly number: number;
      readonly held: number;
      readonly bound: number;
    }
  | { readonly type: "Recover"; readonly process: Process; readonly number: number };

/** Whether a configuration is a regular one. @spec EVSSpecifications!IsRegular */
export function isRegular(configuration: Configuration | Transitional): configuration is Configuration {
  return "number" in configuration;
}

/** The numbers of configurations that there are: 0 to this one. @spec MCEVS!MCNumber */
export function lastNumber({ maxChanges, processes }: Bounds): number {
  return (maxChanges + 1) * processes.length;
}

/** How many messages have been sent. @spec MCEVS!Total */
export function total({ sent }: World): number {
  return Object.values(sent).reduce((sum, one) => sum + one, 0);
}
