import { execFile } from "node:child_process";
import { access, cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { UserError } from "../../../tla/errors.ts";
import { NOT_CHECKED } from "../../exit-codes.ts";
import type { ReducerMutant } from "./mutant.ts";
import { compiler } from "./tools.ts";

/**
 * The mutants that the compiler refuses, each with its first error. Every mutant becomes a file beside the source that
 * it changes, in a copy of the reducer's project, and one run of the compiler reads them all under the project's own
 * settings; only what is left unused is no error here, as it says nothing of what a mutant does.
 *
 * @throws UserError (2) where there is no compiler, (4) where it does not take the reducer as it is: nothing could be
 *   told from its errors.
 * @throws Error where a mutant does not parse: a defect of ours.
 */
export async function illTyped(
  folder: string,
  mutants: readonly ReducerMutant[],
  temporary: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<ReducerMutant, string>> {
  const tsc = await compiler();
  const config = await nearest(folder, "tsconfig.json");
  if (config === undefined) return new Map();
  const project = dirname(config);
  const copy = join(temporary, basename(project));
  await cp(project, copy, { recursive: true, filter: (path) => !/^(node_modules|dist)$/.test(basename(path)) });
  const manifest = await nearest(folder, "package.json");
  if (manifest !== undefined) {
    await symlink(manifest, join(temporary, "package.json"));
    const packages = await nearest(dirname(manifest), "node_modules");
    if (packages !== undefined) await symlink(packages, join(temporary, "node_modules"));
  }
  const planted = new Map<string, ReducerMutant>();
  for (const mutant of mutants) {
    const path = join(relative(project, folder), pathOf(mutant));
    await mkdir(dirname(join(copy, path)), { recursive: true });
    await writeFile(join(copy, path), mutant.text);
    planted.set(path, mutant);
  }
  // The sources as they are, too: an error of theirs would be one of each of their mutants.
  const sources = new Set(mutants.map(({ file }) => join(relative(project, folder), file)));
  await writeFile(join(copy, "tsconfig.json"), JSON.stringify(settings(config, [...sources, ...planted.keys()])));
  const errors = await compile(tsc, copy, signal);
  return told(errors, planted);
}

/** A path beside the source, which no source has. */
function pathOf({ file, switch: number }: ReducerMutant): string {
  const extension = extname(file);
  return `${file.slice(0, -extension.length)}.mutant-${number}${extension}`;
}

async function nearest(folder: string, name: string): Promise<string | undefined> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const path = join(at, name);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
    if (dirname(at) === at) return undefined;
  }
}

/** The project's own settings, over these files and those that they import. */
function settings(config: string, files: readonly string[]): object {
  const writesNothing = { composite: false, incremental: false, declaration: false, isolatedDeclarations: false };
  const leftUnused = { noUnusedLocals: false, noUnusedParameters: false, allowUnreachableCode: true };
  const compilerOptions = { ...writesNothing, noEmit: true, rootDir: ".", ...leftUnused };
  return { extends: config, compilerOptions, include: [], files, references: [] };
}

interface CompilerError {
  readonly path: string;
  readonly code: number;
  readonly says: string;
}

function compile(tsc: string, folder: string, signal: AbortSignal): Promise<readonly CompilerError[]> {
  const program = [tsc, "-p", folder, "--pretty", "false"];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, program, { cwd: folder, signal, maxBuffer: 1 << 30 }, (error, stdout) => {
      const lines = stdout.matchAll(/^(.+?)\(\d+,\d+\): error TS(\d+): (.*)$/gm);
      const errors = [...lines].map(([, path = "", code, says = ""]) => ({ path, code: Number(code), says }));
      if (error === null || errors.length > 0) return resolve(errors);
      const [first = ""] = (stdout || error.message).split("\n");
      reject(new UserError(`The compiler cannot check the reducer: ${first.replace(/\.$/, "")}.`, NOT_CHECKED));
    });
  });
}

function told(
  errors: readonly CompilerError[],
  planted: ReadonlyMap<string, ReducerMutant>,
): ReadonlyMap<ReducerMutant, string> {
  const found = new Map<ReducerMutant, string>();
  for (const { path, code, says } of errors) {
    const mutant = planted.get(path);
    if (mutant === undefined) {
      throw new UserError(`The compiler does not take the reducer as it is: ${path}: ${says}`, NOT_CHECKED);
    }
    if (code < 2000) throw new Error(`the mutant ${mutant.id} does not parse: ${says}`);
    if (!found.has(mutant)) found.set(mutant, `TS${code}: ${says}`);
  }
  return found;
}
