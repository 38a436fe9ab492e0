import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { Command } from "commander";
import pc from "picocolors";
import { UserError } from "../tla/errors.ts";
import {
  type ActionCoverage,
  problemText,
  runDistributedTlc,
  runTlc,
  type TlcOptions,
  type TlcResult,
  traceOf,
  UNFINISHED,
} from "../tla/tlc/index.ts";
import { printChart, printTrace, toItfTrace } from "../tla/trace/index.ts";
import { writeItf } from "../tla/values/itf.ts";
import { INTERRUPTED, interruptible } from "./interrupt.ts";
import { integer, seconds } from "./numbers.ts";
import { count, ProgressLine } from "./progress.ts";

interface CheckFlags {
  readonly config?: string;
  readonly library?: readonly string[];
  readonly workers?: number;
  readonly simulate?: true;
  readonly seed?: number;
  readonly depth?: number;
  readonly traces?: number;
  readonly dump?: string;
  readonly distributed?: true;
  readonly workerProcesses?: number;
  readonly deadlock: boolean;
  readonly coverage?: true;
  readonly fp?: number;
  readonly heap?: string;
  readonly timeout?: number;
  readonly chart?: true;
  readonly itf?: string;
  readonly json?: string;
}

/** `lockstep check`: runs TLC on any specification. */
export function checkCommand(): Command {
  return new Command("check")
    .description("check a TLA+ specification with TLC; the exit code is TLC's")
    .argument("<spec>", "the module to check, for instance path/to/MC.tla")
    .option("--config <file>", "the configuration (default: the module's name with .cfg)")
    .option("--library <folders...>", "folders that hold further modules")
    .option("--workers <n>", "TLC's worker threads (default: one for each processor)", integer)
    .option("--simulate", "random behaviours instead of all")
    .option("--seed <n>", "seed of the simulation", integer)
    .option("--depth <n>", "longest behaviour of the simulation", integer)
    .option("--traces <n>", "number of behaviours of the simulation (default: 1000)", integer)
    .option("--dump <file>", "write the complete state graph in TLC's DOT form")
    .option("--distributed", "TLC's distributed mode, with all its processes on this machine")
    .option("--worker-processes <n>", "worker processes of the distributed mode (default: 2)", integer)
    .option("--no-deadlock", "allow deadlocks, whatever the configuration says")
    .option("--coverage", "count how often each action is taken")
    .option("--fp <n>", "index of the fingerprint polynomial, 0 to 130", integer)
    .option("--heap <size>", "Java's heap, for instance 4g")
    .option("--timeout <s>", "stop after so many seconds", seconds)
    .option("--chart", "draw a counterexample as a sequence chart as well")
    .option("--itf <file>", "write a counterexample in the Informal Trace Format")
    .option("--json <file>", "write the result as JSON")
    .action(async (spec: string, flags: CheckFlags) => {
      process.exitCode = await check(spec, flags);
    });
}

async function check(spec: string, flags: CheckFlags): Promise<number> {
  requireCompatible(flags);
  const name = basename(flags.config ?? spec).replace(/\.(tla|cfg)$/, "");
  const result = await run(name, spec, flags);
  const verdict = verdictOf(result);
  process.stdout.write(`${report(name, result, verdict, flags.chart === true)}\n`);
  await writeFiles(spec, result, verdict.exitCode, flags);
  return verdict.exitCode;
}

function requireCompatible(flags: CheckFlags): void {
  const simulation = [flags.seed, flags.depth, flags.traces].some((value) => value !== undefined);
  const complaint =
    simulation && flags.simulate === undefined
      ? "--seed, --depth and --traces belong to --simulate: add it."
      : flags.workerProcesses !== undefined && flags.distributed === undefined
        ? "--worker-processes belongs to --distributed: add it."
        : flags.distributed === true && (flags.simulate ?? flags.dump ?? flags.coverage) !== undefined
          ? "--distributed goes with none of --simulate, --dump and --coverage: leave one of them out."
          : undefined;
  if (complaint !== undefined) throw new UserError(complaint, 64);
}

