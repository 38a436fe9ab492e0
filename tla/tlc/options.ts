import { access, constants, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, dirname, extname, resolve } from "node:path";
import { UserError } from "../errors.ts";
import { readText } from "../values/file.ts";
import type { Environment } from "./path.ts";
import type { Progress } from "./result.ts";

/** What to check and how; what has a default may be left out. */
export interface TlcOptions {
  /** Path of the module, with or without `.tla`. */
  readonly spec: string;
  /** Path of the configuration; by default the module's name with `.cfg`. */
  readonly config?: string;
  /** Folders that hold further modules, besides the module's own. */
  readonly libraries?: readonly string[];
  /** By default as many as the machine has processors. */
  readonly workers?: number;
  /** Random behaviours instead of all of them. */
  readonly simulate?: Simulation;
  /** A file that receives the complete state graph as `-dump dot,actionlabels` writes it; only if nothing is wrong. */
  readonly dump?: string;
  /** Bytes; a dump that becomes larger stops the run. */
  readonly dumpLimit?: number;
  /** False to allow deadlocks, whatever the configuration says; by default the configuration decides. */
  readonly deadlock?: boolean;
  /** Count how often each action is taken; costs time. */
  readonly coverage?: boolean;
  /** Index of the fingerprint polynomial, 0 to 130; the same index gives the same node numbers in each dump. */
  readonly fingerprint?: number;
  /** Java's heap, as its option `-Xmx` takes it: `4g`. */
  readonly heap?: string;
  /** Whether the run is to take seconds: Java starts at once and takes one processor, but is slower in the long run. */
  readonly brief?: boolean;
  /** Seconds after which the run is stopped. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Takes each line that the specification prints. */
  readonly onPrint?: (line: string) => void;
  /** Told what takes time before TLC starts. */
  readonly onReport?: (line: string) => void;
  /** By default that of this process. */
  readonly env?: Environment;
}

/** Bounds of a simulation. */
export interface Simulation {
  /** The same seed and one worker give the same behaviours. */
  readonly seed?: number;
  /** Longest behaviour, in states. */
  readonly depth?: number;
  /** How many behaviours for each worker; TLC's own default is to go on for ever, so here it is 1000. */
  readonly traces?: number;
  /** Where each behaviour is written: the beginning of a path, to which TLC appends `_WORKER_NUMBER`. */
  readonly files?: string;
}

/** The files of a run, found and read. */
export interface Sources {
  readonly specPath: string;
  /** Name of the module, by TLA+'s rule that of the file. */
  readonly module: string;
  readonly folder: string;
  readonly configPath: string;
  readonly configText: string;
  readonly libraries: readonly string[];
}

/**
 * Finds the files that the options name.
 *
 * @throws UserError (64) for a file that is missing or cannot be read, and for a bound that makes no sense.
 */
export async function findSources(options: TlcOptions): Promise<Sources> {
  requireBounds(options);
  const { specPath, libraries } = await findSpec(options.spec, options.libraries ?? []);
  const configPath = resolve(options.config ?? specPath.replace(/\.tla$/, ".cfg"));
  return {
    specPath,
    module: basename(specPath, ".tla"),
    folder: dirname(specPath),
    configPath,
    configText: await readText(configPath),
    libraries,
  };
}

/**
 * Finds a module and the folders of its libraries.
 *
 * @throws UserError (64) for one that is missing or cannot be read.
 */
export async function findSpec(
  spec: string,
  libraries: readonly string[],
): Promise<Pick<Sources, "specPath" | "libraries">> {
  const specPath = resolve(extname(spec) === ".tla" ? spec : `${spec}.tla`);
  await requireFile(specPath);
  return { specPath, libraries: await Promise.all(libraries.map(requireFolder)) };
}

/** The workers that are used where none are asked for. */
export function defaultWorkers(): number {
  return availableParallelism();
}

async function requireFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new UserError(`There is no specification at ${path}.`, 64);
  if (!found.isFile()) throw new UserError(`${path} is not a file.`, 64);
  await access(path, constants.R_OK).catch(() => {
    throw new UserError(`${path} cannot be read: permission is denied.`, 64);
  });
}

async function requireFolder(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() !== true) throw new UserError(`The library folder ${path} does not exist.`, 64);
  return resolve(path);
}

function requireBounds({ workers, simulate, fingerprint, timeout, heap, dump }: TlcOptions): void {
  requireInteger("The number of workers", workers, 1, 1024);
  requireInteger("The seed", simulate?.seed, Number.MIN_SAFE_INTEGER);
  requireInteger("The depth of a simulation", simulate?.depth, 1, 2 ** 31 - 1);
  requireInteger("The number of traces", simulate?.traces, 1, 2 ** 31 - 1);
  requireInteger("The index of the fingerprint", fingerprint, 0, 130);
  if (timeout !== undefined && !(timeout > 0 && timeout * 1000 < 2 ** 31)) {
    throw new UserError(`The timeout must be a number of seconds from above 0 to 2147483, not ${timeout}.`, 64);
  }
  if (heap !== undefined && !/^\d+[kmgt]?$/i.test(heap)) {
    throw new UserError(`The heap must be a size such as 512m or 4g, not ${heap}.`, 64);
  }
  if (dump !== undefined && simulate !== undefined) {
    throw new UserError("A simulation has no complete state graph to dump: leave out one of the two.", 64);
  }
}

function requireInteger(what: string, value: number | undefined, least: number, most = Number.MAX_SAFE_INTEGER): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= least && value <= most)) return;
  throw new UserError(`${what} must be a whole number from ${least} to ${most}, not ${value}.`, 64);
}
