import { readdir } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import type { Source } from "../report/index.ts";
import { usedModules } from "../tla/source/module.ts";
import { readText } from "../tla/values/file.ts";
import type { ModelFile } from "./manifest.ts";
import { type Sourced, sourcesIn } from "./source-hash.ts";

/** The texts that a report about a protocol shows: what its results depend on, and what explains it. */
export async function sourcesOf(
  root: string,
  { spec, libraries, reducer, binding }: Sourced,
  files: readonly ModelFile[],
): Promise<Source[]> {
  const folders = [...new Set([spec, reducer, binding].filter((folder) => folder !== undefined))];
  const own = (await Promise.all(folders.map(sourcesIn))).flat();
  const used = await modulesBelow(own, libraries);
  const documents = (await readdir(spec)).filter((name) => /^(?:README|paper)\.md$/.test(name)).sort();
  const paths = [...new Set([...own, ...used, ...documents.map((name) => join(spec, name))])];
  const texts = new Map(
    await Promise.all(paths.map(async (path): Promise<[string, string]> => [path, await readText(path)])),
  );
  const bounding = boundingOf(texts, files);
  return [...texts].map(([path, text]) => ({ path: labelOf(root, path), kind: kindOf(path, bounding), text }));
}

/** The path of a file from the folder of the project, with `/`: a report says nothing of the machine. */
export function labelOf(root: string, path: string): string {
  const label = relative(root, path).split(sep).join("/");
  return label.startsWith("../") ? `${basename(dirname(path))}/${basename(path)}` : label;
}

function kindOf(path: string, bounding: ReadonlySet<string>): Source["kind"] {
  if (path.endsWith(".md")) return "document";
  if (path.endsWith(".cfg")) return "model";
  if (!path.endsWith(".tla")) return "program";
  return bounding.has(path) ? "model" : "specification";
}

/** The modules that only bound others, or break them: those that configurations are of, and that build on ours. */
function boundingOf(texts: ReadonlyMap<string, string>, files: readonly ModelFile[]): ReadonlySet<string> {
  const ours = [...texts.keys()].filter((path) => path.endsWith(".tla")).map((path) => basename(path, ".tla"));
  const modules = new Set(files.map(({ module }) => module));
  return new Set([...modules].filter((path) => usedModules(texts.get(path) ?? "").some((name) => ours.includes(name))));
}

/** The modules in the libraries that some files use, and those that these use. */
async function modulesBelow(paths: readonly string[], libraries: readonly string[]): Promise<string[]> {
  const there = (await Promise.all(libraries.map(sourcesIn))).flat();
  const found: string[] = [];
  for (const path of [...paths].filter((one) => one.endsWith(".tla"))) {
    const names = usedModules(await readText(path)).map((name) => `${name}.tla`);
    const used = there.filter((one) => names.includes(basename(one)) && !found.includes(one));
    found.push(...used, ...(await modulesBelow(used, libraries)));
  }
  return [...new Set(found)];
}
