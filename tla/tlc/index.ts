/**
 * TLC and SANY as a component: find Java and the jar, run them, read what they say as typed results.
 *
 * @module
 */
export { type Config, readConfig } from "./config.ts";
export { type DistributedOptions, runDistributedTlc } from "./distributed.ts";
export {
  CACHE_VARIABLE,
  COORDINATE,
  cachedJarPath,
  FETCH_COMMAND,
  findMaven,
  JAR_VARIABLE,
  type Jar,
  PINNED_SHA256,
  resolveJar,
} from "./jar.ts";
export { findJava, type Java, OLDEST_JAVA } from "./java.ts";
export type { Location } from "./location.ts";
export type { Simulation, TlcOptions } from "./options.ts";
export type { Environment } from "./path.ts";
export { type Problem, problemText } from "./problems.ts";
export {
  type ActionCoverage,
  type InitialStates,
  type Outcome,
  type Progress,
  type TlcResult,
  traceOf,
  UNFINISHED,
} from "./result.ts";
export { runTlc } from "./run.ts";
export { runSany, type SanyOptions, type SanyResult } from "./sany.ts";
export { INITIAL, type Lasso, LONGEST_TRACE, type Trace, type TraceStep } from "./trace.ts";
