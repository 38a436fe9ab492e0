/**
 * Wackamole, closed into finite worlds and projected onto its specification.
 *
 * @module
 */
export { type StepProperty, wackamoleInvariants, wackamoleStepProperties, withStepProperties } from "./invariants.ts";
export { wackamoleModels } from "./models.ts";
export { wackamoleRefinement } from "./refine.ts";
export { wackamoleSystem } from "./system.ts";
export type { Bounds, Move, World } from "./world.ts";
