import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Program, type Run } from "./testing/program.ts";
import { twoPhase } from "./testing/two-phase.ts";

const SPECS = join(import.meta.dirname, "..", "spec");
let program: Program;

beforeAll(async () => {
  program = await Program.make();
});
afterAll(() => program.remove());

/** A manifest of the one model that is simulated, with so many behaviours. */
async function onlySimulated(folder: string, edit: (model: Record<string, unknown>) => object): Promise<void> {
  const path = join(folder, "manifest.json");
  const manifest = JSON.parse(await readFile(path, "utf8")) as { modules: { models: { path: string }[] }[] };
  const models = manifest.modules.flatMap(({ models }) => models).filter(({ path }) => path === "SimTwoPhase.cfg");
  manifest.modules = [
    { ...manifest.modules[0], models: models.map((model) => edit({ ...model }) as { path: string }) },
  ];
  await writeFile(path, JSON.stringify(manifest));
  for (const cfg of ["MCTwoPhase", "BrokenCommitsAtOnce", "BrokenVanishes", "WitnessAllCommit"]) {
    await rm(join(folder, `${cfg}.cfg`));
  }
}

const few = (model: Record<string, unknown>): object => ({ ...model, mode: { simulate: { traceCount: 5 } } });
const verify = (module: string, ...args: string[]): Promise<Run> =>
  program.run("verify", "--specs", SPECS, "--only", module, ...args);

describe("behaviours that TLC picks at random, in lockstep verify", () => {
  it("are replayed, always the same, and counted by action; actions that none takes are told", async () => {
    const { folder, module } = await twoPhase(program.folder);
    await onlySimulated(folder, few);
    const json = join(program.folder, "verified.json");
    const { stdout } = await verify(module, "--json", json);
    expect(stdout).toContain(
      "PASS two-phase/SimTwoPhase.cfg: simulated, four resource managers: 5 behaviours of 500 states",
    );
    expect(stdout).toMatch(/replayed: \d+ steps .*: TMCommit 0, TMAbort 5, /);
    expect(stdout).toContain("FAIL two-phase: no behaviour that was simulated takes the action TMCommit.");
    expect(stdout).not.toContain("takes the action TMAbort.");
    const [{ simulated }] = JSON.parse(await readFile(json, "utf8")).protocols;
    expect(simulated).toMatchObject([{ cfg: "SimTwoPhase.cfg", passed: true, traces: 5, states: 500, faults: 0 }]);
    const again = JSON.parse(await verify(module, "--json", json).then(() => readFile(json, "utf8")));
    expect(again.protocols[0].simulated[0].actions).toEqual(simulated[0].actions);
  });

  it("fail with exit code 3 where the reducer does not take what they take", async () => {
    const deaf = (text: string): string =>
      text.replace(
        "model(closed(managers),",
        `model({ ...closed(managers), apply: (world, move) => move.action === "RMRcvAbort"
          ? { kind: "refused", because: "deaf" } : closed(managers).apply(world, move) },`,
      );
    const { folder, module } = await twoPhase(program.folder, deaf);
    await onlySimulated(folder, few);
    const { code, stdout } = await verify(module);
    expect(stdout).toMatch(/FAIL two-phase\/SimTwoPhase.cfg: .* of them cannot be shown, or flag a property/);
    expect(stdout).toMatch(/behaviour_0_\d+: it should be replayed in full\nstate \d+ cannot be shown/);
    expect(stdout).toContain("RMRcvAbort because of deaf");
    expect(code).toBe(3);
  });

  it.each([
    [
      "the manifest alone says so",
      (model: Record<string, unknown>) => ({ ...model, path: "MCTwoPhase.cfg" }),
      "Of MCTwoPhase.cfg and its manifest only one says that it is simulated.",
    ],
    [
      "the configuration alone says so",
      (model: Record<string, unknown>) => ({ ...model, mode: "exhaustive search" }),
      "Of SimTwoPhase.cfg and its manifest only one says that it is simulated.",
    ],
    [
      "it should fail",
      (model: Record<string, unknown>) => ({ ...model, result: "safety failure" }),
      "SimTwoPhase.cfg is simulated, so it must hold.",
    ],
    [
      "there are none",
      (model: Record<string, unknown>) => ({ ...model, mode: { simulate: { traceCount: 0 } } }),
      "is not a manifest: modules.0.models.0.mode",
    ],
  ])("are refused in one sentence when %s", async (_, edit, says) => {
    const { folder, module } = await twoPhase(program.folder);
    const cfg = await readFile(join(folder, "MCTwoPhase.cfg"), "utf8");
    await onlySimulated(folder, edit);
    await writeFile(join(folder, "MCTwoPhase.cfg"), cfg);
    const { code, stderr } = await verify(module);
    expect(stderr).toContain(says);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(64);
  });
});
