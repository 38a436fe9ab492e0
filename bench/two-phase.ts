import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClosedSystem, Refinement } from "../conformance/engine/index.ts";
import { runTlc, type TlcResult } from "../tla/tlc/index.ts";

/** The example's two-phase commit, which has a graph of any size: 4 managers give 10^4 edges, one more 7 times that. */
const example = new URL("../../examples/two-phase/", import.meta.url);

interface TwoPhase {
  readonly closed: (managers: number) => ClosedSystem<unknown, unknown>;
  readonly refinement: (managers: number) => Refinement<unknown, unknown>;
}

/** The example's closed system and refinement, as it ships them: JavaScript that imports nothing of ours. */
export async function twoPhase(): Promise<TwoPhase> {
  return (await import(new URL("system.js", example).href)) as TwoPhase;
}

/** Calls with a folder for temporary files, and removes it afterwards. */
export async function inTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "lockstep-bench-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Has TLC explore two-phase commit with two workers, and write its graph to `graph.dot` of the folder if asked to. */
export async function explored(folder: string, managers: number, dump: boolean): Promise<TlcResult> {
  await Promise.all(["TwoPhase.tla", "MCTwoPhase.tla"].map((file) => cp(new URL(file, example), join(folder, file))));
  const names = Array.from({ length: managers }, (_, rm) => `r${rm + 1}`).join(", ");
  // No invariants: what is compared with TLC evaluates none either.
  const config = `SPECIFICATION Spec\nCONSTANT RM = {${names}}\nCHECK_DEADLOCK FALSE\n`;
  await writeFile(join(folder, "MCTwoPhase.cfg"), config);
  const result = await runTlc({
    spec: join(folder, "MCTwoPhase.tla"),
    workers: 2,
    ...(dump ? { dump: join(folder, "graph.dot") } : {}),
  });
  if (result.outcome.kind !== "success") throw new Error(`TLC: ${result.outcome.message}`);
  return result;
}
