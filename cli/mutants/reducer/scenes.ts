import type { CampaignOptions } from "../../../conformance/engine/index.ts";
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

/** Runs beyond the bounds of the models, always the same, with the properties evaluated after every step. */
export interface FuzzScene {
  readonly kind: "fuzz";
  readonly name: string;
  readonly options: CampaignOptions;
}

/** What the closed system of a reducer is held against. */
export type Scene = GraphScene | TracesScene | FuzzScene;

/** For each kind of scene the layer that it is, where nothing finer is known of what went wrong, and what it counts. */
export const KINDS = {
  graph: { layer: "sound", counts: "worlds" },
  traces: { layer: "replay", counts: "behaviours" },
  fuzz: { layer: "fuzz", counts: "steps" },
} as const;

/** What the reducer itself comes to. */
export interface Genuine {
  /** Worlds walked, behaviours replayed, or steps taken. */
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
  readonly by: "types" | "sound" | "complete" | "refusals" | "replay" | "fuzz" | "tests" | "timeout";
  /** The configuration, trace, property or test. */
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
