import { access } from "node:fs/promises";
import { z } from "zod";
import { readJson } from "../json-file.ts";

/** Why mutants may survive, by their names: for each one sentence that a reader can check. */
export type Reasons = Readonly<Record<string, string>>;

const ReasonsShape = z.record(z.string(), z.string().min(1));

/** Reads them; where there is no file there are none. @throws UserError (64) for a file that holds something else. */
export async function readReasons(path: string): Promise<Reasons> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  return isThere ? readJson(path, ReasonsShape, "must have one sentence for each mutant's name") : {};
}
