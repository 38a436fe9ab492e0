import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import Table from "cli-table3";
import { Command, Option } from "commander";
import { type ConformanceModel, type ConformanceModels, reportText } from "../conformance/engine/index.ts";
import { UserError } from "../tla/errors.ts";
import { BAD_INPUT, NOT_CHECKED } from "./exit-codes.ts";
import { inLanes } from "./lanes.ts";
import { type ModelFile, modelsOf, specFolders } from "./manifest.ts";
import { integer } from "./numbers.ts";
import { count } from "./progress.ts";
import { protocols, specLibraries, specRoot } from "./protocols.ts";
import { statement, type Verified } from "./statement.ts";
import { type Verdict, verifyModel } from "./verify-model.ts";
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
    .option("--only <names...>", "protocols to verify (default: all)")
    .addOption(new Option("--bounds <bounds>", "how large the models are").choices(["quick", "full"]).default("quick"))
    .option("--workers <n>", "TLC's worker threads (default: one for each processor)", integer)
    .option("--specs <folder>", "the folder of the specifications", specRoot)
    .option("--json <file>", "write the results as JSON")
    .action(async (flags: VerifyFlags) => {
      process.exitCode = await verify(flags);
    });
}

async function verify(flags: VerifyFlags): Promise<number> {
  const folders = await chosen(flags);
  const catalogue = new Map<string, readonly ModelFile[]>();
  for (const folder of folders) catalogue.set(folder, await modelsOf(flags.specs, folder));
  const all: Verified[] = [];
  for (const [folder, models] of catalogue) all.push(await verifyFolder(folder, models, flags));
  const exit = exitOf(all);
  process.stdout.write(`${summaryTable(all)}\n\n${statement(all, flags.bounds)}\n\n${lastLine(all)}\n`);
  if (flags.json !== undefined) await writeJson(flags.json, all, exit);
  return exit;
}

async function chosen({ only, specs }: VerifyFlags): Promise<readonly string[]> {
  const folders = await specFolders(specs);
  const unknown = only?.find((name) => !folders.includes(name));
  if (unknown !== undefined) {
    throw new UserError(`There is no protocol ${unknown}; there is ${folders.join(", ")}.`, BAD_INPUT);
  }
  if (only === undefined) {
    const lost = protocols.find(({ protocol }) => !folders.includes(protocol));
    if (lost !== undefined) throw new UserError(`The specification of ${lost.protocol} is missing.`, NOT_CHECKED);
  }
  return folders.filter((folder) => only?.includes(folder) ?? true);
}

async function verifyFolder(folder: string, models: readonly ModelFile[], flags: VerifyFlags): Promise<Verified> {
  const conformance = protocols.find(({ protocol }) => protocol === folder);
  const libraries = await specLibraries(flags.specs, folder);
  const isRun = (model: ModelFile): boolean => flags.bounds === "full" || model.bounds === "quick";
  const run = models.filter(isRun);
  const verdicts: Verdict[] = [];
  const verifyOne = async (model: ModelFile, workers: number | undefined): Promise<void> => {
    const verdict = await verifyModel(model, systemOf(model, conformance), { libraries, workers });
    verdicts.push(verdict);
    process.stdout.write(`${line(verdict)}\n`);
  };
  for (const model of run.filter(({ purpose }) => purpose.kind === "good")) await verifyOne(model, flags.workers);
  // Those that fail stop early: what they take is mostly the start of a Java each, so they run beside each other.
  const failing = run.filter(({ purpose }) => purpose.kind !== "good");
  await inLanes(failing, flags.workers ?? availableParallelism(), (model) => verifyOne(model, 1));
  const faults = wholeOf(models, verdicts, conformance);
  for (const fault of faults) process.stdout.write(`FAIL ${folder}: ${fault}\n`);
  return { folder, conformance, verdicts, left: models.filter((model) => !isRun(model)), faults };
}

