/**
 * Two-sided conformance of a closed system with the complete state graph of its specification, and what goes with it:
 * exploring the system alone with invariants, replaying paths and traces. No protocol knowledge.
 *
 * @module
 */
export { type ConformOptions, conform } from "./compare.ts";
export type {
  ClosedSystem,
  Invariant,
  Properties,
  Refinement,
  SpecAction,
  StepProperty,
  Tried,
} from "./contract.ts";
export { type Difference, differences } from "./diff.ts";
export { type Explored, type ExploreOptions, explore, type Violation } from "./explore.ts";
export type { Claim, ClaimName, ConformanceReport, Count, Mismatch, MismatchKind } from "./findings.ts";
export { type Campaign, type CampaignOptions, type Failure, type Strategy, strategies } from "./fuzz/campaign.ts";
export { Dice } from "./fuzz/dice.ts";
export { type Enumerable, enumerated, type Sized, sizes } from "./fuzz/enumerated.ts";
export { type Fuzzing, fuzzing, type Played } from "./fuzz/fuzzing.ts";
export type { Breach } from "./fuzz/game.ts";
export type { GraphMap } from "./fuzz/graph-map.ts";
export type { Script } from "./fuzz/shorten.ts";
export type { Cluster, FuzzTarget, Kind } from "./fuzz/target.ts";
export { headerLine, type KitHeader, kitSchema, readVectors, vectorLines } from "./kit/format.ts";
export { type Apart, type KitParts, type KitSource, kitSource } from "./kit/source.ts";
export { type Recorded, tallied, type Vectors } from "./kit/vectors.ts";
export { type ConformanceModel, type ConformanceModels, type Known, model, type ShownPath } from "./models.ts";
export { type ReplayedMove, type ReplayedPath, replayPath } from "./replay.ts";
export { type Flagged, flagged, flaggedAlong } from "./replay-flags.ts";
export { type Refusal, type Stuck, stuckText } from "./replay-stuck.ts";
export { type Behaviour, type ReplayedTrace, replayTrace } from "./replay-trace.ts";
export { mismatchText, reportText } from "./report.ts";
export { type Misfit, merge } from "./results/merge.ts";
export type { Item, Results, Shard } from "./results/results.ts";
export type { Path, Progress, Walked, WalkOptions } from "./walk.ts";
