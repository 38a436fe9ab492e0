import { fuzzing } from "../engine/fuzz/fuzzing.ts";
import type { ConformanceModels } from "../engine/models.ts";
import type { Part } from "./part.ts";
import { evsFuzz } from "./service/fuzz.ts";
import { servicePart } from "./service/models.ts";

/** One for each closed module that has a reducer. */
const parts: readonly Part[] = [servicePart];

/** The modules whose models have no closed system here. */
const apart = {
  "is an environment that has no reducer": ["MCVirtualSynchrony", "BrokenVirtualSynchrony"],
  "is of the ordering protocol, which has no reducer here": ["MCOrdering", "BrokenOrdering", "WitnessOrdering"],
  "is of the membership protocol, which has no reducer here": ["MCMembership", "BrokenMembership", "WitnessMembership"],
};

export const evsModels: ConformanceModels = {
  protocol: "evs",
  modelOf: (cfg) => parts.find((part) => part.isOf(cfg))?.modelOf(cfg) ?? "a module without a closed system",
  notConformed: {
    ...Object.assign({}, ...parts.map(({ notConformed }) => notConformed)),
    ...Object.fromEntries(
      Object.entries(apart).flatMap(([reason, modules]) => modules.map((module) => [`${module}.tla`, `it ${reason}`])),
    ),
  },
  fuzzing: fuzzing(evsFuzz()),
  notOverWorlds: Object.assign({}, ...parts.map(({ notOverWorlds }) => notOverWorlds)),
};
