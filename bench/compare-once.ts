/**
 * Loads a graph of two-phase commit and compares it, for `compare.ts` and `scale.ts`, and prints the figures as JSON.
 *
 *   node compare-once.js <graph.dot> <managers> [<seconds to repeat for>]
 */
import { conform } from "../conformance/engine/index.ts";
import { loadGraph } from "../tla/graph/index.ts";
import { twoPhase } from "./two-phase.ts";

/** Seconds, and peak resident memory in megabytes. */
export interface Once {
  readonly edges: number;
  readonly load: number;
  readonly compare: number;
  readonly memory: number;
}

const [dump = "", managers = "", seconds = "0"] = process.argv.slice(2);
const { closed, refinement } = await twoPhase();
const system = closed(Number(managers));
const onto = refinement(Number(managers));
const runs: Once[] = [];
const began = performance.now();
do {
  const started = performance.now();
  const graph = await loadGraph(dump, { actions: onto.actions });
  const load = (performance.now() - started) / 1000;
  const report = conform(system, onto, graph);
  if (!report.passed) throw new Error("the comparison does not pass, so that its time means nothing");
  runs.push({ edges: graph.edges, load, compare: report.seconds, memory: process.resourceUsage().maxRSS / 1000 });
} while (performance.now() - began < Number(seconds) * 1000);
// The last ones are warm; where nothing is repeated, the only one.
runs.sort((one, other) => one.load + one.compare - other.load - other.compare);
console.log(JSON.stringify(runs[runs.length >> 1]));
