import { fuzzing } from "../engine/fuzz/fuzzing.ts";
import type { ConformanceModels } from "../engine/models.ts";
import { membershipPart } from "./membership/models.ts";
import { orderingPart } from "./ordering/models.ts";
import type { Part } from "./part.ts";
import { evsFuzz } from "./service/fuzz.ts";
import { servicePart } from "./service/models.ts";

/** One for each closed module that has a reducer. */
const parts: readonly Part[] = [servicePart, orderingPart, membershipPart];

/** The modules whose models have no closed system here. */
const apart = {
  "is an environment that has no reducer": ["MCVirtualSynchrony", "BrokenVirtualSynchrony"],
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
