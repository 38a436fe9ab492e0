/**
 * The types that every protocol shares, and no protocol knowledge.
 *
 * @module
 */
export { canonical } from "./canonical.ts";
export type { Action, Outcome, Protocol, Reading, Refused, Update } from "./protocol.ts";
export { inPlace, pure, refused } from "./protocol.ts";
