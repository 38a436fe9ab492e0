import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const root: string = fileURLToPath(new URL("../..", import.meta.url));

/** A file of the repository: its path from the root with `/`, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The files that are in the repository, or would be with the next commit. */
export function repository(): readonly SourceFile[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], { cwd: root });
  const paths = [...new Set(listed.toString().split("\0"))].filter(
    (path) => path !== "" && existsSync(join(root, path)),
  );
  if (paths.length === 0) throw new Error("the repository holds no files");
  return paths.sort().map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

/** The folder right below a folder that a file is in: `wackamole` for `impl/wackamole/step.ts` below `impl`. */
export function folderBelow(parent: string, path: string): string | undefined {
  const [top, folder, ...rest] = path.split("/");
  return top === parent && rest.length > 0 ? folder : undefined;
}

/** The reducers, by their folders below `impl`: `wackamole`, `evs/service`. One protocol may have several. */
export function reducersOf(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap(({ path }) => /^impl\/(.+)\/step\.ts$/.exec(path)?.[1] ?? []);
}

/** The protocol that a reducer is of. */
export function protocolOf(reducer: string): string {
  return reducer.split("/")[0] ?? reducer;
}

export function isTest(path: string): boolean {
  return path.endsWith(".test.ts");
}
