import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";

/**
 * What tells a dump from any other. TLC with one worker and one fingerprint polynomial writes the same graph in the
 * same way, unless it found its states in another order; what that means is for others to find out.
 */
export async function printOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
