import { fuzzing } from "../engine/fuzz/fuzzing.ts";
import { type ConformanceModel, type ConformanceModels, model } from "../engine/models.ts";
import { wackamoleFuzz } from "./fuzz.ts";
import { wackamoleProperties } from "./invariants.ts";
import { wackamoleKit } from "./kit.ts";
import { wackamoleRefinement } from "./refine.ts";
import { restore } from "./restore.ts";
import { wackamoleSystem } from "./system.ts";
import type { Bounds } from "./world.ts";

/** The algorithm as it is: events one by one, any lists, changes and timers at any time. */
const plain: Bounds = {
  servers: [],
  groups: [],
  prefers: {},
  maxEpoch: 0,
  lists: "any",
  grain: "server",
  changes: "any",
  timers: "any",
};

const groups5: Bounds["groups"] = [["a1"], ["a2", "a3"], ["a4"], ["a5", "a6", "a7"], ["a8"]];

/** What the definitions of `MCWackamole.tla` and the modules above it mean for the closed system, as a configuration assigns them. */
const meanings: Readonly<Record<string, Partial<Bounds>>> = {
  "Epoch <- MCEpoch": {},
  "NoView = NoView": {},
  "None = None": {},
  "Groups <- Groups1": { groups: [["a1"]] },
  "Groups <- Groups2": { groups: [["a1"], ["a2"]] },
  "Groups <- Groups3": { groups: [["a1"], ["a2"], ["a3"]] },
  "Groups <- GroupsMany": { groups: [["a1"], ["a2"], ["a3"], ["a4"], ["a5"], ["a6"]] },
  "Groups <- GroupsRouter": { groups: [["a1", "a2"], ["a3"]] },
  "Groups <- Groups5": { groups: groups5 },
  "Groups <- Groups7": { groups: [...groups5, ["a9", "a10"], ["a11", "a12"]] },
  "Prefers <- PrefersNothing": { prefers: {} },
  "Prefers <- PrefersSecond": { prefers: { s1: [["a2"]] } },
  "Prefers <- PrefersTwo": { prefers: { s2: [["a1"], ["a3"]] } },
  "Prefers <- PrefersShared": { prefers: { s1: [["a2"]], s2: [["a2"], ["a3"]] } },
  "Prefers <- PrefersRouter": { prefers: { s1: [["a1", "a2"]] } },
  "Prefers <- PrefersSome": {
    prefers: { s1: [["a2", "a3"], ["a8"]], s3: [["a2", "a3"]], s4: [["a5", "a6", "a7"]] },
  },
  "Lists <- [VirtualSynchrony]OneList": { lists: "sorted" },
  "Lists <- [VirtualSynchrony]SortedList": { lists: "sorted" },
  "Partitions <- [VirtualSynchrony]NumberedPartitions": {},
  "IsBatch <- Lockstep": { grain: "view" },
  "MayChange <- [VirtualSynchrony]Calm": { changes: "calm" },
  "MayExpire <- Quiet": { timers: "quiet" },
  "MayExpire <- Never": { timers: "never" },
};

/** The closed system of a configuration, or the assignment that it has no counterpart for. */
export function wackamoleModel(cfg: string): ConformanceModel | string {
  const bounds = boundsOf(cfg);
  if (typeof bounds === "string") return bounds;
  return model(wackamoleSystem(bounds), wackamoleRefinement(bounds), {
    properties: wackamoleProperties(bounds),
    restore: (state) => restore(bounds, state),
    faults: ["Partition", "Merge", "Lose", "Crash", "Recover"],
  });
}

/** The bounds that a configuration sets, or the assignment that they have no counterpart for. */
function boundsOf(cfg: string): Bounds | string {
  let bounds = plain;
  for (const assignment of assignments(cfg)) {
    const meaning = meaningOf(assignment);
    if (meaning === undefined) return assignment;
    bounds = { ...bounds, ...meaning };
  }
  if (bounds.servers.length === 0 || bounds.groups.length === 0) return "no servers or groups";
  return bounds;
}

/** The assignments of constants and definitions, one a line, their white space made uniform. */
function assignments(cfg: string): string[] {
  const bare = cfg.replace(/\(\*[\s\S]*?\*\)|\\\*[^\n]*/g, "");
  return [...bare.matchAll(/(\w+)\s*(=|<-)\s*(\{[^}]*\}|\S+)/g)].map(
    ([, name, sign, value]) => `${name} ${sign} ${value}`,
  );
}

function meaningOf(assignment: string): Partial<Bounds> | undefined {
  if (Object.hasOwn(meanings, assignment)) return meanings[assignment];
  const [name, value = ""] = assignment.split(" = ");
  if (name === "MaxEpoch" && /^\d+$/.test(value)) return { maxEpoch: Number(value) };
  if (name === "Server") return { servers: [...value.matchAll(/"(\w+)"/g)].map(([, server]) => server ?? "") };
  return undefined;
}

/** TLC labels no edges while it checks liveness. */
const labelled = (cfg: string, part = ""): string =>
  `TLC labels no edges while it checks liveness; its graph is ${part}that of ${cfg}`;

export const wackamoleModels: ConformanceModels = {
  protocol: "wackamole",
  notOverWorlds: { Refused: "it is about the invariants of the specification, not about its states" },
  modelOf: wackamoleModel,
  fuzzing: fuzzing(wackamoleFuzz()),
  notConformed: {
    "MCWackamoleStatesCommute.cfg": "its group communication promises less than agreed delivery, which the system has",
    "MCWackamoleLiveness.cfg": labelled("MCWackamoleOne.cfg"),
    "MCWackamoleLivenessBalance.cfg": labelled("MCWackamoleBoot.cfg"),
    "MCWackamoleLivenessChange.cfg": labelled("MCWackamole.cfg", "a part of "),
    "MCWackamoleSlowMember.cfg":
      "it is led to one situation by definitions that the closed system has no counterpart for",
    "RefusedWackamole.cfg": "its states are wrong on purpose, and nothing happens in them",
  },
  kit: wackamoleKit((cfg, reducer) => {
    const bounds = boundsOf(cfg);
    if (typeof bounds === "string") return bounds;
    return { system: wackamoleSystem(bounds, reducer), refinement: wackamoleRefinement(bounds) };
  }),
};
