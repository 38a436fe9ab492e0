import { basename, dirname } from "node:path";
import { UserError } from "../errors.ts";
import { LineSplitter } from "./lines.ts";
import { findSpec, type TlcOptions } from "./options.ts";
import { NO_MODULE, type Problem, readSanyProblems } from "./problems.ts";
import type { Ended } from "./process.ts";
import { type SessionOptions, withSession } from "./session.ts";

/** What SANY, the parser of TLA+, found in a module. */
export interface SanyResult {
  /** Empty where the module is well formed. */
  readonly problems: readonly Problem[];
  /** Names of the modules that were read, in the order of their dependencies; the module itself comes last. */
  readonly modules: readonly string[];
}

/** The options that parsing and checking share. */
export interface SanyOptions extends SessionOptions, Pick<TlcOptions, "spec" | "libraries"> {}

/**
 * Parses a module and all that it extends, without a configuration.
 *
 * @throws UserError where SANY cannot be run or was stopped: 2 for a missing tool, 64 for a missing file, 4 for a run
 *   that was stopped.
 */
export async function runSany(options: SanyOptions): Promise<SanyResult> {
  const { specPath, libraries } = await findSpec(options.spec, options.libraries ?? []);
  return withSession(options, async (session) => {
    const lines: string[] = [];
    const splitter = new LineSplitter((line) => {
      if (lines.length < MOST_LINES) lines.push(line);
    });
    const child = await session.start({
      name: "sany",
      main: "tla2sany.SANY",
      args: [basename(specPath)],
      cwd: dirname(specPath),
      libraries,
      onOutput: (text) => splitter.push(text),
    });
    const ended = await child.ended;
    splitter.end();
    if (session.stopped() !== undefined) throw new UserError(`${specPath} was not parsed to its end.`, 4);
    if (!lines.some((line) => line.includes("SANY"))) throw session.mute(ended);
    return readResult(lines, specPath, ended);
  });
}

const MOST_LINES = 10_000;

function readResult(lines: readonly string[], specPath: string, { code, stderr }: Ended): SanyResult {
  const problems = readSanyProblems(lines);
  const modules = lines.flatMap((line) => /^Semantic processing of module (\w+)$/.exec(line)?.[1] ?? []);
  // SANY 2.1 ends with 0 over semantic errors, so its words count, and silence about the module is an error as well.
  const done = code === 0 && modules.at(-1) === basename(specPath, ".tla");
  if (problems.length > 0 || done) return { problems, modules };
  const last = stderr.trim().split("\n", 1)[0] || `SANY ended with exit code ${code ?? "none"} and did not say why.`;
  const text = lines.some((line) => line.includes("NullPointerException")) ? NO_MODULE : last;
  return { problems: [{ file: specPath, text }], modules };
}
