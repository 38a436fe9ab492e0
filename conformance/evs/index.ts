/**
 * Extended Virtual Synchrony: the service closed into finite worlds, and projected onto its specification.
 *
 * @module
 */
export { evsModels } from "./models.ts";
