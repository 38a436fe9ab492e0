/**
 * Loading and comparing a graph of at least 10^6 edges beside the time that TLC took to write it, in the same run.
 *
 *   node dist/bench/compare.js [--managers 7] [--runs 3]
 */
import { join } from "node:path";
import type { Once } from "./compare-once.ts";
import { isolated, numbers, record, spread } from "./measure.ts";
import { explored, inTemporaryFolder } from "./two-phase.ts";

const { managers, runs } = numbers({ managers: 7, runs: 3 });
const measured = await inTemporaryFolder(async (folder) => {
  const all: (Once & { tlc: number; wall: number })[] = [];
  for (let run = 0; run < runs; run++) {
    const { seconds } = await explored(folder, managers, true);
    const once = await isolated<Once>("compare-once.js", join(folder, "graph.dot"), managers);
    all.push({ ...once, tlc: seconds });
  }
  return all;
});

const edges = measured[0]?.edges ?? 0;
if (edges < 1e6) throw new Error(`the graph has ${edges} edges, and the goal is stated for 10^6 at least`);
await record(
  "compare",
  `Load and compare, two-phase commit with ${managers} managers, ${edges.toLocaleString("en-US")} edges`,
  [
    { what: "TLC explores and writes the graph, 2 workers", unit: "s", value: spread(measured.map(({ tlc }) => tlc)) },
    { what: "load", unit: "s", value: spread(measured.map(({ load }) => load)) },
    { what: "compare", unit: "s", value: spread(measured.map(({ compare }) => compare)) },
    {
      what: "load and compare, Node's start included / TLC",
      unit: "",
      value: spread(measured.map(({ wall, tlc }) => wall / tlc)),
      goal: "at most 1",
    },
    { what: "peak memory", unit: "MB", value: spread(measured.map(({ memory }) => memory)), goal: "at most 2000" },
  ],
);
