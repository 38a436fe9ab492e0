/**
 * The report that an auditor reads: from what there is about a protocol to one shape, and from there to pages. No
 * protocol knowledge, no files: whoever calls it reads and writes them.
 *
 * @module
 */
export { differencesOf, summaryOf } from "./changes.ts";
export { jobFaults, standingOf } from "./faults.ts";
export { pagesOf } from "./pages.ts";
export { type Material, protocolReport } from "./protocol.ts";
export { readReport } from "./read.ts";
export type { Model, ModelRun, Report, Source, TraceReport } from "./shape.ts";
export { traceReport } from "./traces.ts";