function systemOf({ cfg, text }: ModelFile, conformance: ConformanceModels | undefined): ConformanceModel | undefined {
  if (conformance === undefined || Object.hasOwn(conformance.notConformed, cfg)) return undefined;
  const system = conformance.modelOf(text);
  return typeof system === "string" ? undefined : system;
}

function line({ model, passed, words, tlc, conformance }: Verdict): string {
  const { purpose } = model;
  const what =
    purpose.kind === "good" ? "" : purpose.kind === "witness" ? `witness, ${purpose.reached}: ` : "must fail: ";
  const name = `${model.folder}/${model.cfg}`;
  const head = `${passed ? "PASS" : "FAIL"} ${name}: ${what}${words} (TLC ${tlc.seconds.toFixed(1)} s)`;
  if (conformance === undefined) return head;
  const { sound, complete, refusals, seconds } = conformance;
  const refused = `refusals ${count(refusals.compared)}`;
  const compared = `sound ${count(sound.compared)}, complete ${count(complete.compared)}, ${refused}`;
  const tail = `  in lockstep: ${compared} (${seconds.toFixed(1)} s)`;
  return passed
    ? `${head}\n${tail}`
    : `${reportText(conformance)}\n${head}\n${tail.replace("in lockstep", "NOT in lockstep")}`;
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
    for (const kind of ["must fail", "witness"] as const) {
      const of = verdicts.filter(({ model }) => model.purpose.kind === kind);
      const passed = of.filter((verdict) => verdict.passed).length;
      table.push([`${folder}: ${kind}`, `${passed} of ${of.length}`, ...Array<string>(7).fill("")]);
    }
  }
  return table.toString();
}

function exitOf(all: readonly Verified[]): number {
  const verdicts = all.flatMap((one) => one.verdicts);
  const failed = verdicts.find(({ passed }) => !passed);
  if (failed !== undefined) return failed.exitCode;
  return verdicts.length === 0 || all.some(({ faults }) => faults.length > 0) ? NOT_CHECKED : 0;
}

function lastLine(all: readonly Verified[]): string {
  const verdicts = all.flatMap((one) => one.verdicts);
  const passed = verdicts.filter((verdict) => verdict.passed).length;
  return `${exitOf(all) === 0 ? "PASS" : "FAIL"} ${passed} of ${verdicts.length}`;
}

async function writeJson(path: string, all: readonly Verified[], exit: number): Promise<void> {
  const of = (verdicts: readonly Verdict[], kind: string): Verdict[] =>
    verdicts.filter(({ model }) => model.purpose.kind === kind);
  const result = {
    protocols: all.map(({ folder, verdicts, left, faults }) => ({
      name: folder,
      models: of(verdicts, "good").map(modelJson),
      broken: of(verdicts, "must fail").map(({ model, passed, words }) => ({
        cfg: model.cfg,
        expected: model.checks[0],
        found: passed ? model.checks[0] : words,
      })),
      witnesses: of(verdicts, "witness").map(({ model, passed }) => ({ cfg: model.cfg, reached: passed })),
      left: left.map(({ cfg }) => cfg),
      faults,
    })),
    exit,
  };
  await writeFile(path, `${JSON.stringify(result, null, 2)}\n`).catch((error: unknown) => {
    throw new UserError(`${path} cannot be written: ${error instanceof Error ? error.message : error}.`, BAD_INPUT);
  });
}

function modelJson({ model, tlc, conformance }: Verdict): object {
  const { distinct, generated, depth, seconds, outcome } = tlc;
  const checked = { cfg: model.cfg, tlc: { result: outcome.kind, distinct, generated, depth, seconds } };
  if (conformance === undefined) return checked;
  const { states, edges, sound, complete, refusals } = conformance;
  return {
    ...checked,
    conformance: {
      states: states.reached,
      edges: edges.taken,
      sound: sound.compared,
      complete: complete.compared,
      refusals: refusals.compared,
      mismatches: sound.mismatches + complete.mismatches + refusals.mismatches,
      seconds: conformance.seconds,
    },
  };
}
