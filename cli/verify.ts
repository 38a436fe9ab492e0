import { availableParallelism } from "node:os";
import { join } from "node:path";
import Table from "cli-table3";
import { Command, Option } from "commander";
import { type ConformanceModel, type ConformanceModels, reportText } from "../conformance/engine/index.ts";
import { UserError } from "../tla/errors.ts";
import { exceptionOf } from "./excepted.ts";
import { BAD_INPUT, NOT_CHECKED } from "./exit-codes.ts";
import { inLanes } from "./lanes.ts";
import { isModulePath, located } from "./located.ts";
import { type ModelFile, modelsOf, specFolders } from "./manifest.ts";
import { integer } from "./numbers.ts";
import { count } from "./progress.ts";
import { folderOf, protocols, specLibraries, specRoot } from "./protocols.ts";
import { sourceHash } from "./source-hash.ts";
import { statement, type Verified } from "./statement.ts";
import { writeVerified } from "./verify-file.ts";
import { faultsOfJobs, type Jobs, jobsIn } from "./verify-jobs.ts";
import { replayKept } from "./verify-kept.ts";
import { type Verdict, verifyModel } from "./verify-model.ts";
import type { Simulated } from "./verify-simulated.ts";
import { toolsOf } from "./verify-tools.ts";
import { wholeOf } from "./verify-whole.ts";

interface VerifyFlags {
  readonly only?: readonly string[];
  readonly bounds: "quick" | "full";
  readonly workers?: number;
  readonly specs: string;
  readonly json?: string;
}

/** `lockstep verify`: model checking, must-fail models, witnesses and conformance, for every protocol there is. */
export function verifyCommand(): Command {
  return new Command("verify")
    .description("check every specification with TLC and every reducer against its specification")
    .option("--only <names...>", "protocols to verify, or paths of modules that export one (default: all of ours)")
    .addOption(new Option("--bounds <bounds>", "how large the models are").choices(["quick", "full"]).default("quick"))
    .option("--workers <n>", "TLC's worker threads (default: one for each processor)", integer)
    .option("--specs <folder>", "the folder of the specifications", specRoot)
    .option("--json <file>", "write the results as JSON")
    .action(async (flags: VerifyFlags) => {
      process.exitCode = await verify(flags);
    });
}

async function verify(flags: VerifyFlags): Promise<number> {
  const all: Verified[] = [];
  for (const subject of await chosen(flags)) all.push(await verifySubject(subject, flags));
  const exit = exitOf(all);
  const tools = await toolsOf(
    all.flatMap(({ verdicts }) => verdicts),
    flags.workers,
  );
  process.stdout.write(`${summaryTable(all)}\n\n${statement(all, flags.bounds, tools)}\n\n${lastLine(all)}\n`);
  if (flags.json !== undefined) await writeVerified(flags.json, { bounds: flags.bounds, tools, all, exit });
  return exit;
}

/** A folder of specifications, with what there is to conform. */
interface Subject {
  readonly folder: string;
  readonly models: readonly ModelFile[];
  readonly conformance: ConformanceModels | undefined;
  readonly libraries: readonly string[];
  /** The folder of the behaviours that are kept. */
  readonly traces: string;
  /** What the results are of; undefined where the sources are not all here. */
  readonly sha256: string | undefined;
  readonly jobs: Jobs;
}

/** Every manifest is read before anything runs. */
async function chosen({ only, specs }: VerifyFlags): Promise<readonly Subject[]> {
  const folders = await specFolders(specs);
  if (only === undefined) {
    const lost = protocols.find(({ protocol }) => !folders.includes(protocol));
    if (lost !== undefined) throw new UserError(`The specification of ${lost.protocol} is missing.`, NOT_CHECKED);
  }
  const unknown = only?.find((name) => !folders.includes(name) && !isModulePath(name));
  if (unknown !== undefined) {
    throw new UserError(`There is no protocol ${unknown}; there is ${folders.join(", ")}.`, BAD_INPUT);
  }
  return Promise.all((only ?? folders).map((name) => (isModulePath(name) ? elsewhere(name) : ours(name, specs))));
}

async function ours(folder: string, specs: string): Promise<Subject> {
  const conformance = protocols.find(({ protocol }) => protocol === folder);
  const libraries = await specLibraries(specs, folder);
  const sources = { spec: join(specs, folder), libraries };
  const programs = { reducer: folderOf("impl", folder), binding: folderOf("conformance", folder) };
  return {
    folder,
    models: await modelsOf(join(specs, folder)),
    conformance,
    libraries,
    // They are of these specifications, so they lie beside them.
    traces: join(specs, "..", "traces", folder),
    sha256: await sourceHash(conformance === undefined ? sources : { ...sources, ...programs }),
    jobs: await jobsIn(folderOf("results", folder), folder),
  };
}

async function elsewhere(name: string): Promise<Subject> {
  const found = await located(name);
  const { models, spec, libraries } = found;
  const folder = models.protocol;
  return {
    folder,
    models: await modelsOf(spec, name),
    conformance: models,
    libraries,
    traces: found.traces,
    sha256: await sourceHash(found),
    jobs: await jobsIn(found.results, folder),
  };
}

