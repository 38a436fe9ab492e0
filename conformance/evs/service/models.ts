import { type ConformanceModel, model } from "../../engine/models.ts";
import type { Part } from "../part.ts";
import { evsProperties } from "./invariants.ts";
import { evsRefinement } from "./refine.ts";
import { restore } from "./restore.ts";
import { evsSystem } from "./system.ts";
import type { Bounds } from "./world.ts";

/** The service as it is: step by step, with every choice, and every prefix of every history. */
const plain: Bounds = {
  processes: [],
  names: "strings",
  services: [],
  maxMessages: 0,
  maxChanges: 0,
  histories: false,
  steps: "single",
  numbers: "any",
  places: "any",
  holes: "any",
  committing: "any",
  acknowledging: "any",
  repairs: "any",
  partitions: "any",
  judged: "all",
};

/** What the definitions of `MCEVS.tla` and `AtomicEVS.tla` mean for the closed system, as a configuration assigns them. */
const meanings: Readonly<Record<string, Partial<Bounds>>> = {
  "SPECIFICATION Spec": { steps: "single" },
  "SPECIFICATION FairSpec": { steps: "single" },
  "SPECIFICATION AtomicSpec": { steps: "larger" },
  "None = None": {},
  "Number <- MCNumber": {},
  "Histories = TRUE": { histories: true },
  "Histories = FALSE": { histories: false },
  "NewNumbers <- [EVS]LeastNumber": { numbers: "least" },
  "Places <- [EVS]AtEnd": { places: "end" },
  "Holes <- [EVS]Sequenced": { holes: "sequenced" },
  "Committing <- [EVS]AllCommit": { committing: "all" },
  "Acknowledging <- [EVS]AllAcknowledge": { acknowledging: "all" },
  "Lacks <- [EVS]Unnoticed": { repairs: "never" },
  "Partitions <- [EVS]Together": { partitions: "together" },
  "Judged <- Complete": { judged: "complete" },
};

/** The closed system of a configuration of `MCEVS.tla` or a module above it, or the assignment that it has none for. */
function evsModel(cfg: string): ConformanceModel | string {
  const bounds = boundsOf(cfg);
  if (typeof bounds === "string") return bounds;
  return model(evsSystem(bounds), evsRefinement(bounds), {
    properties: evsProperties(bounds),
    restore: (state) => restore(bounds, state),
    faults: ["Form", "Crash", "CrashLeaving", "Recover"],
  });
}

function boundsOf(cfg: string): Bounds | string {
  let bounds = plain;
  for (const assignment of assignments(cfg)) {
    const meaning = meaningOf(assignment);
    if (meaning === undefined) return assignment;
    bounds = { ...bounds, ...meaning };
  }
  return bounds.processes.length === 0 ? "no processes" : bounds;
}

/** The specification, and the assignments of constants and definitions, one a line, their white space made uniform. */
function assignments(cfg: string): string[] {
  const bare = cfg.replace(/\(\*[\s\S]*?\*\)|\\\*[^\n]*/g, "");
  const specification = /\bSPECIFICATION\s+(\w+)/.exec(bare)?.[1];
  return [
    ...(specification === undefined ? [] : [`SPECIFICATION ${specification}`]),
    ...[...bare.matchAll(/(\w+)\s*(=|<-)\s*(\{[^}]*\}|\S+)/g)].map(
      ([, name, sign, value]) => `${name} ${sign} ${value}`,
    ),
  ];
}

function meaningOf(assignment: string): Partial<Bounds> | undefined {
  if (Object.hasOwn(meanings, assignment)) return meanings[assignment];
  const [name, value = ""] = assignment.split(" = ");
  const words = [...value.matchAll(/\w+/g)].map(([word]) => word);
  switch (name) {
    case "Process":
      return { processes: words, names: value.includes('"') ? "strings" : "model values" };
    case "Services":
      return { services: words.filter((word) => word === "agreed" || word === "safe") };
    case "MaxMessages":
      return { maxMessages: Number(value) };
    case "MaxChanges":
      return { maxChanges: Number(value) };
    default:
      return undefined;
  }
}

/** A quotient by symmetry has no edge for a step to a state that it has another one for. */
const symmetric = (cfg: string): string =>
  `TLC keeps one of several states that are alike but for the names of processes, so its graph lacks steps; ${cfg} has none of this`;

/** TLC labels no edges while it checks liveness. */
const unlabelled = (cfg: string, but = ""): string =>
  `TLC labels no edges while it checks liveness; its graph is that of ${cfg}${but}`;

/** What is conformed of the service. */
export const servicePart: Part = {
  isOf: (cfg) => /^SPECIFICATION (?:Atomic|Fair)?Spec$/m.test(cfg) && /^ *Process *=/m.test(cfg),
  modelOf: evsModel,
  notConformed: {
    "MCEVSLiveness.cfg": unlabelled("MCEVSTwoChanges.cfg", " without histories"),
    "MCEVSLivenessThree.cfg": unlabelled("MCEVSStatesThree.cfg"),
    "MCEVSStates.cfg": symmetric("MCEVSStatesThree.cfg"),
    "MCEVSThree.cfg": symmetric("MCEVSLargerThree.cfg"),
    "MCEVSCascades.cfg": symmetric("MCEVSLarger.cfg"),
    "MCEVSThreeCascades.cfg": symmetric("MCEVSLarger.cfg"),
    "MCEVSStatesTwo.cfg": symmetric("MCEVSLargerThree.cfg"),
  },
  notOverWorlds: {
    Spec_2_1: "it is about what never ends; of a world at rest it is part of Settles",
    "BrokenOwnDroppedState.cfg": "its states are those of the service: what it breaks is what they say is delivered",
    Settles: "it is about what happens in the end; a run that settles is held to it",
  },
};
