import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { UserError } from "../tla/errors.ts";
import { unreadable } from "../tla/values/file.ts";
import { BAD_INPUT } from "./exit-codes.ts";
import { pinsIn } from "./pins.ts";

/** A file that holds a behaviour, by a name that does not depend on the machine. */
export interface NamedFile {
  readonly name: string;
  readonly path: string;
}

/**
 * The files that are named and those in the folders that are, sorted by name. Of a folder every file counts but the
 * index and the graphs that `traces/` has, and one that the index pins counts even where it is not there.
 *
 * @throws UserError (64) where one is not there, or two have one name.
 */
export async function traceFiles(paths: readonly string[]): Promise<readonly NamedFile[]> {
  const found = (await Promise.all(paths.map(filesAt))).flat();
  const files = found.sort((one, other) => (one.name < other.name ? -1 : 1));
  const twice = files.find(({ name }, at) => name === files[at + 1]?.name);
  if (twice !== undefined) throw new UserError(`Two of the files are called ${twice.name}.`, BAD_INPUT);
  return files;
}

async function filesAt(path: string): Promise<NamedFile[]> {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (!found.isDirectory()) return [{ name: basename(path), path }];
  const entries = await readdir(path, { withFileTypes: true });
  const there = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const pinned = [...((await pinsIn(path)) ?? [])].flatMap(([name, pin]) => (pin === undefined ? [] : [name]));
  return [...new Set([...there, ...pinned])]
    .filter((name) => name !== "index.json" && !name.endsWith(".graph.ndjson"))
    .map((name) => ({ name, path: join(path, name) }));
}
