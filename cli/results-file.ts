import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import type { Results } from "../conformance/engine/index.ts";
import { UserError } from "../tla/errors.ts";
import { BAD_INPUT } from "./exit-codes.ts";
import { readJson } from "./json-file.ts";

const natural = z.number().int().min(0);
const ResultsShape = z.strictObject({
  format: z.literal("lockstep-results"),
  version: z.literal(1),
  kind: z.enum(["fuzz", "replay", "mutants"]),
  protocol: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  settings: z.record(z.string(), z.unknown()),
  shard: z
    .strictObject({ index: natural.min(1), of: natural.min(1) })
    .refine(({ index, of }) => index <= of, "a part's number is at most that of all parts"),
  complete: z.boolean(),
  counts: z.record(z.string(), natural),
  sets: z.record(z.string(), z.array(z.string())),
  items: z.array(z.looseObject({ id: z.string() })),
  seconds: z.number().min(0),
});

/** Reads results that another process wrote. @throws UserError (64) where the file holds none. */
export async function readResults(path: string): Promise<Results> {
  return readJson(path, ResultsShape, "holds no results of lockstep");
}

/** Writes a file as a whole or not at all, so that one that is there can be relied on. */
export async function writeWhole(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.part`, text);
    await rename(`${path}.part`, path);
  } catch (error) {
    await rm(`${path}.part`, { force: true }).catch(() => undefined);
    throw new UserError(`${path} cannot be written: ${error instanceof Error ? error.message : error}.`, BAD_INPUT);
  }
}

export async function writeResults(path: string, results: Results): Promise<void> {
  await writeWhole(path, `${JSON.stringify(results, null, 2)}\n`);
}
