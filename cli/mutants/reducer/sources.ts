import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UserError } from "../../../tla/errors.ts";
import { readText } from "../../../tla/values/file.ts";
import { filesBelow } from "../../below.ts";
import { MISSING_TOOL } from "../../exit-codes.ts";

/** What a reducer is made of. */
export interface ReducerSources {
  readonly folder: string;
  /** The texts of its sources by their paths below the folder. */
  readonly sources: ReadonlyMap<string, string>;
  /** The paths of its tests below the folder. */
  readonly tests: readonly string[];
  /** The paths of all that is not a source: the tests, and what only they use. */
  readonly helpers: readonly string[];
  /** The file that says why mutants may survive. */
  readonly reasons: string;
}

/**
 * The sources of a reducer, which is a folder or one file; what only tests use is left out.
 *
 * @throws UserError (2) where there is none, as in an installed package.
 */
export async function sourcesOf(reducer: string): Promise<ReducerSources> {
  const isFile = await stat(reducer).then(
    (found) => found.isFile(),
    () => false,
  );
  const folder = isFile ? dirname(reducer) : reducer;
  const reasons = isFile ? reducer.replace(/\.[tj]s$/, ".survivors.json") : join(folder, "survivors.json");
  const paths = isFile ? [basename(reducer)] : await programsBelow(folder);
  const tests = paths.filter((path) => /\.test\.[tj]s$/.test(path));
  const helpers = paths.filter((path) => tests.includes(path) || /(^|\/)testing\/|\.d\.ts$/.test(path));
  const sources = new Map<string, string>();
  for (const path of paths) if (!helpers.includes(path)) sources.set(path, await readText(join(folder, path)));
  if (sources.size > 0) return { folder, sources, tests, helpers, reasons };
  throw new UserError(`The sources of the reducer are not at ${reducer}, so there is nothing to mutate.`, MISSING_TOOL);
}

async function programsBelow(folder: string): Promise<string[]> {
  return (await filesBelow(folder)).filter((path) => /\.[tj]s$/.test(path));
}
