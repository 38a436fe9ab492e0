import type { Location } from "./location.ts";
import type { Problem } from "./problems.ts";
import type { Stop } from "./stop.ts";
import type { Trace } from "./trace.ts";

/** What TLC found, whichever way it was run. */
export interface TlcResult {
  /** What TLC calls itself, for instance `2.18 of 20 March 2023`. */
  readonly version: string;
  readonly outcome: Outcome;
  /**
   * TLC's own exit code, with two exceptions: 151 where TLC 2.18 ends with 255 over a configuration that it cannot
   * read, and {@link UNFINISHED} where the run was stopped.
   */
  readonly exitCode: number;
  /** States generated, the initial ones and repetitions included. */
  readonly generated: number;
  /** Distinct states found; undefined for a simulation, which does not know. */
  readonly distinct?: number;
  /** States that were still to be explored. */
  readonly queue?: number;
  /** Length of the longest of the shortest behaviours to each state, in states. */
  readonly depth?: number;
  readonly initial?: InitialStates;
  /** What TLC counted for each action, where coverage was asked for and the run got that far. */
  readonly coverage?: readonly ActionCoverage[];
  /** Wall-clock time of TLC's process, in seconds. */
  readonly seconds: number;
  readonly warnings: readonly string[];
}

/** How many initial states there are, counting repetitions and not. */
export interface InitialStates {
  readonly generated: number;
  readonly distinct: number;
}

/** How often an action was taken. */
export interface ActionCoverage {
  readonly action: string;
  readonly location: Location;
  /** States that only this action had found when it did. */
  readonly distinct: number;
  /** States that the action generated. */
  readonly generated: number;
}

/** Exit code of a run that was stopped before it had finished. */
export const UNFINISHED = 4;

/** What became of a run; TLC's exit code for it stands beside each kind. */
export type Outcome =
  /** 0: all was explored, or as much as the simulation was told, and nothing is wrong. */
  | { readonly kind: "success" }
  /** 10: an ASSUME is false. */
  | { readonly kind: "assumption"; readonly message: string; readonly location?: Location }
  /** 11. */
  | { readonly kind: "deadlock"; readonly message: string; readonly trace: Trace }
  /** 12. */
  | { readonly kind: "invariant"; readonly message: string; readonly property: string; readonly trace: Trace }
  /** 13: a property of steps, `[][A]_v`, or of initial states. */
  | { readonly kind: "action-property"; readonly message: string; readonly property: string; readonly trace: Trace }
  /**
   * 13: the trace is a lasso. The property is the one that TLC names, as builds of 2026 do, or the only one of the
   * configuration; undefined where it could be any of several.
   */
  | { readonly kind: "liveness"; readonly message: string; readonly property?: string; readonly trace: Trace }
  /** 12: anything of the above or of 75 to 77, where the distributed mode does not tell; a trace of its last steps. */
  | { readonly kind: "violation"; readonly message: string; readonly trace: Trace }
  /** 14: the operator `Assert` of the module TLC. */
  | { readonly kind: "assert"; readonly message: string; readonly trace: Trace }
  /** 75 to 77: an expression has no value. */
  | { readonly kind: "evaluation"; readonly message: string; readonly trace: Trace }
  /** 150. */
  | { readonly kind: "parse"; readonly message: string; readonly problems: readonly Problem[] }
  /** 151. */
  | { readonly kind: "config"; readonly message: string; readonly problems: readonly Problem[] }
  /** Any other end of TLC, with its last words: out of memory, disk full. */
  | { readonly kind: "failed"; readonly message: string }
  /** The run was stopped from outside. */
  | { readonly kind: "stopped"; readonly because: Stop; readonly message: string };

/** How far a run has come. */
export interface Progress {
  readonly generated: number;
  /** Undefined for a simulation. */
  readonly distinct?: number;
  readonly queue?: number;
  readonly depth?: number;
  /** States generated in a second since the last report. */
  readonly rate: number;
  /** Seconds since the start. */
  readonly seconds: number;
}

/** The trace of an outcome that has one. */
export function traceOf(outcome: Outcome): Trace | undefined {
  return "trace" in outcome && outcome.trace.steps.length > 0 ? outcome.trace : undefined;
}
