/**
 * The rate of the TypeScript explorer over the closed system beside TLC's on the same model, TLC with two workers.
 *
 *   node dist/bench/explore.js [--managers 7] [--runs 3]
 */
import type { Once } from "./explore-once.ts";
import { isolated, numbers, record, spread } from "./measure.ts";
import { explored, inTemporaryFolder } from "./two-phase.ts";

const { managers, runs } = numbers({ managers: 7, runs: 3 });
const measured = await inTemporaryFolder(async (folder) => {
  const all: { ours: number; tlc: number; edges: number }[] = [];
  for (let run = 0; run < runs; run++) {
    const { generated, distinct, seconds } = await explored(folder, managers, false);
    const once = await isolated<Once>("explore-once.js", managers);
    if (once.worlds !== distinct || once.edges !== generated - 1) throw new Error("the two did not explore the same");
    all.push({ ours: once.edges / once.wall, tlc: once.edges / seconds, edges: once.edges });
  }
  return all;
});

const edges = measured[0]?.edges.toLocaleString("en-US") ?? "";
const rates = (which: "ours" | "tlc") => spread(measured.map((run) => Math.round(run[which] / 1000)));
await record("explore", `Explorer, two-phase commit with ${managers} managers, ${edges} steps`, [
  { what: "TLC, 2 workers, its start included", unit: "thousand steps a second", value: rates("tlc") },
  {
    what: "the TypeScript explorer, 1 thread, its start included",
    unit: "thousand steps a second",
    value: rates("ours"),
  },
  { what: "explorer / TLC", unit: "", value: spread(measured.map(({ ours, tlc }) => ours / tlc)), goal: "at least 1" },
]);
