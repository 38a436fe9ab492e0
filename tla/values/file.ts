import { readFile } from "node:fs/promises";
import { UserError } from "../errors.ts";

/**
 * The text of a file that a user named.
 *
 * @throws UserError (64) where it cannot be read, or is not UTF-8.
 */
export async function readText(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(`${path} is not text in UTF-8.`, 64);
  }
}

/** What to tell a user whose file the system does not let us read. */
export function unreadable(path: string, error: unknown): UserError {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const reason = typeof code === "string" ? REASONS.get(code) : undefined;
  return new UserError(`${path} cannot be read: ${reason ?? String(code ?? error)}.`, 64);
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "there is no such file"],
  ["EISDIR", "it is a directory"],
  ["EACCES", "permission is denied"],
  ["ERR_FS_FILE_TOO_LARGE", "it is too large"],
]);
