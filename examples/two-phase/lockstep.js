// @ts-check
/** What the commands of Lockstep need to know of this protocol: `lockstep kit ./lockstep.js --out kit.ndjson`. */
import { model } from "lockstep/conformance";
import { kit } from "./kit.js";
import { closed, refinement } from "./system.js";

/** @type {import("lockstep/conformance").ConformanceModels} */
export const protocol = {
  protocol: "two-phase",
  modelOf(cfg) {
    const managers = managersOf(cfg);
    return managers === 0 ? "no resource managers" : model(closed(managers), refinement(managers));
  },
  notConformed: {},
  kit: kit(managersOf),
};

export const folders = {
  spec: new URL(".", import.meta.url),
  reducer: new URL(".", import.meta.url),
  binding: new URL(".", import.meta.url),
  traces: new URL("traces/", import.meta.url),
  results: new URL("results/", import.meta.url),
};

/**
 * How many resource managers a configuration has.
 *
 * @param {string} cfg
 */
function managersOf(cfg) {
  return /\bRM *= *\{([^}]*)\}/.exec(cfg)?.[1]?.split(",").length ?? 0;
}
