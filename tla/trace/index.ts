/**
 * Behaviours for people and for other tools: as differences, as a sequence chart, as ITF; read from ITF and from
 * whatever TLC writes.
 *
 * @module
 */
export { type Arrow, type Chart, type ChartRow, chartOf, type Describer, printChart } from "./chart.ts";
export { actionText, type Change, changes, printTrace } from "./diff.ts";
export { toItfTrace } from "./itf-trace.ts";
export { readTrace, type TraceFile } from "./read.ts";
