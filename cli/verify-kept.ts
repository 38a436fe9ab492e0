import { stat } from "node:fs/promises";
import { NOT_CHECKED } from "./exit-codes.ts";
import type { Located } from "./located.ts";
import type { ModelFile } from "./manifest.ts";
import { count } from "./progress.ts";
import { traceFiles } from "./replay-files.ts";
import { countsText, exitOfReplayed, type Replayed, Replayer, replayedCounts, replayedLines } from "./replayer.ts";

/** What became of replaying what is kept of a protocol. */
export interface KeptReplay {
  readonly passed: boolean;
  readonly exitCode: number;
  /** A few words. */
  readonly words: string;
  /** What adds up: files, steps, states compared, and how they ended. */
  readonly counts: Readonly<Record<string, number>>;
  /** Lines on each file that fails. */
  readonly failures: readonly string[];
  readonly seconds: number;
}

/** Replays all that is kept of a protocol, as `lockstep replay` does; that nothing is kept is a failure. */
export async function replayKept(
  where: Pick<Located, "models" | "libraries" | "traces">,
  models: readonly ModelFile[],
): Promise<KeptReplay> {
  const began = performance.now();
  const isThere = await stat(where.traces).then(
    () => true,
    () => false,
  );
  const files = isThere ? await traceFiles([where.traces]) : [];
  const replayer = new Replayer(where, models);
  const done: Replayed[] = [];
  for (const file of files) done.push(await replayer.replay(file));
  const counts = replayedCounts(done);
  const seconds = (performance.now() - began) / 1000;
  if (files.length === 0) {
    const words = "no behaviour is kept; run lockstep traces";
    return { passed: false, exitCode: NOT_CHECKED, words, counts, failures: [], seconds };
  }
  const exitCode = exitOfReplayed(done);
  const failing = done.filter(({ faults, unchecked }) => faults.length > 0 || unchecked !== undefined);
  const words = [`${count(files.length)} files`, ...countsText(counts)].join(", ");
  return { passed: exitCode === 0, exitCode, words, counts, failures: failing.flatMap(replayedLines), seconds };
}
