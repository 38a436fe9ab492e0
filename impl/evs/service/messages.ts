import type { Process } from "./config.ts";
import type { Configuration, Transitional } from "./configuration.ts";

/** What a message is promised: agreed is causal and totally ordered, safe is agreed and had by all. */
export type Service = "agreed" | "safe";

/** A message on its way. What it says is the application's: plain JSON that the service does not look at. */
export interface Message {
  readonly sender: Process;
  readonly service: Service;
  readonly body: unknown;
}

/**
 * A transitional set that commits: who of it acknowledges, how long the prefix is that it has before its hole, and how
 * much of that is delivered in the regular configuration.
 */
export interface CommittingSet {
  readonly members: readonly Process[];
  readonly acknowledge: readonly Process[];
  readonly held: number;
  readonly bound: number;
}

/**
 * What happens: an application sends, and all else is the network's. Whatever the specification leaves open is said
 * here: `at` is the place that a message gets in the order, from 1; `number` that of a new configuration; `sets` who
 * commits to it, and how; `held` and `bound` the cut of those who repair.
 */
export type Event =
  | {
      readonly type: "SEND";
      readonly process: Process;
      readonly service: Service;
      readonly body: unknown;
      readonly at: number;
    }
  | { readonly type: "DELIVER"; readonly process: Process }
  | { readonly type: "MOVE"; readonly process: Process }
  | { readonly type: "INSTALL"; readonly process: Process }
  | { readonly type: "CRASH"; readonly process: Process }
  | {
      readonly type: "FORM";
      readonly members: readonly Process[];
      readonly number: number;
      readonly sets: readonly CommittingSet[];
    }
  | {
      readonly type: "REPAIR";
      readonly process: Process;
      readonly number: number;
      readonly held: number;
      readonly bound: number;
    }
  | { readonly type: "RECOVER"; readonly process: Process; readonly number: number };

/**
 * What a process is told: a message, in the configuration that it was told of last; that it is in a transitional
 * configuration now; that it is in a regular one.
 */
export type Effect =
  | { readonly type: "deliver"; readonly process: Process; readonly message: Message }
  | { readonly type: "transitional"; readonly process: Process; readonly configuration: Transitional }
  | { readonly type: "regular"; readonly process: Process; readonly configuration: Configuration };
