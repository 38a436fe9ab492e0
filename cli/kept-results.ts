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
 * @throws UserError (64) for a file that holds something else, a part of a job, or one that was not finished.
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
  if (of > 1) throw new UserError(`${path} is part ${index} of ${of}; lockstep merge adds the parts up.`, BAD_INPUT);
  const partial = partialOf(results);
  if (partial === undefined) return results;
  throw new UserError(`${path} is not the whole of a job: ${partial}.`, BAD_INPUT);
}

/** Why results are those of a part, although of a job that was not divided: others cannot be made again from them. */
function partialOf({ kind, settings, counts }: Results): string | undefined {
  const { only, campaigns } = settings;
  if (only !== undefined) return `it is only of what begins with ${only}`;
  if (kind !== "fuzz") return undefined;
  if (typeof campaigns !== "number") return "time alone ended it, so it cannot be made again; name --campaigns";
  const done = counts["campaigns"] ?? 0;
  return done === campaigns ? undefined : `it has ${done} of ${campaigns} campaigns`;
}
