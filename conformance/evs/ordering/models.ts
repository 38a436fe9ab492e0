import { type ConformanceModel, model } from "../../engine/models.ts";
import { assignments, words } from "../assignments.ts";
import type { Part } from "../part.ts";
import { orderingProperties } from "./invariants.ts";
import { orderingRefinement } from "./refine.ts";
import { restore } from "./restore.ts";
import { orderingSystem } from "./system.ts";
import type { Bounds } from "./world.ts";

/** The protocol as it is: any copies get on their way, packets come again, and those of nobody else. */
const plain: Bounds = {
  members: [],
  window: 1,
  keep: 1,
  maxMessages: 0,
  copies: "any",
  repeated: true,
  foreign: "none",
};

/** What the definitions of `MCOrdering.tla` mean for the closed system, as a configuration assigns them. */
const meanings: Readonly<Record<string, Partial<Bounds>>> = {
  "None = None": {},
  "Rank <- MCRank": {},
  "MaySend <- MCMaySend": {},
  "Foreign = {}": {},
  "Foreign <- MCForeign": { foreign: "packets" },
  "Copies <- AllCopies": { copies: "all" },
  "Repeated <- NoRepetition": { repeated: false },
};

/** The closed system of a configuration, or the assignment that it has no counterpart for. */
export function orderingModel(cfg: string): ConformanceModel | string {
  let bounds = plain;
  for (const assignment of assignments(cfg)) {
    const meaning = meaningOf(assignment);
    if (meaning === undefined) return assignment;
    bounds = { ...bounds, ...meaning };
  }
  if (bounds.members.length === 0) return "no processes";
  // As many as are ever sent: what `Room` refuses is lost, and the specification has no such loss.
  bounds = { ...bounds, keep: Math.max(bounds.window, bounds.maxMessages) };
  const known = {
    properties: orderingProperties(bounds),
    restore: (state: Parameters<typeof restore>[1]) => restore(bounds, state),
  };
  return model(orderingSystem(bounds), orderingRefinement(bounds), known);
}

function meaningOf(assignment: string): Partial<Bounds> | undefined {
  if (Object.hasOwn(meanings, assignment)) return meanings[assignment];
  const [name, value = ""] = assignment.split(" = ");
  if (name === "Process") return { members: words(value) };
  if (!/^\d+$/.test(value)) return undefined;
  if (name === "Window") return { window: Number(value) };
  return name === "MaxMessages" ? { maxMessages: Number(value) } : undefined;
}

const LESS = "what it leaves out need not happen in the protocol either, or not yet: only that it never does is wrong";

/** Ordering among the models of `spec/evs/`. */
export const orderingPart: Part = {
  isOf: (cfg) => /^\s*Window\b/m.test(cfg),
  modelOf: orderingModel,
  notConformed: {
    "MCOrderingLiveness.cfg":
      "TLC labels no edges while it checks liveness; its graph is that of MCOrdering.cfg with another window, and without packets of others",
  },
  notOverWorlds: {
    "BrokenOrderingKeepsNothing.cfg": LESS,
    "BrokenOrderingNeverAsk.cfg": LESS,
    "BrokenOrderingNoUpdates.cfg": LESS,
    "BrokenOrderingSameRank.cfg": "ranks are places in a list here, so two are never the same",
    "BrokenOrderingUntilAgreed.cfg":
      "it breaks what is said to be kept, and a state of the specification has everything that ever came",
    StartsAsEVS: "worlds have no image of EVS but the one that the projection computes, which is compared with TLC's",
    ImplementsEVS: "worlds have no image of EVS but the one that the projection computes, which is compared with TLC's",
    EverythingIsDelivered: "it is about behaviours; over worlds it is what must hold at rest",
  },
};
