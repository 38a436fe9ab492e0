import { pathToFileURL } from "node:url";
import { type ConformanceModels, fuzzing, model } from "../../../conformance/engine/index.ts";
import { wackamoleFuzz } from "../../../conformance/wackamole/fuzz.ts";
import { faults } from "../../../conformance/wackamole/fuzz-faults.ts";
import { wackamoleModels, wackamoleRefinement, wackamoleSystem } from "../../../conformance/wackamole/index.ts";
import { wackamole } from "../../../impl/wackamole/index.ts";

const root = pathToFileURL(`${process.env["LOCKSTEP_ROOT"]}/`);
/** Whether the faults are left out. */
const genuine = process.env["LOCKSTEP_GENUINE"] === "yes";
const [forgetful = wackamole] = Object.values(faults);

/** Believes itself mature from the first view on, which the graph of no model has. */
const hasty: typeof wackamole = {
  initial: wackamole.initial,
  step(config, state, event) {
    const outcome = wackamole.step(config, state, event);
    if (outcome.kind === "refused" || event.type !== "VIEW_CHANGE") return outcome;
    return { ...outcome, state: { ...outcome.state, mature: true } };
  },
};

/** The bounds of MCWackamoleSmall.cfg. */
const two = {
  ...{ servers: ["s1", "s2"], groups: [["a1"]], prefers: {}, maxEpoch: 1 },
  ...({ lists: "sorted", grain: "server", changes: "calm", timers: "quiet" } as const),
};

/** Wackamole with reducers that have a fault: one for clusters of any size, another within the bounds of a model. */
export const protocol: ConformanceModels = {
  ...wackamoleModels,
  modelOf: () => model(wackamoleSystem(two, genuine ? wackamole : hasty), wackamoleRefinement(two)),
  fuzzing: fuzzing(wackamoleFuzz(genuine ? wackamole : forgetful)),
};

const at = (path: string): URL => new URL(path, root);
export const folders: Readonly<Record<string, URL | URL[]>> = {
  ...{ spec: at("spec/wackamole"), libraries: [at("spec/evs")], traces: at("traces/wackamole") },
  ...{ reducer: at("impl/wackamole"), binding: at("conformance/wackamole"), results: at("none") },
};
