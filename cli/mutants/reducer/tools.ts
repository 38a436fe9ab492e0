import { readFile } from "node:fs/promises";
import { createRequire as requireFrom } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { UserError } from "../../../tla/errors.ts";
import { MISSING_TOOL } from "../../exit-codes.ts";

// Mutants are made and judged with tools that only a development of lockstep needs, so that nothing else loads them,
// and whoever has the package alone is told which of them is missing. What is used of each is typed here: their own
// types would ask for those of tools that are not used.

/** A mutant as the instrumenter gives it; lines and columns are counted from 0. */
export interface RawMutant {
  readonly id: string;
  readonly fileName: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

interface Instrumented {
  readonly files: readonly { readonly name: string; readonly content: string }[];
  readonly mutants: readonly RawMutant[];
}

interface InstrumenterModule {
  readonly Instrumenter: new (
    logger: Readonly<Record<string, () => boolean>>,
  ) => {
    instrument(
      files: readonly { readonly name: string; readonly mutate: boolean; readonly content: string }[],
      options: Readonly<Record<string, unknown>>,
    ): Promise<Instrumented>;
  };
}

const silent: Readonly<Record<string, () => boolean>> = Object.fromEntries(
  ["Trace", "Debug", "Info", "Warn", "Error", "Fatal"].flatMap((level) => [
    [`is${level}Enabled`, () => false],
    [level.toLowerCase(), () => false],
  ]),
);

/**
 * Makes all mutants of some sources, and writes each source once with all of its mutants in it, all mutators in use.
 * `globalThis.__stryker__.activeMutant` says which of them is active.
 *
 * @throws UserError (2) where the instrumenter is not installed.
 */
export async function instrument(sources: ReadonlyMap<string, string>): Promise<Instrumented> {
  const { Instrumenter } = await load<InstrumenterModule>("@stryker-mutator/instrumenter", (): string =>
    require.resolve("@stryker-mutator/instrumenter"),
  );
  const files = [...sources].map(([name, content]) => ({ name, mutate: true, content }));
  return new Instrumenter(silent).instrument(files, { plugins: null, excludedMutations: [], ignorers: [] });
}

/** @throws UserError (2) where esbuild is not installed. */
export async function bundler(): Promise<typeof import("esbuild")> {
  return load<typeof import("esbuild")>("esbuild", (): string => require.resolve("esbuild"));
}

/** The path of the compiler's program. @throws UserError (2) where it is not installed. */
export async function compiler(): Promise<string> {
  const path = resolved("typescript", (): string => require.resolve("typescript/package.json"));
  const { bin } = z.object({ bin: z.object({ tsc: z.string() }) }).parse(JSON.parse(await readFile(path, "utf8")));
  return join(dirname(path), bin.tsc);
}

/** The address of the test runner's interface. @throws UserError (2) where it is not installed. */
export function testRunner(): string {
  return pathToFileURL(resolved("vitest", (): string => require.resolve("vitest/node"))).href;
}

const require = requireFrom(import.meta.url);

async function load<T>(name: string, resolve: () => string): Promise<T> {
  const found: unknown = await import(pathToFileURL(resolved(name, resolve)).href);
  return found as T;
}

function resolved(name: string, resolve: () => string): string {
  try {
    return resolve();
  } catch {
    throw new UserError(`Mutants of a reducer need ${name}, which is not installed here.`, MISSING_TOOL);
  }
}
