import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createInterface } from "node:readline";

/** What tells a dump from any other, in whatever order its lines are. */
export interface DumpPrint {
  readonly bytes: number;
  readonly digest: string;
}

/** Adds up the digests of the lines: parallel edges count as often as they are there. */
export async function printOf(path: string): Promise<DumpPrint> {
  const sums = [0n, 0n];
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    // The order of the nodes of one rank is that in which they were found, and says nothing of the graph.
    if (line.startsWith("{rank")) continue;
    const digest = createHash("sha1").update(line).digest();
    sums.forEach((sum, index) => {
      sums[index] = BigInt.asUintN(64, sum + digest.readBigUInt64LE(index * 8));
    });
  }
  return { bytes: (await stat(path)).size, digest: sums.map(String).join(" ") };
}
