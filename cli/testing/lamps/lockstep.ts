import { type ConformanceModels, model } from "../../../conformance/engine/index.ts";
import { lamps, onto } from "../../../conformance/engine/testing/lamps.ts";

const here = new URL(".", import.meta.url);

/** A protocol as a user has one: two lights, and where all that belongs to them is. */
export const protocol: ConformanceModels = {
  protocol: "lamps",
  modelOf: () => model(lamps, onto),
  notConformed: { "MCLampsLive.cfg": "TLC does not label its edges; they are those of MCLamps.cfg" },
};
export const folders: Readonly<Record<string, URL>> = {
  spec: here,
  reducer: here,
  binding: here,
  traces: here,
  results: new URL("results/", here),
};