async function run(name: string, spec: string, flags: CheckFlags): Promise<TlcResult> {
  const progress = new ProgressLine(name);
  try {
    return await interruptible(async (signal) => {
      const options: TlcOptions = {
        ...defined({
          config: flags.config,
          libraries: flags.library,
          workers: flags.workers,
          fingerprint: flags.fp,
          heap: flags.heap,
          timeout: flags.timeout,
        }),
        spec,
        signal,
        ...(flags.deadlock ? {} : { deadlock: false }),
        onProgress: (report) => progress.report(report),
        onPrint: (line) => progress.note(line),
        onReport: (line) => progress.note(line),
      };
      if (flags.distributed === true) {
        return runDistributedTlc({ ...options, ...defined({ workerProcesses: flags.workerProcesses }) });
      }
      const { seed, depth, traces } = flags;
      return runTlc({
        ...options,
        ...defined({ dump: flags.dump, coverage: flags.coverage }),
        ...(flags.simulate === undefined ? {} : { simulate: defined({ seed, depth, traces }) }),
      });
    });
  } finally {
    progress.done();
  }
}

interface Verdict {
  readonly passed: boolean;
  readonly words: string;
  readonly exitCode: number;
}

function verdictOf(result: TlcResult): Verdict {
  const { outcome, exitCode } = result;
  if (outcome.kind === "stopped") {
    const interrupted = outcome.because === "aborted";
    return { passed: false, words: outcome.message, exitCode: interrupted ? INTERRUPTED : UNFINISHED };
  }
  if (outcome.kind !== "success") return { passed: false, words: outcome.message, exitCode };
  if ((result.distinct ?? result.generated) > 0) return { passed: true, words: "No error was found.", exitCode };
  return {
    passed: false,
    words: "Nothing was checked: no state satisfies the initial predicate.",
    exitCode: UNFINISHED,
  };
}

function report(name: string, result: TlcResult, { passed, words }: Verdict, chart: boolean): string {
  const { outcome } = result;
  const trace = traceOf(outcome);
  const drawn = chart && trace !== undefined ? printChart(trace) : undefined;
  const property = outcome.kind === "liveness" && outcome.property !== undefined ? ` (${outcome.property})` : "";
  return [
    `${passed ? pc.green("PASS") : pc.red("FAIL")} ${name}: ${words}${property}`,
    ...("problems" in outcome ? outcome.problems.map((problem) => `  ${problemText(problem)}`) : []),
    `  ${totals(result)}`,
    ...result.warnings.map((warning) => `  Warning: ${warning}`),
    ...(trace === undefined ? [] : ["", printTrace(trace)]),
    ...(drawn === undefined ? [] : ["", drawn]),
    ...(chart && trace !== undefined && drawn === undefined ? ["", "(no processes can be told, so no chart)"] : []),
    ...(result.coverage === undefined ? [] : ["", ...result.coverage.map(coverageText)]),
  ].join("\n");
}

function totals({ version, generated, distinct, queue, depth, seconds: time }: TlcResult): string {
  return [
    `TLC ${version}`,
    `${count(generated)} states generated`,
    ...(distinct === undefined ? [] : [`${count(distinct)} distinct`]),
    ...(queue === undefined ? [] : [`${count(queue)} left on queue`]),
    ...(depth === undefined ? [] : [`depth ${depth}`]),
    `${time.toFixed(1)} s`,
  ].join(", ");
}

function coverageText({ action, distinct, generated }: ActionCoverage): string {
  const never = generated === 0 ? pc.yellow("  never taken") : "";
  return `  ${action}: ${count(generated)} generated, ${count(distinct)} of them new${never}`;
}

async function writeFiles(spec: string, result: TlcResult, exitCode: number, flags: CheckFlags): Promise<void> {
  const trace = traceOf(result.outcome);
  if (flags.json !== undefined) {
    await write(flags.json, `${JSON.stringify({ spec, config: flags.config, ...result, exitCode }, null, 2)}\n`);
  }
  if (flags.itf === undefined) return;
  if (trace === undefined) {
    process.stderr.write(`There is no counterexample, so ${flags.itf} was not written.\n`);
    return;
  }
  const meta = { source: basename(spec), tlc: result.version, ...defined({ seed: flags.seed }) };
  await write(flags.itf, writeItf(toItfTrace(trace, meta)));
}

async function write(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw new UserError(`${file} cannot be written (${error instanceof Error ? error.message : error}).`, 64);
  }
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Drops the fields that are undefined. */
function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}
