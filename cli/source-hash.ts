import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { readText } from "../tla/values/file.ts";
import type { Located } from "./located.ts";

/** Where the sources are; a specification without a reducer has no programs. */
export type Sourced = Pick<Located, "spec" | "libraries"> & Partial<Pick<Located, "reducer" | "binding">>;

/**
 * SHA-256, in hexadecimal, of what a result about a protocol depends on: its specification with all configurations,
 * those that it builds on, its reducer, and what binds the two. Tests and prose are left out. Undefined where the
 * sources are not here, as in an installed package.
 */
export async function sourceHash({ spec, libraries, reducer, binding }: Sourced): Promise<string | undefined> {
  const hash = createHash("sha256");
  const programs = [reducer, binding].filter((folder) => folder !== undefined);
  for (const folder of [spec, ...libraries, ...new Set(programs)]) {
    const paths = await sourcesIn(folder);
    if (paths.length === 0) return undefined;
    for (const path of paths) hash.update(`${relative(folder, path)}\n${await readText(path)}\n`);
  }
  return hash.digest("hex");
}

/** The specifications, configurations and programs below a folder, in an order that is always the same; or one file. */
export async function sourcesIn(folder: string): Promise<string[]> {
  if ((await stat(folder).catch(() => undefined))?.isFile() === true) return [folder];
  const entries = await readdir(folder, { recursive: true }).catch((): string[] => []);
  return entries
    .filter((path) => /\.(tla|cfg|ts|js)$/.test(path) && !/\.test\.ts$|(^|\/)(testing|node_modules)\//.test(path))
    .sort()
    .map((path) => join(folder, path));
}
