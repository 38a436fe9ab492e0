import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { readText } from "../../../tla/values/file.ts";
import { keyOf } from "../memory.ts";

/**
 * What tells the programs below some folders, or in some files, from any others; tests, and what is no program, are
 * left out. A place that is not there, as in an installed package, has none.
 */
export async function programsKey(places: readonly string[]): Promise<string> {
  const texts: (readonly [string, string])[] = [];
  for (const place of new Set(places)) {
    for (const path of await programsIn(place)) texts.push([path.slice(place.length), await readText(path)]);
  }
  return keyOf(texts);
}

async function programsIn(place: string): Promise<string[]> {
  const found = await stat(place).catch(() => undefined);
  if (found?.isFile() === true) return [place];
  const entries = found === undefined ? [] : await readdir(place, { recursive: true });
  return entries
    .filter((path) => /\.[cm]?[jt]s$/.test(path) && !/\.test\.\w+$|(^|\/)(testing|node_modules)\//.test(path))
    .sort()
    .map((path) => join(place, path));
}
