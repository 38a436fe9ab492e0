/**
 * The time for one edge, loaded and compared, on graphs from 10^4 edges on. Small graphs are repeated in one process
 * for some seconds and the median is taken, so that what is measured is the work and not Node's start.
 *
 *   node dist/bench/scale.js [--managers 8] [--runs 3]      8 managers give more than 10^7 edges, and a dump of 3 GB
 */
import { join } from "node:path";
import type { Once } from "./compare-once.ts";
import { isolated, type Line, numbers, record, spread } from "./measure.ts";
import { explored, inTemporaryFolder } from "./two-phase.ts";

const { managers, runs } = numbers({ managers: 8, runs: 3 });
const warm = 3;
const lines: Line[] = [];
for (let size = 4; size <= managers; size++) {
  await inTemporaryFolder(async (folder) => {
    await explored(folder, size, true);
    const all: Once[] = [];
    for (let run = 0; run < runs; run++) {
      all.push(await isolated<Once>("compare-once.js", join(folder, "graph.dot"), size, warm));
    }
    const edges = all[0]?.edges ?? 0;
    const value = spread(all.map(({ load, compare }) => ((load + compare) / edges) * 1e6));
    lines.push({ what: `${edges.toLocaleString("en-US")} edges`, unit: "µs for an edge", value });
  });
}
const [smallest, largest] = [lines[0], lines.at(-1)].map((line) => line?.what);
const medians = lines.map(({ value }) => value.median);
const ratio = spread([Math.max(...medians) / Math.min(...medians)]);
await record("scale", "Time for an edge, two-phase commit with 4 managers and more", [
  ...lines,
  {
    what: `slowest / fastest, ${smallest} to ${largest}`,
    unit: "",
    value: ratio,
    goal: "at most 1.5 from 10^4 to 10^7 edges",
  },
]);
