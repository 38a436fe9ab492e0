/**
 * Extended Virtual Synchrony: service and protocol, closed into finite worlds and projected onto their variables.
 *
 * @module
 */
export { evsModels } from "./models.ts";
