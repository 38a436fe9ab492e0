/**
 * Loads a graph of two-phase commit and compares it, for `compare.ts` and `scale.ts`, and prints the figures as JSON.
 *
 *   node compare-once.js <graph.dot> <managers> [<edges to work through, repeating>]
 */
import { conform } from "../conformance/engine/index.ts";
import { loadGraph } from "../tla/graph/index.ts";
import { twoPhase } from "./two-phase.ts";

/** Seconds, those of processors (several where the garbage collector has threads), and peak memory in megabytes. */
export interface Once {
  readonly edges: number;
  readonly load: number;
  readonly compare: number;
  readonly processor: number;
  readonly memory: number;
}

const [dump = "", managers = "", enough = "0"] = process.argv.slice(2);
const { closed, refinement } = await twoPhase();
const system = closed(Number(managers));
const onto = refinement(Number(managers));
const runs: Once[] = [];
let worked = 0;
do {
  const used = process.cpuUsage();
  const started = performance.now();
  const graph = await loadGraph(dump, { actions: onto.actions });
  const load = (performance.now() - started) / 1000;
  const report = conform(system, onto, graph);
  if (!report.passed) throw new Error("the comparison does not pass, so that its time means nothing");
  const { user, system: kernel } = process.cpuUsage(used);
  const memory = process.resourceUsage().maxRSS / 1000;
  runs.push({ edges: graph.edges, load, compare: report.seconds, processor: (user + kernel) / 1e6, memory });
  worked += graph.edges;
} while (worked < Number(enough));
// The last ones are warm; where nothing is repeated, the only one.
runs.sort((one, other) => one.load + one.compare - other.load - other.compare);
console.log(JSON.stringify(runs[runs.length >> 1]));
