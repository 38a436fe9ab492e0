/**
 * Two-sided conformance of a closed system with the complete state graph of its specification, and what goes with it:
 * exploring the system alone with invariants, replaying paths and traces. No protocol knowledge.
 *
 * @module
 */
export { type ConformOptions, conform } from "./compare.ts";
export type { ClosedSystem, Refinement, SpecAction, Tried } from "./contract.ts";
export { type Difference, differences } from "./diff.ts";
export { type Explored, type ExploreOptions, explore, type Invariant, type Violation } from "./explore.ts";
export type { Claim, ClaimName, ConformanceReport, Count, Mismatch, MismatchKind } from "./findings.ts";
export { type ConformanceModel, type ConformanceModels, model, type ShownPath } from "./models.ts";
export { type ReplayedMove, type ReplayedPath, type ReplayedTrace, replayPath, replayTrace } from "./replay.ts";
export { mismatchText, reportText } from "./report.ts";
export type { Path, Progress, Walked, WalkOptions } from "./walk.ts";
