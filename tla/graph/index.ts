/**
 * Complete state graphs: loaded from what TLC dumps, built from lists, and kept as small files.
 *
 * @module
 */
export { buildGraph, type GraphEdge, type GraphParts } from "./build.ts";
export { type Corpus, type CorpusOrigin, loadCorpus, readCorpus, writeCorpus } from "./corpus.ts";
export type { StateGraph } from "./graph.ts";
export { type LoadOptions, type LoadProgress, loadGraph, type Totals } from "./load.ts";
