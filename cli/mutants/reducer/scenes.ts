import type { Totals } from "../../../tla/graph/index.ts";
import type { Call } from "./calls.ts";

/** The complete graph of a model, to be walked beside. */
export interface GraphScene {
  readonly kind: "graph";
  /** The file name of the configuration. */
  readonly name: string;
  /** Its text. */
  readonly cfg: string;
  /** A corpus, or TLC's dump with what TLC says that it holds. */
  readonly path: string;
  readonly totals?: Totals;
}

/** Kept behaviours, to be replayed. */
export interface TracesScene {
  readonly kind: "traces";
  readonly name: string;
  /** ITF files, each with the text of the configuration that it is of. */
  readonly traces: readonly { readonly path: string; readonly cfg: string }[];
}

/** What the closed system of a reducer is held against. */
export type Scene = GraphScene | TracesScene;

/** What the reducer itself comes to. */
export interface Genuine {
  /** Worlds walked, or traces replayed. */
  readonly size: number;
  /** Whether it agrees with the specification: only then something can be told of a mutant that does not. */
  readonly passed: boolean;
  /** What was found, in words that are the same for whatever finds the same. */
  readonly summary: string;
}

/** What a thread tells of the reducer itself in a scene. */
export interface Measured extends Genuine {
  /** The distinct calls of the reducer, if nothing but plain JSON crosses its boundary. */
  readonly calls: readonly Call[] | undefined;
  /** The switches of the mutants that were reached, and of those that were when the program was loaded. */
  readonly reached: readonly string[];
  readonly onLoad: readonly string[];
  readonly seconds: number;
}

/** What killed a mutant. */
export interface Killed {
  /** The layer. */
  readonly by: "types" | "sound" | "complete" | "refusals" | "replay" | "tests" | "timeout";
  /** The configuration, trace or test. */
  readonly where: string;
  readonly says: string;
}

/** What became of one mutant in the scene that is open. */
export interface Judged {
  /** Whether it answers every call as the reducer does, so that nothing was walked. */
  readonly alike: boolean;
  readonly killed?: Killed;
}

/** What a thread is asked: what the reducer itself comes to, to hold a scene ready, or to judge a mutant in it. */
export type Job =
  | { readonly kind: "measure"; readonly scene: Scene }
  | { readonly kind: "open"; readonly scene: Scene; readonly measured: Measured }
  | { readonly kind: "judge"; readonly mutant: string };
