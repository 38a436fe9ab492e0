import { readFile } from "node:fs/promises";
import { z } from "zod";
import { UserError } from "../../tla/errors.ts";
import { BAD_INPUT } from "../exit-codes.ts";

/** Why mutants may survive, by their names: for each one sentence that a reader can check. */
export type Reasons = Readonly<Record<string, string>>;

const ReasonsShape = z.record(z.string(), z.string().min(1));

/** Reads them; where there is no file there are none. @throws UserError (64) for a file that holds something else. */
export async function readReasons(path: string): Promise<Reasons> {
  const text = await readFile(path, "utf8").catch(() => "{}");
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UserError(`${path} is not JSON.`, BAD_INPUT);
  }
  const read = ReasonsShape.safeParse(json);
  if (read.success) return read.data;
  throw new UserError(`${path} must have one sentence for each mutant's name.`, BAD_INPUT);
}
