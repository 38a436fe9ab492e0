import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Results } from "../conformance/engine/index.ts";
import { UserError } from "../tla/errors.ts";
import { BAD_INPUT } from "./exit-codes.ts";
import { readResults } from "./results-file.ts";

/**
 * What a whole job of this kind found, as it is kept under a name among the results of a protocol; undefined where
 * nothing is.
 *
 * @throws UserError (64) for a file that holds something else, or a part of a job.
 */
export async function keptResults(
  folder: string,
  protocol: string,
  kind: Results["kind"],
  name: string = kind,
): Promise<Results | undefined> {
  const there = await readdir(folder).catch((): string[] => []);
  if (!there.includes(`${name}.json`)) return undefined;
  const path = join(folder, `${name}.json`);
  const results = await readResults(path);
  if (results.kind !== kind || results.protocol !== protocol) {
    throw new UserError(`${path} holds results of ${results.kind} of ${results.protocol}.`, BAD_INPUT);
  }
  if (!results.complete) throw new UserError(`${path} is of a job that was not done to its end.`, BAD_INPUT);
  const { index, of } = results.shard;
  if (of === 1) return results;
  throw new UserError(`${path} is part ${index} of ${of}; lockstep merge adds the parts up.`, BAD_INPUT);
}
