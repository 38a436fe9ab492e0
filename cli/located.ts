import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { z } from "zod";
import type { ConformanceModels } from "../conformance/engine/index.ts";
import { UserError } from "../tla/errors.ts";
import { BAD_INPUT } from "./exit-codes.ts";
import { folderOf, protocols, specLibraries, specRoot } from "./protocols.ts";

/** A protocol, and the folders where what belongs to it is. */
export interface Located {
  readonly models: ConformanceModels;
  /** The module that exports them, as a source where it is one of ours. */
  readonly module: string;
  /** The specification with its configurations and its manifest, and where its modules may find others. */
  readonly spec: string;
  readonly libraries: readonly string[];
  /**
   * The reducer, a folder or one file, and what binds it to the specification. They may be missing where only a package
   * is installed.
   */
  readonly reducer: string;
  readonly binding: string;
  /** Behaviours that are kept, and results of jobs that take long. */
  readonly traces: string;
  readonly results: string;
}

/**
 * A protocol of ours by its name, or one of a user by the path of a module that exports `protocol`, what it supplies,
 * and `folders`, where it is.
 *
 * @param specs where the specifications of ours are; a changed copy may be elsewhere.
 * @throws UserError (64) where there is no such protocol, or the module does not say what it should.
 */
export async function located(name: string, specs: string = specRoot): Promise<Located> {
  const ours = protocols.find(({ protocol }) => protocol === name);
  if (ours !== undefined) {
    return {
      models: ours,
      module: join(folderOf("conformance", name), "index.ts"),
      spec: join(specs, name),
      libraries: await specLibraries(specs, name),
      reducer: folderOf("impl", name),
      binding: folderOf("conformance", name),
      traces: folderOf("traces", name),
      results: folderOf("results", name),
    };
  }
  if (isModulePath(name)) return elsewhere(name);
  const names = protocols.map(({ protocol }) => protocol).join(", ");
  throw new UserError(`There is no protocol ${name}; there is ${names}, or the path of a module that exports one.`, 64);
}

/** Whether a name is the path of a module, and not that of a protocol of ours. */
export function isModulePath(name: string): boolean {
  return /\.[cm]?js$/.test(name);
}

const folder = z.union([z.instanceof(URL).transform((url) => fileURLToPath(url)), z.string()]);
const Module = z.object({
  protocol: z.custom<ConformanceModels>(
    (value) => typeof value === "object" && value !== null && "protocol" in value && "modelOf" in value,
    "expected what a protocol supplies",
  ),
  folders: z.object({
    spec: folder,
    libraries: z.array(folder).default([]),
    reducer: folder,
    binding: folder,
    traces: folder,
    results: folder,
  }),
});

async function elsewhere(path: string): Promise<Located> {
  const found: unknown = await import(pathToFileURL(resolve(path)).href).catch((error: unknown) => {
    throw new UserError(`${path} cannot be loaded: ${error instanceof Error ? error.message : error}.`, BAD_INPUT);
  });
  const read = Module.safeParse(found);
  if (read.success) return { models: read.data.protocol, module: resolve(path), ...read.data.folders };
  const [issue] = read.error.issues;
  throw new UserError(`${path} exports no protocol: ${issue?.path.join(".")}: ${issue?.message}.`, BAD_INPUT);
}
