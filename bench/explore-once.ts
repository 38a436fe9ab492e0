/**
 * Explores the closed system of two-phase commit, for `explore.ts`, and prints the figures as JSON.
 *
 *   node explore-once.js <managers>
 */
import { explore } from "../conformance/engine/index.ts";
import { twoPhase } from "./two-phase.ts";

export interface Once {
  readonly worlds: number;
  readonly edges: number;
  readonly seconds: number;
}

const { closed } = await twoPhase();
const { worlds, edges, seconds } = explore(closed(Number(process.argv[2])));
console.log(JSON.stringify({ worlds, edges, seconds } satisfies Once));
