import { lineOfWords, readConfig } from "./config.ts";
import { findLocation } from "./location.ts";
import { type Message, MessageReader } from "./messages.ts";
import { NO_MODULE, type Problem, readSanyProblems } from "./problems.ts";
import type { Ended } from "./process.ts";
import type { ActionCoverage, InitialStates, Outcome, Progress, TlcResult } from "./result.ts";
import { UNFINISHED } from "./result.ts";
import type { Stop } from "./stop.ts";
import { type Trace, TraceBuilder } from "./trace.ts";

/** Where the words of a run come from, for what TLC leaves unsaid. */
export interface Source {
  readonly specPath: string;
  readonly configPath: string;
  readonly configText: string;
  readonly simulating: boolean;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Lines that the specification prints. */
  readonly onPrint?: ((line: string) => void) | undefined;
  /** Sees each message after it was taken in. */
  readonly onMessage?: ((message: Message) => void) | undefined;
}

/** Reads what TLC prints, as it arrives and in bounded memory, and folds it into a result. */
export class Interpreter {
  readonly #source: Source;
  readonly #reader = new MessageReader({
    onMessage: (message) => this.#message(message),
    onLine: (line) => this.#line(line),
  });
  readonly #started = performance.now();
  readonly #trace = new TraceBuilder();
  readonly #words: Words = new Words();
  readonly #sany: string[] = [];
  readonly #warnings: string[] = [];
  #version = "";
  #parsing = false;
  #verdict: Verdict | undefined;
  #counts: Counts = { generated: 0 };
  #lastReport: { readonly seconds: number; readonly generated: number } = { seconds: 0, generated: 0 };
  #depth: number | undefined;
  #initial: InitialStates | undefined;
  #coverage: ActionCoverage[] | undefined;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Whether a TLC has spoken at all. */
  get heard(): boolean {
    return this.#version !== "";
  }

  /** Takes what TLC printed, in pieces of any length. */
  push(text: string): void {
    this.#reader.push(text);
  }

  /** Takes a line outside of any message. */
  #line(line: string): void {
    const server = SERVER_VERSION.exec(line);
    if (this.#parsing) {
      if (this.#sany.length < MOST_LINES) this.#sany.push(line);
    } else if (server !== null) {
      this.#version = server[1] ?? "";
    } else {
      this.#source.onPrint?.(line);
    }
  }

  /** Takes a message. */
  #message(message: Message): void {
    if (message.severity === "warning" && !message.nested && this.#warnings.length < MOST_LINES) {
      this.#warnings.push(oneLine(message.text));
    }
    this.#trace.take(message);
    this.#count(message);
    this.#judge(message);
    this.#source.onMessage?.(message);
  }

  /** The result, once the process has ended; `stopped` says whether it was from outside. */
  result(end: Ended, stopped?: Stop): TlcResult {
    this.#reader.end();
    const outcome: Outcome =
      stopped === undefined ? this.#outcome(end) : { kind: "stopped", because: stopped, message: STOPPED[stopped] };
    const exitCode = outcome.kind === "stopped" ? UNFINISHED : outcome.kind === "config" ? 151 : (end.code ?? 255);
    return {
      version: this.#version,
      outcome,
      // A run that failed must never look like one that passed.
      exitCode: exitCode === 0 && outcome.kind !== "success" ? 255 : exitCode,
      generated: this.#counts.generated,
      ...defined({
        distinct: this.#counts.distinct,
        queue: this.#counts.queue,
        depth: this.#depth,
        initial: this.#initial,
        coverage: this.#coverage,
      }),
      seconds: this.#seconds(),
      warnings: this.#warnings,
    };
  }

  /** Messages that tell how far TLC is. */
  #count({ code, text }: Message): void {
    switch (code) {
      case 2262:
        this.#version = text.replace(/^TLC2 Version /, "");
        break;
      case 2220:
        this.#parsing = true;
        break;
      case 2219:
        this.#parsing = false;
        break;
      case 2190:
        this.#initial = readInitial(text);
        break;
      case 2200:
      case 2209:
        this.#report(text);
        break;
      case 2199:
      case 2210:
        this.#counts = { ...this.#counts, ...readCounts(text) };
        break;
      case 2194:
        this.#depth = Number(/\d+/.exec(text)?.[0]);
        break;
      case 2201:
        this.#coverage = [];
        break;
      case 2772: {
        const action = readCoverage(text);
        if (action !== undefined) this.#coverage?.push(action);
        break;
      }
      case 20000:
        this.#source.onPrint?.(text);
        break;
    }
  }

  #report(text: string): void {
    const depth = Number(/^Progress\((-?\d+)\)/.exec(text)?.[1]);
    if (depth > 0 && !this.#source.simulating) this.#depth = depth;
    this.#counts = { ...this.#counts, ...readCounts(text) };
    const seconds = this.#seconds();
    const { generated } = this.#counts;
    const passed = seconds - this.#lastReport.seconds;
    const rate = passed > 0 ? (generated - this.#lastReport.generated) / passed : 0;
    this.#lastReport = { seconds, generated };
    this.#source.onProgress?.({ ...this.#counts, ...defined({ depth: this.#depth }), rate, seconds });
  }

  /** Messages that say what is wrong, or that nothing is. The first verdict stands. */
  #judge({ code, severity, text, nested }: Message): void {
    const kind = VERDICTS.get(code);
    if (kind !== undefined) this.#verdict ??= { kind, text };
    if (nested) return;
    if ((severity === "error" || severity === "bug") && !NOT_A_REASON.has(code)) this.#words.add(text);
  }

  #outcome(end: Ended): Outcome {
    const verdict = this.#verdict ?? this.#judgeByExitCode(end.code);
    const message = this.#words.text() || oneLine(verdict?.text ?? "");
    const trace: Trace = this.#trace.build();
    switch (verdict?.kind) {
      case "success":
        return end.code === 0 ? { kind: "success" } : this.#failure(end);
      case "assumption": {
        const location = findLocation(message);
        return { kind: "assumption", message, ...defined({ location }) };
      }
      case "invariant":
      case "action-property":
        return { kind: verdict.kind, message: firstSentence(message), property: nameIn(verdict.text), trace };
      case "liveness": {
        const { properties } = readConfig(this.#source.configText);
        const named = /property (\S+) was violated/i.exec(verdict.text)?.[1];
        const property = named ?? (properties.length === 1 ? properties[0] : undefined);
        return { kind: "liveness", message: firstSentence(message), ...defined({ property }), trace };
      }
      case "deadlock":
        return { kind: "deadlock", message: firstSentence(message), trace };
      case "assert":
      case "evaluation":
        return { kind: verdict.kind, message, trace };
      case "parse": {
        const problems = readSanyProblems(this.#sany);
        const unsaid = { file: this.#source.specPath, text: emptyWords(this.#sany) ?? message };
        return { kind: "parse", message, problems: problems.length > 0 ? problems : [unsaid] };
      }
      case "config":
        return { kind: "config", message: oneLine(message), problems: [this.#configProblem(message)] };
      default:
        return this.#failure(end);
    }
  }

  /** Simulation says nothing at its end, and errors in a configuration have too many codes to list. */
  #judgeByExitCode(code: number | undefined): Verdict | undefined {
    if (code === 0 && this.#source.simulating && this.#words.text() === "") return { kind: "success", text: "" };
    if (code === 10) return { kind: "assumption", text: "" };
    if (code !== undefined && code >= 75 && code <= 77) return { kind: "evaluation", text: "" };
    if (code === 150) return { kind: "parse", text: "" };
    if (code === 151) return { kind: "config", text: "" };
    // TLC wraps what a specification makes Java throw into a message of its own.
    return this.#trace.empty ? undefined : { kind: "evaluation", text: "" };
  }

  #failure(end: Ended): Outcome {
    const words = this.#words.text() || oneLine(end.stderr);
    const how = end.code === undefined ? "TLC was killed" : `TLC ended with exit code ${end.code}`;
    return { kind: "failed", message: words === "" ? `${how} and did not say why.` : words };
  }

  #configProblem(message: string): Problem {
    const { configPath, configText } = this.#source;
    const text = oneLine(message);
    const line = Number(/configuration file at line (\d+)/.exec(message)?.[1] ?? Number.NaN);
    const found = Number.isNaN(line) ? lineOfWords(configText, text) : line;
    return { file: configPath, ...defined({ line: found }), text };
  }

  #seconds(): number {
    return (performance.now() - this.#started) / 1000;
  }
}

interface Verdict {
  readonly kind: Exclude<Outcome["kind"], "failed" | "stopped">;
  readonly text: string;
}

interface Counts {
  readonly generated: number;
  readonly distinct?: number;
  readonly queue?: number;
}

/** Messages that settle what became of a run, by TLC's code. */
const VERDICTS: ReadonlyMap<number, Verdict["kind"]> = new Map([
  [2193, "success"],
  [2104, "assumption"],
  [2105, "assumption"],
  [2404, "assumption"],
  [2405, "assumption"],
  [2107, "invariant"],
  [2110, "invariant"],
  [2108, "action-property"],
  [2112, "action-property"],
  [2114, "deadlock"],
  [2116, "liveness"],
  [2132, "assert"],
  [2109, "evaluation"],
  [2106, "evaluation"],
  [2103, "evaluation"],
  [2111, "evaluation"],
  [2113, "evaluation"],
  [2147, "evaluation"],
  [3002, "parse"],
  [2171, "parse"],
  [5001, "config"],
  [5002, "config"],
  [5003, "config"],
  [5004, "config"],
  [5005, "config"],
  [5006, "config"],
]);

/** Errors by class that only introduce the states below them. */
const NOT_A_REASON: ReadonlySet<number> = new Set([2121, 2264]);

const STOPPED = {
  timeout: "The time that was given ran out before TLC had finished.",
  aborted: "The run was stopped before TLC had finished.",
  outgrown: "The graph became larger than it may be.",
} as const;

const SERVER_VERSION = /^TLC2 TLC Server Version (.+)$/;

/** How many warnings, and how many of the parser's lines, are kept. */
const MOST_LINES = 2_000;

/** What TLC says before the words that count, where it met an exception of Java. */
const WRAPPING = /^TLC threw an unexpected exception[\s\S]*?The exception was an? \S+\s*: /;

/** TLC's words on what is wrong, bounded. */
class Words {
  #text = "";

  add(text: string): void {
    const told = text.replace(WRAPPING, "").trim();
    if (told !== "" && this.#text.length < 16_384) this.#text += `${this.#text === "" ? "" : "\n"}${told}`;
  }

  text(): string {
    return this.#text.trim();
  }
}

function readCounts(text: string): Partial<Counts> {
  const number = (pattern: RegExp): number | undefined => {
    const digits = pattern.exec(text)?.[1]?.replaceAll(",", "");
    return digits === undefined || digits.startsWith("-") ? undefined : Number(digits);
  };
  return defined({
    generated: number(/(-?[\d,]+) states generated/) ?? number(/states generated: (-?[\d,]+)/),
    distinct: number(/(-?[\d,]+) distinct states found/),
    queue: number(/(-?[\d,]+) states left on queue/),
  });
}

/** Reads `… initial states: 1 distinct state generated at …` and `… 4 states generated, with 2 of them distinct …`. */
function readInitial(text: string): InitialStates | undefined {
  const [first, second] = /initial states: ([\d,]+) .*?(?:with ([\d,]+) of them|generated)/.exec(text)?.slice(1) ?? [];
  if (first === undefined) return undefined;
  const generated = Number(first.replaceAll(",", ""));
  return { generated, distinct: second === undefined ? generated : Number(second.replaceAll(",", "")) };
}

/** Reads `<Up line 13, col 1 to line 13, col 5 of module Counter>: 14:16`. */
function readCoverage(text: string): ActionCoverage | undefined {
  const parts = /^<(\S+) (.*)>: ([\d,]+):([\d,]+)$/.exec(text.trim());
  const location = findLocation(parts?.[2] ?? "");
  if (parts === null || location === undefined) return undefined;
  const [distinct = 0, generated = 0] = parts.slice(3, 5).map((digits) => Number(digits.replaceAll(",", "")));
  return { action: parts[1] ?? "", location, distinct, generated };
}

/** The name in `Invariant Small is violated.` and `Action property P is violated.` */
function nameIn(text: string): string {
  return /(?:Invariant|[Pp]roperty) (\S+) (?:is|was) violated/.exec(text)?.[1] ?? "";
}

/** What SANY throws over an empty file, or one without a module, says nothing to anyone. */
function emptyWords(sany: readonly string[]): string | undefined {
  return sany.some((line) => line.includes("NullPointerException")) ? NO_MODULE : undefined;
}

function firstSentence(text: string): string {
  return (text.split("\n", 1)[0] ?? "").replace(/ by the initial state:$/, " by the initial state.");
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").trim();
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Drops the fields that are undefined. */
function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}
