// @ts-check
/**
 * What the commands of Lockstep need to know of this protocol, for instance
 *
 *   npx lockstep verify --only ./lockstep.js
 *   npx lockstep replay --protocol ./lockstep.js
 *   npx lockstep fuzz --protocol ./lockstep.js --for 60s
 *   npx lockstep mutants --protocol ./lockstep.js
 *   npx lockstep kit ./lockstep.js --out kit.ndjson
 */
import { enumerated, fuzzing, model, sizes } from "lockstep/conformance";
import { kit } from "./kit.js";
import { properties, restore } from "./properties.js";
import { closed, refinement } from "./system.js";

/** @type {import("lockstep/conformance").ConformanceModels} */
export const protocol = {
  protocol: "two-phase",
  modelOf(cfg) {
    const managers = managersOf(cfg);
    if (typeof managers === "string") return managers;
    return model(closed(managers), refinement(managers), {
      properties: properties(managers),
      restore: (state) => restore(managers, state),
    });
  },
  notConformed: {},
  // Clusters of up to 12 managers, where the model has three.
  fuzzing: fuzzing(
    enumerated({
      settings: sizes(1, 12),
      open: (managers) => ({
        system: closed(managers),
        refinement: refinement(managers),
        properties: properties(managers),
      }),
      actions: refinement(1).actions,
    }),
  ),
  kit: kit(managersOf),
};

export const folders = {
  spec: new URL(".", import.meta.url),
  reducer: new URL("two-phase.js", import.meta.url),
  binding: new URL(".", import.meta.url),
  traces: new URL("traces/", import.meta.url),
  results: new URL("results/", import.meta.url),
};

/**
 * How many resource managers a configuration has, or what it assigns beside them.
 *
 * @param {string} cfg
 * @returns {number | string}
 */
function managersOf(cfg) {
  const assigned = assignments(cfg);
  const other = assigned.find(({ name, sign }) => name !== "RM" || sign !== "=");
  if (other !== undefined) return `${other.name} ${other.sign} ${other.value}`;
  return assigned[0]?.value.match(/\w+/g)?.length ?? "no resource managers";
}

/**
 * What a configuration assigns to constants and definitions.
 *
 * @param {string} cfg
 */
function assignments(cfg) {
  const bare = cfg.replace(/\\\*.*/g, "");
  return [...bare.matchAll(/(\w+)\s*(=|<-)\s*(\{[^}]*\}|\S+)/g)].map(([, name = "", sign = "", value = ""]) => ({
    name,
    sign,
    value,
  }));
}
