import { access } from "node:fs/promises";
import type { Item, Results } from "../../conformance/engine/index.ts";
import { readResults, writeResults } from "../results-file.ts";
import { countsOf } from "./score.ts";

/** Keeps what was found; of a side that was not judged now, what is kept already stays if it is of the same sources. */
export async function keepMutants(path: string, found: Results): Promise<void> {
  const before = (await isThere(path)) ? await readResults(path) : undefined;
  const sides = new Set(found.items.map(({ side }) => side));
  const isOther = ({ side }: Item): boolean => !sides.has(side);
  const others = before !== undefined && before.sha256 === found.sha256 ? before.items.filter(isOther) : [];
  const items = [...found.items, ...others].sort((one, other) => (one.id < other.id ? -1 : 1));
  const side = new Set(items.map((item) => item["side"])).size > 1 ? "both" : found.settings["side"];
  await writeResults(path, { ...found, settings: { ...found.settings, side }, counts: countsOf(items), items });
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
