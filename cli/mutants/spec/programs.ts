import { join } from "node:path";
import { readText } from "../../../tla/values/file.ts";
import { filesBelow } from "../../below.ts";
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
  return (await filesBelow(place))
    .filter((path) => path === "" || (/\.[cm]?[jt]s$/.test(path) && !/\.test\.\w+$|(^|\/)testing\//.test(path)))
    .map((path) => join(place, path));
}
