/**
 * What a report holds, as `report.json` has it: plain JSON, and all that its pages show. What is not there, or was not
 * run, is null. Counts are whole numbers, times are in seconds, lines are counted from 1.
 */
export interface Report {
  readonly format: "lockstep-report";
  readonly version: 1;
  /** Name and version of the tool that wrote it. */
  readonly tool: string;
  readonly protocols: readonly ProtocolReport[];
}

export interface ProtocolReport {
  readonly name: string;
  /** What commands call it: its name, or the path of the module that exports it. */
  readonly named: string;
  /** SHA-256 of specification, reducer and what binds them; null where the sources are not all there. */
  readonly sha256: string | null;
  readonly hasReducer: boolean;
  readonly sources: readonly Source[];
  readonly definitions: readonly Place[];
  readonly functions: readonly FunctionPlace[];
  /** The paper's rules and our readings of it. */
  readonly rules: readonly Rule[];
  readonly citations: readonly Citation[];
  readonly actions: readonly Action[];
  readonly models: readonly Model[];
  readonly properties: readonly Property[];
  readonly traces: readonly TraceReport[];
  /** The run of `lockstep verify` that the figures of models and actions are from. */
  readonly verified: Verified | null;
  readonly fuzz: Results | null;
  /** Of the graph of a model, by runs within its bounds. */
  readonly coverage: Results | null;
  readonly replay: Results | null;
  readonly mutants: Results | null;
  /** What the specification says of itself, and what its README says was not exhausted or not modelled. */
  readonly statements: readonly Statement[];
}

export interface Source {
  /** From the folder of the project, with `/`. */
  readonly path: string;
  /** A specification, a module or configuration that bounds one, a program, or a document. */
  readonly kind: "specification" | "model" | "program" | "document";
  readonly text: string;
}

/** Something named in a source: its lines, and where the comment right above begins. */
export interface Place {
  readonly path: string;
  readonly name: string;
  readonly prose: number;
  readonly from: number;
  readonly to: number;
}

export interface FunctionPlace extends Place {
  /** The definitions that it says it implements, `Module!Name`. */
  readonly specifies: readonly string[];
}

export interface Rule {
  readonly id: string;
  readonly says: string;
  /** What else its row says, each with the head of its column. */
  readonly notes: readonly { readonly head: string; readonly text: string }[];
}

/** A rule's number in a source. */
export interface Citation {
  readonly rule: string;
  readonly path: string;
  readonly line: number;
}

export interface Action {
  readonly name: string;
  /** How often conformance compared it, over all models; null where it was not run. */
  readonly compared: Compared | null;
}

/** How often each claim was put to the test. */
export interface Compared {
  readonly sound: number;
  readonly complete: number;
  readonly refusals: number;
}

export interface Model {
  readonly cfg: string;
  /** Path of the configuration and of its module among the sources. */
  readonly path: string;
  readonly module: string;
  /** What it is for: `good`, `must fail`, `witness`, or what else the manifest knows. */
  readonly purpose: string;
  /** The comment at the top of the configuration, without what marks its purpose. */
  readonly says: string;
  /** The properties that it checks; a model that fails has the one that it fails by. */
  readonly checks: readonly string[];
  readonly bounds: "quick" | "full";
  /** Why the reducer is not compared with it, where that is so for a model that holds. */
  readonly notConformed: string | null;
  /** What the manifest says that TLC finds; null for a model that fails. */
  readonly pinned: Found | null;
  readonly run: ModelRun | null;
}

/** What TLC found: states, those generated, and the depth of the graph or the length of the counterexample. */
export interface Found {
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
}

export interface ModelRun extends Found {
  readonly passed: boolean;
  /** A few words. */
  readonly words: string;
  readonly seconds: number;
  readonly conformance: ModelConformance | null;
}

export interface ModelConformance extends Compared {
  readonly states: number;
  readonly edges: number;
  readonly mismatches: number;
  readonly seconds: number;
  readonly actions: Readonly<Record<string, Compared>>;
}

export interface Property {
  readonly name: string;
  readonly kind: "state" | "steps";
  /** Configurations, by file name: those that must hold and check it, and those that must fail by it. */
  readonly checkedBy: readonly string[];
  readonly brokenBy: readonly string[];
}

export interface TraceReport {
  /** Name of its file, without `.itf.json`. */
  readonly name: string;
  /** File name of the configuration that it is of. */
  readonly cfg: string;
  readonly shows: string;
  /** SHA-256 of its file. */
  readonly sha256: string;
  /** Whether the specification is another one by now; null where that cannot be told. */
  readonly stale: boolean | null;
  /** Names of the processes; empty where none can be told. */
  readonly lanes: readonly string[];
  readonly steps: readonly TraceStepReport[];
  /** The number of the state that follows the last one, where the behaviour goes on for ever. */
  readonly loop: number | null;
}

export interface TraceStepReport {
  readonly action: string;
  readonly arrows: readonly { readonly from: string; readonly to: string; readonly label: string }[];
  /** What changed, or for the first state what there is; values as TLA+ prints them, null for none. */
  readonly changes: readonly {
    readonly place: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
}

export interface Verified {
  readonly sha256: string | null;
  readonly bounds: string;
  /** What it was checked with; null where that was not told. */
  readonly tools: {
    readonly tlc: string;
    readonly jarSha256: string;
    readonly workers: number;
    readonly seed: number;
  } | null;
  readonly faults: readonly string[];
}

/** What fuzzing, replay or mutants came to: the results of a job, without the part that tells how it was divided. */
export interface Results {
  readonly sha256: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly counts: Readonly<Record<string, number>>;
  readonly sets: Readonly<Record<string, Members>>;
  readonly items: readonly { readonly id: string; readonly [field: string]: unknown }[];
  readonly seconds: number;
}

/** How many members a set has, and which they are, unless it is too large to be read: then it has none here. */
export interface Members {
  readonly size: number;
  readonly members: readonly string[];
}

export interface Statement {
  readonly title: string;
  /** Path of the source that it is from. */
  readonly path: string;
  /** Markdown, of the kind that READMEs here are written in, or the text of a comment. */
  readonly text: string;
}
