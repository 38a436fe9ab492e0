import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTlc } from "../../../../tla/tlc/index.ts";
import { printValue } from "../../../../tla/values/index.ts";
import type { TlaValue } from "../../../../tla/values/value.ts";
import type { Specification } from "../specification.ts";

/** What `spec/evs/EVSSpecifications.tla` states over histories; 2.1 is not among it, since no prefix violates that. */
export const STATED = [
  ...(["1.1", "1.2", "1.3", "1.4", "2.2", "2.3", "2.4"] as const),
  ...(["3", "4", "5", "6.1", "6.2", "6.3", "7.1", "7.2"] as const),
] satisfies readonly Specification[];

const SPEC = join(import.meta.dirname, "../../../../spec/evs");

/** The specifications that each history violates by TLC; `model` where transitional configurations have other members. */
export async function violatedByTlc(
  histories: readonly TlaValue[],
  processes: readonly string[],
): Promise<Set<Specification>[]> {
  const folder = await mkdtemp(join(tmpdir(), "lockstep-histories-"));
  const printed: string[] = [];
  try {
    await writeFile(join(folder, "Recorded.tla"), moduleOf(histories));
    const members = processes.map((process) => JSON.stringify(process)).join(", ");
    await writeFile(join(folder, "Recorded.cfg"), `CONSTANT Process = {${members}}\n`);
    const spec = join(folder, "Recorded.tla");
    const { outcome } = await runTlc({ spec, libraries: [SPEC], workers: 1, onPrint: (line) => printed.push(line) });
    if (outcome.kind !== "success") throw new Error(`TLC could not judge the histories: ${outcome.message}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const lines = printed.flatMap((line) => /^"@(.*)"$/.exec(line)?.[1] ?? []);
  if (lines.length !== histories.length) throw new Error(`TLC judged ${lines.length} of ${histories.length} histories`);
  const named: readonly Specification[] = [...STATED, "model"];
  return lines.map((line) => new Set(named.filter((name) => line.split(" ").includes(name))));
}

/** A history for each line, judged when TLC evaluates the assumptions of the module. */
function moduleOf(histories: readonly TlaValue[]): string {
  const clause = (holds: string, name: string): string => `(IF ${holds}(H) THEN "" ELSE " ${name}")`;
  const stated = STATED.map((name) => clause(`Spec_${name.replace(".", "_")}`, name));
  const clauses = [...stated, clause("TransitionalMembers", "model")];
  return [
    "---- MODULE Recorded ----",
    "EXTENDS EVSSpecifications, TLC",
    `Violated(H) == ${clauses.join(" \\o ")}`,
    ...histories.map((history) => `ASSUME PrintT("@" \\o Violated(${printValue(history)}))`),
    "====",
  ].join("\n");
}
