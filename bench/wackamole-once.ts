/**
 * Explores or conforms a configuration of Wackamole, for `wackamole.ts`, and prints the figures as JSON.
 *
 *   node wackamole-once.js <cfg> [dump]
 */
import { readFile } from "node:fs/promises";
import { wackamoleModels } from "../conformance/wackamole/index.ts";
import { loadGraph } from "../tla/graph/index.ts";

export interface Once {
  readonly edges: number;
  readonly passed: boolean;
  /** Peak resident set, in MiB. */
  readonly memory: number;
}

const [, , cfg = "", dump] = process.argv;
const system = wackamoleModels.modelOf(await readFile(cfg, "utf8"));
if (typeof system === "string") throw new Error(`no closed system for ${system}`);
const told = (edges: number, passed: boolean): Once => ({
  edges,
  passed,
  memory: Math.round(process.resourceUsage().maxRSS / 1024),
});
if (dump === undefined) {
  const { edges, violations } = system.explore();
  console.log(JSON.stringify(told(edges, violations.length === 0)));
} else {
  const graph = await loadGraph(dump, { actions: system.actions });
  console.log(JSON.stringify(told(graph.edges, system.conform(graph).passed)));
}
