import { type ConformanceModel, model } from "../../engine/models.ts";
import { assignments, words } from "../assignments.ts";
import type { Part } from "../part.ts";
import { membershipProperties } from "./invariants.ts";
import { membershipRefinement } from "./refine.ts";
import { restore } from "./restore.ts";
import { membershipSystem } from "./system.ts";
import type { Bounds } from "./world.ts";

/** The protocol as it is: each step by itself, any proposal, any number. */
const plain: Bounds = {
  processes: [],
  senders: [],
  failing: [],
  services: [],
  groups: null,
  maxMessages: 0,
  maxChanges: 0,
  keep: 1,
  histories: false,
  images: false,
  numbers: "any",
  ready: "gather",
  gathering: "any",
  together: "one",
};

/** What the definitions of `MCMembership.tla` mean for the closed system, as a configuration assigns them. */
const meanings: Readonly<Record<string, Partial<Bounds>>> = {
  "None = None": {},
  "Number <- MCNumber": {},
  "Groups <- AllGroups": { groups: null },
  "Groups <- PairThenOne": { groups: [["p", "q"], ["p"]] },
  "Groups <- OnlyP": { groups: [["p"]] },
  "Histories = TRUE": { histories: true },
  "Histories = FALSE": { histories: false },
  "Images = FALSE": { images: false },
  "Images = TRUE": { images: true },
  "NewNumbers <- LeastNumber": { numbers: "least" },
  "Ready <- FromOperational": { ready: "operational" },
  "MayGather <- OnlyCascades": { gathering: "cascades" },
  "Together <- OneStep": { together: "all" },
};

/** The closed system of a configuration, or the assignment that it has no counterpart for. */
export function membershipModel(cfg: string): ConformanceModel | string {
  let bounds = plain;
  for (const assignment of assignments(cfg)) {
    const meaning = meaningOf(assignment);
    if (meaning === undefined) return assignment;
    bounds = { ...bounds, ...meaning };
  }
  if (bounds.processes.length === 0) return "no processes";
  // As many as are ever sent: what `Room` refuses is lost, which the specification has as well, but not so soon.
  bounds = { ...bounds, keep: Math.max(1, bounds.maxMessages) };
  const known = {
    properties: membershipProperties(bounds),
    restore: (state: Parameters<typeof restore>[1]) => restore(bounds, state),
    faults: ["MCGather", "MCForm", "MCCrash", "MCRecover"],
  };
  return model(membershipSystem(bounds), membershipRefinement(bounds), known);
}

function meaningOf(assignment: string): Partial<Bounds> | undefined {
  if (Object.hasOwn(meanings, assignment)) return meanings[assignment];
  const [name, value = ""] = assignment.split(" = ");
  switch (name) {
    case "Process":
      return { processes: words(value) };
    case "Senders":
      return { senders: words(value) };
    case "Failing":
      return { failing: words(value) };
    case "Services":
      return { services: (["agreed", "safe"] as const).filter((service) => words(value).includes(service)) };
    case "MaxMessages":
      return { maxMessages: Number(value) };
    case "MaxChanges":
      return { maxChanges: Number(value) };
    default:
      return undefined;
  }
}

/** Membership among the models of `spec/evs/`. */
export const membershipPart: Part = {
  isOf: (cfg) => /^\s*Failing\b/m.test(cfg),
  modelOf: membershipModel,
  notConformed: {},
  notOverWorlds: {
    StartsAsEVS: "worlds have no image of EVS",
    ImplementsEVS: "worlds have no image of EVS",
  },
};
