import type { z } from "zod";
import { UserError } from "../tla/errors.ts";
import { readText } from "../tla/values/file.ts";
import { BAD_INPUT } from "./exit-codes.ts";

/**
 * Reads a JSON file of one shape.
 *
 * @param complaint what to say of one that has another, as in "is not a manifest".
 * @throws UserError (64) where the file cannot be read, is not JSON, or has another shape, with the first place.
 */
export async function readJson<T>(path: string, shape: z.ZodType<T>, complaint: string): Promise<T> {
  return parseJson(path, await readText(path), shape, complaint);
}

/** The same of a text that was read already. */
export function parseJson<T>(path: string, text: string, shape: z.ZodType<T>, complaint: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UserError(`${path} is not JSON.`, BAD_INPUT);
  }
  const read = shape.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new UserError(`${path} ${complaint}: ${issue?.path.join(".") || "it"}: ${issue?.message}.`, BAD_INPUT);
}
