import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { usedModules } from "../tla/source/module.ts";
import { readText, unreadable } from "../tla/values/file.ts";
import { type ModelFile, modelsOf } from "./manifest.ts";

/** What of the libraries has to do with a specification. */
export interface Related {
  /** Paths of modules: those that it builds on, and those that check these. */
  readonly modules: readonly string[];
  /** The models among them. */
  readonly models: readonly ModelFile[];
}

/**
 * Finds the modules that a specification extends or instantiates, through whatever others, and the modules and models
 * of the libraries above them: what those find of them is found of a part of the specification. The rest of a library
 * is none of its business.
 *
 * @throws UserError (64) where a folder, a manifest or a model cannot be read.
 */
export async function relatedTo(spec: string, libraries: readonly string[]): Promise<Related> {
  const own = await usesIn(spec);
  const theirs = new Map<string, readonly string[]>();
  const paths = new Map<string, string>();
  for (const library of libraries) {
    for (const [name, uses] of await usesIn(library)) {
      if (own.has(name) || theirs.has(name)) continue;
      theirs.set(name, uses);
      paths.set(name, join(library, `${name}.tla`));
    }
  }
  const builtOn = reached([...own.values()].flat(), theirs);
  const related = [...theirs.keys()].filter((name) => [...reached([name], theirs)].some((one) => builtOn.has(one)));
  const modules = related.sort().flatMap((name) => paths.get(name) ?? []);
  const folders = await Promise.all(libraries.map(async (folder) => ({ folder, there: await namesIn(folder) })));
  const judging = folders.filter(({ there }) => there.includes("manifest.json"));
  const models = await Promise.all(judging.map(({ folder }) => modelsOf(folder)));
  return { modules, models: models.flat().filter(({ module }) => modules.includes(module)) };
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
}

/** For each module of a folder the names of those that it uses. */
export async function usesIn(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const names = (await namesIn(folder)).filter((name) => name.endsWith(".tla"));
  const uses = names.map(async (name): Promise<[string, readonly string[]]> => {
    return [basename(name, ".tla"), [...usedModules(await readText(join(folder, name)))]];
  });
  return new Map(await Promise.all(uses));
}

/** All that can be got to from some modules, these included, as far as they are known. */
function reached(names: readonly string[], uses: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const next = uses.get(name);
    if (next === undefined || found.has(name)) continue;
    found.add(name);
    open.push(...next);
  }
  return found;
}
