import { copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Results } from "../conformance/engine/index.ts";
import { cachedJarPath, resolveJar } from "../tla/tlc/index.ts";
import { Program, type Run } from "./testing/program.ts";

const RESET = "Lamps!Reset ";
const DROPS = "Lamps!Reset drop-conjunct";
const GUARD = "Lamps!Reset drop-conjunct 1";

let program: Program;
let lamps: string;
let cache: string;

beforeAll(async () => {
  program = await Program.make();
  lamps = join(program.folder, "lamps");
  cache = join(program.folder, "cache");
  await mkdir(cache);
  const jar = await resolveJar(process.env);
  await copyFile(jar.path, cachedJarPath({ LOCKSTEP_CACHE: cache }));
});
afterAll(() => program.remove());

/** The lamps as a protocol of a user; what was found of them before stays in the cache. */
beforeEach(async () => {
  await rm(lamps, { recursive: true, force: true });
  await cp(join(import.meta.dirname, "testing", "lamps"), lamps, { recursive: true });
  await build({
    entryPoints: [join(import.meta.dirname, "testing", "lamps", "lockstep.ts")],
    outfile: join(lamps, "lockstep.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
  });
});

const launch = (...args: string[]): ReturnType<Program["launch"]> =>
  program.launch(["mutants", "--side", "spec", "--protocol", join(lamps, "lockstep.mjs"), ...args], {
    LOCKSTEP_CACHE: cache,
  });
const mutants = (...args: string[]): Promise<Run> => launch(...args).run;
const memory = (): string => join(cache, "mutants", "lamps.spec.ndjson");

async function found(...args: string[]): Promise<Results & { readonly run: Run }> {
  const path = join(program.folder, "results.json");
  const run = await mutants("--results", path, ...args);
  return { ...(JSON.parse(await readFile(path, "utf8")) as Results), run };
}

async function remembered(): Promise<number> {
  return (await readFile(memory(), "utf8").catch(() => "")).split("\n").length - 1;
}

async function edit(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(lamps, file), "utf8");
  expect(text).toContain(from);
  await writeFile(
    join(lamps, file),
    text.replace(from, () => to),
  );
}

