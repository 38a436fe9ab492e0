import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { readText } from "../tla/values/file.ts";
import { filesBelow } from "./below.ts";
import type { Located } from "./located.ts";
import { packageRoot } from "./protocols.ts";
import { relatedTo } from "./related.ts";

/** Where the sources are; a specification without a reducer has no programs. */
export type Sourced = Pick<Located, "spec" | "libraries"> & Partial<Pick<Located, "reducer" | "binding">>;

/**
 * What judges: it decides results as much as what is judged does. Where a package is installed, its version tells; a
 * program that stands alone tells nothing.
 */
const MACHINERY = ["impl/kernel", "conformance/engine", "tla"].map((folder) => join(packageRoot, folder));

/**
 * SHA-256, in hexadecimal, of what a result about a protocol depends on: its specification with configurations and
 * manifest, what of the libraries it builds on and what checks that, its reducer with tests and reasons of survivors,
 * what binds the two, and the machinery that judges them. Prose is left out. Undefined where the sources are not here,
 * as those of our protocols in an installed package.
 */
export async function sourceHash({ spec, libraries, reducer, binding }: Sourced): Promise<string | undefined> {
  const hash = createHash("sha256");
  const programs = [reducer, binding].filter((folder) => folder !== undefined);
  for (const folder of [spec, ...new Set(programs)]) {
    if (!(await entered(hash, folder))) return undefined;
  }
  const { modules, models } = await relatedTo(spec, libraries);
  for (const path of modules) hash.update(`${basename(path)}\n${await readText(path)}\n`);
  for (const { cfg, text, purpose, bounds, runtime } of models) {
    hash.update(`${JSON.stringify([cfg, text, purpose, bounds, runtime])}\n`);
  }
  let isHere = true;
  for (const folder of MACHINERY) isHere = (await entered(hash, folder)) && isHere;
  if (!isHere) hash.update(await readFile(join(packageRoot, "package.json"), "utf8").catch(() => "alone"));
  return hash.digest("hex");
}

/** Whether there was something to enter. */
async function entered(hash: ReturnType<typeof createHash>, folder: string): Promise<boolean> {
  const paths = (await filesBelow(folder)).filter((path) => path === "" || /\.(tla|cfg|[cm]?[jt]s|json)$/.test(path));
  for (const path of paths) hash.update(`${path}\n${await readText(join(folder, path))}\n`);
  return paths.length > 0;
}

/** The specifications, configurations and programs below a folder, without tests; or one file. */
export async function sourcesIn(folder: string): Promise<string[]> {
  return (await filesBelow(folder))
    .filter((path) => path === "" || (/\.(tla|cfg|ts|js)$/.test(path) && !/\.test\.ts$|(^|\/)testing\//.test(path)))
    .map((path) => join(folder, path));
}