async function verifySubject(subject: Subject, flags: VerifyFlags): Promise<Verified> {
  const { folder, models, conformance, libraries, traces, sha256, jobs } = subject;
  const isRun = (model: ModelFile): boolean => flags.bounds === "full" || model.bounds === "quick";
  const run = models.filter(isRun);
  const verdicts: Verdict[] = [];
  const verifyOne = async (model: ModelFile, workers: number | undefined): Promise<void> => {
    const verdict = await verifyModel(model, systemOf(model, conformance), { libraries, workers });
    verdicts.push(verdict);
    process.stdout.write(`${line(folder, verdict)}\n`);
  };
  for (const model of run.filter(({ purpose }) => purpose.kind === "good")) await verifyOne(model, flags.workers);
  // Those that fail stop early: what they take is mostly the start of a Java each, so they run beside each other.
  const others = run.filter(({ purpose }) => purpose.kind !== "good");
  await inLanes(others, flags.workers ?? availableParallelism(), (model) => verifyOne(model, 1));
  const replay =
    conformance === undefined ? undefined : await replayKept({ models: conformance, libraries, traces }, models);
  if (replay !== undefined) {
    const head = `${replay.passed ? "PASS" : "FAIL"} ${folder}: replay of what is kept: ${replay.words}`;
    process.stdout.write(`${[...replay.failures, `${head} (${replay.seconds.toFixed(1)} s)`].join("\n")}\n`);
  }
  const faults = [...wholeOf(models, verdicts, conformance), ...faultsOfJobs(jobs)];
  for (const fault of faults) process.stdout.write(`FAIL ${folder}: ${fault}\n`);
  const left = models.filter((model) => !isRun(model));
  return { folder, conformance, sha256, verdicts, replay, left, jobs, faults };
}

function systemOf(model: ModelFile, conformance: ConformanceModels | undefined): ConformanceModel | undefined {
  if (conformance === undefined || exceptionOf(model, conformance) !== undefined) return undefined;
  const system = conformance.modelOf(model.text);
  return typeof system === "string" ? undefined : system;
}

function line(folder: string, { model, passed, words, tlc, conformance, simulated }: Verdict): string {
  const name = `${folder}/${model.cfg}`;
  const head = `${passed ? "PASS" : "FAIL"} ${name}: ${what(model)}${words} (TLC ${tlc.seconds.toFixed(1)} s)`;
  if (simulated?.steps !== undefined) return [...simulationLines(simulated), head].reverse().join("\n");
  if (conformance === undefined) return head;
  const { sound, complete, refusals, seconds } = conformance;
  const refused = `refusals ${count(refusals.compared)}`;
  const compared = `sound ${count(sound.compared)}, complete ${count(complete.compared)}, ${refused}`;
  const tail = `  in lockstep: ${compared} (${seconds.toFixed(1)} s)`;
  return passed
    ? `${head}\n${tail}`
    : `${reportText(conformance)}\n${head}\n${tail.replace("in lockstep", "NOT in lockstep")}`;
}

function what({ purpose }: ModelFile): string {
  switch (purpose.kind) {
    case "good":
      return "";
    case "witness":
      return `witness, ${purpose.reached}: `;
    case "simulate":
      return `simulated, ${purpose.of}: `;
    case "must fail":
      return "must fail: ";
  }
}

function simulationLines({ steps = 0, actions = {}, seconds, first }: Simulated): string[] {
  const taken = Object.entries(actions).map(([action, times]) => `${action} ${count(times)}`);
  const replayed = `  replayed: ${count(steps)} steps (${seconds.toFixed(1)} s): ${taken.join(", ")}`;
  return [replayed, ...(first === undefined ? [] : [first])];
}

/** The models that must hold, one a row; of the others it is enough how many did what they should. */
function summaryTable(all: readonly Verified[]): string {
  const table = new Table({
    head: ["model", "result", "distinct", "edges", "sound", "complete", "refusals", "TLC s", "conform s"],
    colAligns: ["left", "left", ...Array<"right">(7).fill("right")],
    style: { head: [], border: [], compact: true },
  });
  for (const { folder, verdicts } of all) {
    for (const { model, passed, tlc, conformance } of verdicts.filter(({ model }) => model.purpose.kind === "good")) {
      const { edges, sound, complete, refusals } = conformance ?? {};
      const compared = [edges?.taken, sound?.compared, complete?.compared, refusals?.compared];
      table.push([
        `${folder}/${model.cfg}`,
        passed ? "PASS" : "FAIL",
        count(tlc.distinct ?? 0),
        ...compared.map((number) => (number === undefined ? "" : count(number))),
        tlc.seconds.toFixed(1),
        conformance?.seconds.toFixed(1) ?? "",
      ]);
    }
    for (const kind of ["must fail", "witness", "simulate"] as const) {
      const of = verdicts.filter(({ model }) => model.purpose.kind === kind);
      const passed = of.filter((verdict) => verdict.passed).length;
      table.push([`${folder}: ${kind}`, `${passed} of ${of.length}`, ...Array<string>(7).fill("")]);
    }
  }
  return table.toString();
}

function exitOf(all: readonly Verified[]): number {
  const verdicts = checkedIn(all);
  const failed = verdicts.find(({ passed }) => !passed);
  if (failed !== undefined) return failed.exitCode;
  return verdicts.length === 0 || all.some(({ faults }) => faults.length > 0) ? NOT_CHECKED : 0;
}

/** What passes or fails by itself: each configuration, and the replay of what is kept of each protocol. */
function checkedIn(all: readonly Verified[]): readonly Pick<Verdict, "passed" | "exitCode">[] {
  return all.flatMap(({ verdicts, replay }) => [...verdicts, ...(replay === undefined ? [] : [replay])]);
}

function lastLine(all: readonly Verified[]): string {
  const verdicts = checkedIn(all);
  const passed = verdicts.filter((verdict) => verdict.passed).length;
  return `${exitOf(all) === 0 ? "PASS" : "FAIL"} ${passed} of ${verdicts.length}`;
}
