import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ConformanceModels } from "../conformance/engine/index.ts";
import { evsModels } from "../conformance/evs/index.ts";
import { wackamoleModels } from "../conformance/wackamole/index.ts";
import { specFolders } from "./manifest.ts";
import { usesIn } from "./related.ts";

/** The protocols that have a reducer, and so something to conform. */
export const protocols: readonly ConformanceModels[] = [wackamoleModels, evsModels];

/** The folder of the package, which has `spec/` and `traces/` beside the compiled code, or beside what it is made of. */
export const packageRoot: string = rootOf(dirname(fileURLToPath(import.meta.url)));

function rootOf(folder: string): string {
  const above = join(folder, "..");
  return existsSync(join(above, "package.json")) ? above : join(above, "..");
}

/** A folder of a protocol of ours, one of those that all have one for each protocol. */
export function folderOf(kind: "spec" | "impl" | "conformance" | "traces" | "results", protocol: string): string {
  return join(packageRoot, kind, protocol);
}

export const specRoot: string = join(packageRoot, "spec");

/**
 * Where the modules of a folder of specifications find those of others: the folders that they build on, through
 * whatever others. What builds on a folder is no library of it, or results about the one would be about the other too.
 */
export async function specLibraries(root: string, folder: string): Promise<string[]> {
  const names = await specFolders(root);
  const uses = new Map(await Promise.all(names.map(async (name) => [name, await usesIn(join(root, name))] as const)));
  const found = new Set([folder]);
  for (const one of found) {
    const used = new Set([...(uses.get(one)?.values() ?? [])].flat());
    for (const [name, modules] of uses) {
      if ([...modules.keys()].some((module) => used.has(module))) found.add(name);
    }
  }
  return [...found].filter((name) => name !== folder).map((name) => join(root, name));
}
