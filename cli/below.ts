import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/**
 * The files below a folder by their paths from there, in an order that is always the same; none where there is no such
 * folder, and `""` where the place is a file. What is installed or built there is not entered, nor what a link leads to.
 */
export async function filesBelow(place: string): Promise<string[]> {
  if ((await stat(place).catch(() => undefined))?.isFile() === true) return [""];
  const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.map(async (entry) => {
      if (entry.isFile()) return [entry.name];
      if (!entry.isDirectory() || SKIPPED.includes(entry.name)) return [];
      return (await filesBelow(join(place, entry.name))).map((path) => `${entry.name}/${path}`);
    }),
  );
  return found.flat().sort();
}

const SKIPPED = ["node_modules", "dist", ".git"];
