import { type ConformanceModels, model } from "../engine/models.ts";
import { wackamoleRefinement } from "./refine.ts";
import { wackamoleSystem } from "./system.ts";
import type { Bounds } from "./world.ts";

const two = ["s1", "s2"];
const three = ["s1", "s2", "s3"];
const oneGroup = [["a1"]];
const twoGroups = [["a1"], ["a2"]];
const router = [["a1", "a2"], ["a3"]];

/** The algorithm as it is: events one by one, changes and timers at any time. */
const plain: Bounds = {
  servers: two,
  groups: oneGroup,
  prefers: {},
  maxEpoch: 1,
  lists: "sorted",
  grain: "server",
  changes: "any",
  timers: "any",
};

/** The bounds that each configuration of `spec/wackamole/` sets, for the closed system. */
const bounds: Readonly<Record<string, Bounds>> = {
  "MCWackamole.cfg": { ...plain, groups: twoGroups, prefers: { s1: [["a2"]] } },
  "MCWackamoleLiveness.cfg": plain,
  "MCWackamoleRouter.cfg": { ...plain, groups: router, prefers: { s1: [["a1", "a2"]] } },
  "MCWackamoleOrders.cfg": { ...plain, maxEpoch: 2, lists: "any", timers: "quiet" },
  "MCWackamoleFine.cfg": { ...plain, servers: three, groups: twoGroups, timers: "quiet" },
  "MCWackamoleFineCalm.cfg": { ...plain, servers: three, maxEpoch: 2, timers: "quiet", changes: "calm" },
  "MCWackamoleLockstep.cfg": {
    ...plain,
    servers: three,
    groups: twoGroups,
    maxEpoch: 3,
    grain: "view",
    timers: "quiet",
    changes: "calm",
  },
};

export const wackamoleModels: ConformanceModels = {
  protocol: "wackamole",
  models: Object.fromEntries(
    Object.entries(bounds).map(([cfg, bound]) => [cfg, model(wackamoleSystem(bound), wackamoleRefinement(bound))]),
  ),
  withoutSystem: {
    "MCWackamoleStatesCommute.cfg": "its group communication promises less than agreed delivery, which the system has",
  },
};
