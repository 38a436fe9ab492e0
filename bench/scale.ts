/**
 * The time for one edge, loaded and compared, on graphs from 10^4 edges on. Small graphs are repeated in one process
 * and the median is taken, so that what is measured is the work and not Node's start.
 *
 *   node dist/bench/scale.js [--managers 8] [--runs 3]      8 managers give more than 10^7 edges, and a dump of 3 GB
 */
import { join } from "node:path";
import type { Once } from "./compare-once.ts";
import { isolated, type Line, numbers, record, spread } from "./measure.ts";
import { explored, inTemporaryFolder } from "./two-phase.ts";

const { managers, runs } = numbers({ managers: 8, runs: 3 });
/** Edges worked through for one median, whatever the size; by number and not by time, so that load does not matter. */
const enough = 2_000_000;
const lines: Line[] = [];
const busy: Line[] = [];
for (let size = 4; size <= managers; size++) {
  await inTemporaryFolder(async (folder) => {
    await explored(folder, size, true);
    const all: Once[] = [];
    for (let run = 0; run < runs; run++) {
      all.push(await isolated<Once>("compare-once.js", join(folder, "graph.dot"), size, enough));
    }
    const edges = all[0]?.edges ?? 0;
    const edge = (seconds: (once: Once) => number) => spread(all.map((once) => (seconds(once) / edges) * 1e6));
    const what = `${edges.toLocaleString("en-US")} edges`;
    lines.push({ what, unit: "µs for an edge", value: edge(({ load, compare }) => load + compare) });
    busy.push({ what: `${what}, processor time`, unit: "µs for an edge", value: edge(({ processor }) => processor) });
  });
}
const [smallest, largest] = [lines[0], lines.at(-1)].map((line) => line?.what);
const ratio = (of: readonly Line[]) => {
  const medians = of.map(({ value }) => value.median);
  return spread([Math.max(...medians) / Math.min(...medians)]);
};
const between = `slowest / fastest, ${smallest} to ${largest}`;
await record("scale", "Time for an edge, two-phase commit with 4 managers and more", [
  ...lines,
  { what: between, unit: "", value: ratio(lines), goal: "at most 1.5 from 10^4 to 10^7 edges" },
  ...busy,
  { what: `${between}, processor time`, unit: "", value: ratio(busy) },
]);