describe("lockstep mutants", () => {
  it("shows what kills each mutant first, and which survive, with the graph that is the same", async () => {
    const { items, counts, run } = await found("--only", RESET);
    const killers = Object.fromEntries(
      items.map(({ id, killedBy }) => [id.split(" ").slice(1, 3).join(" "), killedBy]),
    );
    expect(killers).toMatchObject({
      "drop-conjunct 2": "complete",
      "drop-conjunct 3": "types",
      "negate-conjunct 1": "property",
      "unprime 1": "sound",
    });
    expect(killers["drop-conjunct 1"]).toBeUndefined();
    expect(items.find(({ id }) => id.startsWith(GUARD))?.["same"]).toEqual({
      models: ["MCLamps.cfg"],
      states: 4,
      edges: 5,
    });
    expect(counts["spec total"]).toBe(items.length);
    expect(counts["spec killed"]).toBe(items.length - 3);
    expect(run.stdout).toMatch(
      /SURVIVED Lamps!Reset drop-conjunct 1 \w{8}: Lit\(1\) -> \(nothing\)\n {2}no reason is given/,
    );
    expect(run.stdout).toMatch(
      /\nspec: 12 of 15 mutants killed \(80\.0 %\): .*; guards removed: 1 of 2 killed; judged anew: 15\n/,
    );
    expect(run.stdout).toMatch(/\nFAIL lamps: 15 mutants, 3 survivors, 3 without a reason, 0 stale reasons\n$/);
    expect(run.code).toBe(3);
    expect(await readdir(program.temporary)).toEqual([]);
  });

  it("remembers what it found, so a second run says the same and judges nothing", async () => {
    const first = await found("--only", RESET);
    const known = await remembered();
    const second = await found("--only", RESET);
    expect({ ...second, run: 0, seconds: 0 }).toEqual({ ...first, run: 0, seconds: 0 });
    expect(await remembered()).toBe(known);
  });

  it("judges again what a change touches, and nothing else", async () => {
    await found("--only", RESET);
    const known = await remembered();
    await edit("Lamps.tla", "the guard above is for nothing", "words");
    await edit("Lamps.tla", "BothAtLast == <>(lights = ", "BothAtLast == <>(TRUE /\\ lights = ");
    await found("--only", RESET);
    expect(await remembered()).toBe(known);
    // Survivors are put to the models that fail within the full bounds alone.
    await found("--only", RESET, "--bounds", "full");
    const all = await remembered();
    await edit("MCLamps.tla", "Unguarded == lights'", "Unguarded == TRUE /\\ lights'");
    await found("--only", RESET, "--bounds", "full");
    expect(await remembered()).toBeGreaterThan(all);
  });

  it("passes when each survivor has a reason, and fails for a reason that nothing needs", async () => {
    const { items } = await found("--only", RESET);
    const survivors = items.filter(({ killedBy }) => killedBy === undefined).map(({ id }) => id);
    const reasons = Object.fromEntries(survivors.map((id) => [id, "The next conjunct says it for every light."]));
    await writeFile(join(lamps, "survivors.json"), JSON.stringify(reasons));
    const passed = await mutants("--only", RESET);
    expect(passed.stdout).toMatch(
      /\nspec: 12 of 15 mutants killed \(80\.0 %; of the 12 without a reason to survive 100\.0 %\): /,
    );
    expect(passed.stdout).toMatch(/\nPASS lamps: 15 mutants, 3 survivors, 0 without a reason, 0 stale reasons\n$/);
    expect(passed.code).toBe(0);
    const killed = items.find(({ killedBy }) => killedBy === "types")?.id ?? "";
    const stale = { ...reasons, [killed]: "No.", "Lamps!Gone drop-conjunct 1 00000000": "No." };
    await writeFile(join(lamps, "survivors.json"), JSON.stringify(stale));
    const failed = await mutants("--only", RESET);
    expect(failed.stdout).toContain(`STALE ${killed}: `);
    expect(failed.stdout).toContain("STALE Lamps!Gone drop-conjunct 1 00000000: ");
    expect(failed.code).toBe(3);
  });

  it("does the parts of a job, which add up to the whole", async () => {
    const whole = await found("--only", RESET);
    const files = ["1/2", "2/2"].map((shard, index) => ({ shard, file: join(program.folder, `part${index}.json`) }));
    for (const { shard, file } of files) await mutants("--only", RESET, "--shard", shard, "--results", file);
    const out = join(program.folder, "whole.json");
    await program.run("merge", ...files.map(({ file }) => file), "--out", out);
    const merged = JSON.parse(await readFile(out, "utf8")) as Results;
    expect({ ...merged, seconds: 0 }).toEqual({ ...whole, run: undefined, seconds: 0 });
  });

  it("ends at once when it is interrupted, leaves nothing behind, and goes on from there", async () => {
    await rm(join(cache, "mutants"), { recursive: true, force: true });
    const { child, run } = launch("--only", DROPS, "--lanes", "1");
    await new Promise<void>((resolve) =>
      child.stderr?.on("data", (text: string) => {
        if (/\d+ of 3/.test(text)) resolve();
      }),
    );
    child.kill("SIGINT");
    expect((await run).code).toBe(130);
    expect(await readdir(program.temporary)).toEqual([]);
    const known = await remembered();
    expect(known).toBeGreaterThanOrEqual(1);
    const { counts } = await found("--only", DROPS);
    expect(counts).toMatchObject({ "spec total": 3, "spec killed": 2 });
  });

  it("tells nothing by a model that does not do what it should before anything is changed", async () => {
    await edit("manifest.json", '"distinctStates": 4', '"distinctStates": 5');
    const { code, stderr } = await mutants("--only", GUARD);
    expect(stderr).toContain("MCLamps.cfg does not do what it should, with nothing changed: it has 4 states, not 5.\n");
    expect(code).toBe(4);
  });

  it.each([
    ["a name that no mutant has", ["--only", "Nothing"], 4, "There is no mutant whose name begins with Nothing."],
    ["no lanes", ["--lanes", "0"], 64, "The number of lanes must be at least 1."],
    ["a part to be kept", ["--write", "--shard", "1/2"], 64, "Only the results of all mutants are kept"],
    ["a side that there is not", ["--side", "left"], 64, "Allowed choices are spec, reducer, both."],
  ])("says in one sentence what is wrong with %s", async (_, args, exit, sentence) => {
    const { code, stderr } = await mutants(...args);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(code).toBe(exit);
  });

  it("says in one sentence that the reasons are none", async () => {
    await writeFile(join(lamps, "survivors.json"), '{"a": 1}');
    const { code, stderr } = await mutants("--only", GUARD);
    expect(stderr).toMatch(/survivors\.json must have one sentence for each mutant's name: [^\n]+\n$/);
    expect(code).toBe(64);
  });
});
