/**
 * Wackamole, closed into finite worlds and projected onto its specification.
 *
 * @module
 */
export { wackamoleProperties } from "./invariants.ts";
export { wackamoleModels } from "./models.ts";
export { wackamoleRefinement } from "./refine.ts";
export { type Reducer, wackamoleSystem } from "./system.ts";
export type { Bounds, Move, World } from "./world.ts";
