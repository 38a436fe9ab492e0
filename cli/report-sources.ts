import { readdir } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import type { Source } from "../report/index.ts";
import { usedModules } from "../tla/source/module.ts";
import { readText } from "../tla/values/file.ts";
import { type Sourced, sourcesIn } from "./source-hash.ts";

/** The texts that a report about a protocol shows: what its results depend on, and what explains it. */
export async function sourcesOf(root: string, { spec, libraries, reducer, binding }: Sourced): Promise<Source[]> {
  const folders = [...new Set([spec, reducer, binding].filter((folder) => folder !== undefined))];
  const own = (await Promise.all(folders.map(sourcesIn))).flat();
  const used = await modulesBelow(own, libraries);
  const documents = (await readdir(spec)).filter((name) => /^(?:README|paper)\.md$/.test(name)).sort();
  const paths = [...new Set([...own, ...used, ...documents.map((name) => join(spec, name))])];
  return Promise.all(
    paths.map(async (path) => ({ path: labelOf(root, path), kind: kindOf(path), text: await readText(path) })),
  );
}

/** The path of a file from the folder of the project, with `/`: a report says nothing of the machine. */
export function labelOf(root: string, path: string): string {
  const label = relative(root, path).split(sep).join("/");
  return label.startsWith("../") ? `${basename(dirname(path))}/${basename(path)}` : label;
}

function kindOf(path: string): Source["kind"] {
  if (path.endsWith(".md")) return "document";
  if (path.endsWith(".cfg")) return "model";
  if (!path.endsWith(".tla")) return "program";
  return /^(?:MC|Broken|Witness|Trace|Sim)/.test(basename(path)) ? "model" : "specification";
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
