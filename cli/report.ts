import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import {
  differencesOf,
  pagesOf,
  protocolReport,
  type Report,
  readReport,
  standingOf,
  summaryOf,
} from "../report/index.ts";
import { UserError } from "../tla/errors.ts";
import { readText } from "../tla/values/file.ts";
import { BAD_INPUT, NOT_CHECKED } from "./exit-codes.ts";
import { specFolders } from "./manifest.ts";
import { packageRoot, specRoot } from "./protocols.ts";
import { type Inputs, materialOf } from "./report-material.ts";
import { writeWhole } from "./results-file.ts";
import { readVerified } from "./verify-file.ts";

export interface ReportFlags {
  readonly out: string;
  readonly protocol?: readonly string[];
  readonly verify?: string;
  readonly results?: string;
  readonly against?: string;
  readonly json?: string;
}

/** `lockstep report`: what was checked and what was not, as pages for people and as JSON. */
export function reportCommand(): Command {
  return new Command("report")
    .description("write a folder of pages on what was checked of each protocol, and what was not")
    .requiredOption("--out <folder>", "where the pages go; it is empty or holds an earlier report")
    .option("--protocol <names...>", "protocols by name, or by the path of a module that exports one (default: all)")
    .option("--verify <file>", "what lockstep verify --json wrote (default: results/verify.json)")
    .option("--results <folder>", "<protocol>/{fuzz,coverage,replay,mutants}.json (default: results/)")
    .option("--against <file>", "the report.json of an earlier report: adds a page of what has changed since")
    .option("--json <file>", "write the same content as JSON, as report.json in the folder has it")
    .action(async (flags: ReportFlags) => {
      process.exitCode = await report(flags);
    });
}

/** Writes a report. Gives the exit code. @throws UserError (64) for files that are not what they should be. */
export async function report(flags: ReportFlags): Promise<number> {
  const earlier = flags.against === undefined ? undefined : readReport(await readText(flags.against), flags.against);
  const made = await gathered(flags);
  if (made.protocols.length === 0) throw new UserError("There is no protocol to report on.", NOT_CHECKED);
  const differences = earlier === undefined ? undefined : differencesOf(earlier, made);
  const json = `${JSON.stringify(made, null, 1)}\n`;
  const files = new Map([...pagesOf(made, differences), ["report.json", json]]);
  await clear(flags.out);
  for (const [path, text] of files) await writeWhole(join(flags.out, path), text);
  if (flags.json !== undefined) await writeWhole(flags.json, json);
  for (const { protocol, about, name, before, after } of differences ?? []) {
    process.stdout.write(`${protocol}: ${about}: ${name}: ${before ?? "(none)"} -> ${after ?? "(none)"}\n`);
  }
  if (differences !== undefined) process.stdout.write(`Since the earlier report: ${summaryOf(differences)}.\n`);
  for (const protocol of made.protocols) {
    const standing = standingOf(protocol).join("; ");
    process.stdout.write(`${protocol.name}: ${standing || "all of it was run for these sources, and as it should"}\n`);
  }
  // What is written may say that nothing was run, so this is no PASS.
  const protocols = `${made.protocols.length} ${made.protocols.length === 1 ? "protocol" : "protocols"}`;
  process.stdout.write(`WROTE ${files.size} files on ${protocols}: ${join(flags.out, "index.html")}\n`);
  return 0;
}

async function gathered({ protocol, verify, results }: ReportFlags): Promise<Report> {
  const inputs: Inputs = { verified: await verifiedOf(verify), results };
  const names = protocol ?? (await specFolders(specRoot));
  const protocols: Report["protocols"][number][] = [];
  for (const name of new Set(names)) protocols.push(protocolReport(await materialOf(name, inputs)));
  return { format: "lockstep-report", version: 1, tool: await tool(), protocols };
}

/** A file that is named must be there; where none is, that of the package may be missing. */
async function verifiedOf(path: string | undefined): Promise<Inputs["verified"]> {
  if (path !== undefined) return readVerified(path);
  const folder = join(packageRoot, "results");
  const there = await readdir(folder).catch((): string[] => []);
  return there.includes("verify.json") ? readVerified(join(folder, "verify.json")) : new Map();
}

async function tool(): Promise<string> {
  const { version } = JSON.parse(await readText(join(packageRoot, "package.json"))) as { version: string };
  return `lockstep ${version}`;
}

/**
 * Removes an earlier report from a folder, its own files and no others.
 *
 * @throws UserError (64) where the folder holds something, and no report that this version has written.
 */
async function clear(folder: string): Promise<void> {
  const there = await readdir(folder).catch((error: unknown): string[] => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw new UserError(`${folder} is no folder that can be written to.`, BAD_INPUT);
  });
  if (there.length === 0) return;
  const path = join(folder, "report.json");
  const json = await readFile(path, "utf8").catch(() => {
    throw new UserError(`${folder} is not empty and holds no earlier report; name another folder.`, BAD_INPUT);
  });
  const earlier = readReport(json, path);
  for (const name of [...pagesOf(earlier, []).keys(), "report.json"]) await rm(join(folder, name), { force: true });
}
