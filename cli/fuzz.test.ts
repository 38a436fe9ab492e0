import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Results } from "../conformance/engine/index.ts";
import { Program, type Run } from "./testing/program.ts";

let program: Program;
let genuine: string;
let faulty: string;

beforeAll(async () => {
  program = await Program.make();
  faulty = join(program.folder, "faulty.mjs");
  genuine = join(program.folder, "genuine.mjs");
  const entry = join(import.meta.dirname, "testing", "faulty", "lockstep.ts");
  await build({ entryPoints: [entry], outfile: faulty, bundle: true, platform: "node", format: "esm" });
  // In a test the program is not where its folders are, so its own protocol is handed to it as a user's.
  const lines = [
    'process.env["LOCKSTEP_GENUINE"] = "yes";',
    'export const { protocol, folders } = await import("./faulty.mjs");',
  ];
  await writeFile(genuine, lines.join("\n"));
});
afterAll(() => program.remove());

const LOCKSTEP_ROOT = join(import.meta.dirname, "..");
const fuzz = (...args: string[]): Promise<Run> => program.launch(["fuzz", ...args], { LOCKSTEP_ROOT }).run;
const little = ["--runs", "4", "--steps", "60", "--seed", "3"];
const path = (name: string): string => join(program.folder, name);

async function read(name: string): Promise<Results> {
  return JSON.parse(await readFile(path(name), "utf8"));
}

describe("lockstep fuzz", () => {
  it("does not pass where an action was never taken", async () => {
    const run = await fuzz("--protocol", genuine, "--campaigns", "1", "--runs", "1", "--steps", "3", "--seed", "3");
    expect(run.stdout).toMatch(/^never taken: Balance$/m);
    expect(run.stdout).toMatch(/^FAIL wackamole: 0 violations in 1 campaigns/m);
    expect(run.code).toBe(4);
  });

  it("gives an empty part where a shard has nothing to do, so that parts add up", async () => {
    const job = ["--protocol", genuine, "--campaigns", "1", ...little, "--shard", "2/2"];
    expect((await fuzz(...job, "--results", path("empty.json"))).code).toBe(0);
    expect(await read("empty.json")).toMatchObject({ complete: true, counts: { campaigns: 0 } });
  });

  it("finds nothing in the reducer as it is, and says how much it looked at", async () => {
    const job = ["--protocol", genuine, "--campaigns", "2", "--runs", "40", "--steps", "150", "--seed", "3"];
    const run = await fuzz(...job, "--results", path("clean.json"));
    expect(run.stdout).toMatch(/^PASS wackamole: 0 violations in 2 campaigns of seed 3, 80 runs, [\d,]+ steps, /m);
    expect(run.code).toBe(0);
    const { counts, sets, items } = await read("clean.json");
    expect(counts).toMatchObject({ campaigns: 2, runs: 80, settled: 80, violations: 0 });
    expect(counts["steps"]).toBeGreaterThan(400);
    expect(counts["taken ViewChange"]).toBeGreaterThan(10);
    expect(sets["features"]?.length).toBeGreaterThan(50);
    expect(items).toEqual([]);
  });

  it("writes a run that fails, shortened, and takes it again", async () => {
    const out = path("failures");
    const run = await fuzz("--protocol", faulty, "--campaigns", "1", "--seed", "3", "--steps", "100", "--out", out);
    expect(run.stdout).toMatch(/^VIOLATED \w+ \(.+\) by run \d+ of campaign 0: [\d,]+ moves shortened to \d+, \{/m);
    expect(run.stdout).toMatch(/^FAIL wackamole: 1 violation in /m);
    expect(run.code).toBe(3);
    const shortened = Number(/shortened to (\d+)/.exec(run.stdout)?.[1]);
    expect(shortened).toBeLessThan(12);
    const [name = ""] = await readdir(out);
    expect(run.stdout).toContain(`lockstep fuzz --protocol ${faulty} --replay ${join(out, name)}`);
    const again = await fuzz("--protocol", faulty, "--replay", join(out, name));
    expect(again.stdout).toMatch(/^VIOLATED \w+ \(.+\) after \d+ states$/m);
    expect(again.code).toBe(3);
    const mended = await fuzz("--protocol", genuine, "--replay", join(out, name));
    expect(mended.stdout).toMatch(/^(PASS no violation in \d+ states|FAIL move \d+ was refused because \w+)$/m);
  });

  it("comes to the same totals as one process or as three, whose results are merged", async () => {
    const job = ["--protocol", genuine, "--campaigns", "5", ...little];
    const parts = [1, 2, 3].map((index) => path(`part-${index}.json`));
    const shards = parts.map((file, at) => fuzz(...job, "--shard", `${at + 1}/3`, "--results", file));
    await Promise.all([...shards, fuzz(...job, "--results", path("whole.json"))]);
    const merged = await program.run("merge", ...parts, "--out", path("merged.json"));
    expect(merged.code).toBe(0);
    const { seconds: _, ...whole } = await read("whole.json");
    expect(await read("merged.json")).toMatchObject(whole);
    expect(whole.counts["campaigns"]).toBe(5);
  });

  it("tells the share of a model's graph that was hit, and the nearest of what was not", async () => {
    const job = ["--protocol", genuine, "--cfg", "MCWackamoleSmall.cfg", "--campaigns", "1", ...little];
    const run = await fuzz(...job, "--results", path("coverage.json"));
    // So few runs leave actions out, which is no pass.
    expect(run.code).toBe(4);
    expect(run.stdout).toMatch(/states\W+\d+\W+614\W+\d+\.\d %/);
    const [, edges = ""] = /edges\W+(\d+)\W+1,272\W+\d+\.\d %/.exec(run.stdout) ?? [];
    expect(run.stdout).toMatch(
      /^never hit: ReceiveStateMsg, \d+ steps? from an initial state, at a state that was hit:/m,
    );
    const { settings, counts, sets } = await read("coverage.json");
    expect(settings).toMatchObject({ cfg: "MCWackamoleSmall.cfg", states: 614, edges: 1_272 });
    expect(counts["compared"]).toBe(counts["steps"]);
    const hit = Object.entries(sets).filter(([name]) => name.startsWith("edges of "));
    expect(hit.reduce((sum, [, of]) => sum + of.length, 0)).toBe(Number(edges));
    expect(Number(edges)).toBeGreaterThan(0);
  });

  it("finds a step that the graph does not have", async () => {
    const job = ["--protocol", faulty, "--cfg", "MCWackamoleSmall.cfg", "--campaigns", "1", ...little];
    const run = await fuzz(...job, "--out", path("strays"));
    expect(run.stdout).toMatch(/^VIOLATED ViewChange leads to a state that the graph does not have \(stray\) /m);
    expect(run.code).toBe(3);
    const [name = ""] = await readdir(path("strays"));
    const again = await fuzz(
      "--protocol",
      faulty,
      "--cfg",
      "MCWackamoleSmall.cfg",
      "--replay",
      join(path("strays"), name),
    );
    expect(again.stdout).toMatch(/^VIOLATED .* \(stray\) after 2 states$/m);
  });

  it.each([
    ["no campaign", ["--campaigns", "0"], 64, /--campaigns must be a number from 1/],
    ["a time that is none", ["--for", "soon"], 64, /It must be a time such as 60s, 5m or 1h/],
    ["a seed that is too large", ["--campaigns", "1", "--seed", "4294967296"], 64, /--seed must be/],
    ["a strategy that there is not", ["--strategy", "clever"], 64, /Allowed choices are uniform, swarm, guided/],
    [
      "a configuration that there is not",
      ["--cfg", "MCNothing.cfg"],
      64,
      /no closed system for a model MCNothing\.cfg/,
    ],
    [
      "results that cannot be written",
      ["--campaigns", "1", "--runs", "1", "--results", "/dev/null/x"],
      64,
      /cannot be written/,
    ],
    [
      "a file without a run",
      ["--replay", join(LOCKSTEP_ROOT, "traces/wackamole/WitnessGap.itf.json")],
      64,
      /holds no run/,
    ],
  ])("says in one sentence what is wrong with %s", async (_, args, code, says) => {
    const run = await fuzz("--protocol", genuine, ...args);
    expect(run.stderr).toMatch(says);
    expect(
      run.stderr
        .trim()
        .split("\n")
        .filter((line) => !line.startsWith("fuzz:")),
    ).toHaveLength(1);
    expect(run.code).toBe(code);
  });

  it("says which campaign it was at where a step never returns, and ends", async () => {
    const loops = "export const protocol = { ...genuine, fuzzing: { campaign: function* () { for (;;); } } };";
    const lines = ['import { folders, protocol as genuine } from "./genuine.mjs";', "export { folders };", loops];
    await writeFile(path("loops.mjs"), lines.join("\n"));
    const run = await fuzz("--protocol", path("loops.mjs"), "--campaigns", "1", "--seed", "3", "--patience", "1");
    expect(run.stderr).toBe("A run of campaign 0 of seed 3 has not ended in 1 seconds: a step may never return.\n");
    // It was killed: whoever never comes back cannot give a code.
    expect(run.code).toBeNull();
  });

  it("says which file it was at where a step of it never returns, and ends", async () => {
    const loops = "export const protocol = { ...genuine, fuzzing: { replay: () => { for (;;); } } };";
    const lines = ['import { folders, protocol as genuine } from "./genuine.mjs";', "export { folders };", loops];
    await writeFile(path("stuck.mjs"), lines.join("\n"));
    const script = { settings: {}, start: 0, moves: [] };
    const itf = { "#meta": { fuzz: script }, vars: ["x"], states: [{ x: 0 }] };
    await writeFile(path("stuck.itf.json"), JSON.stringify(itf));
    const run = await fuzz("--protocol", path("stuck.mjs"), "--replay", path("stuck.itf.json"), "--patience", "1");
    expect(run.stderr).toMatch(
      /^The steps of .*stuck\.itf\.json have not ended in 1 seconds: .* may never return\.\n$/,
    );
    expect(run.code).toBeNull();
  });

  it("waits for a failure to be shortened, however long that takes", async () => {
    const breaks =
      'function* () { yield { runs: 1, steps: 1, features: 0, edges: 0, breach: { kind: "threw", says: "it" } };' +
      " const end = Date.now() + 4000; while (Date.now() < end); return yield* genuine.fuzzing.campaign({ ...arguments[0], runs: 0 }); }";
    const lines = ['import { folders, protocol as genuine } from "./genuine.mjs";', "export { folders };"];
    const slow = `export const protocol = { ...genuine, fuzzing: { campaign: ${breaks} } };`;
    await writeFile(path("slow.mjs"), [...lines, slow].join("\n"));
    const run = await fuzz("--protocol", path("slow.mjs"), "--campaigns", "1", "--seed", "3", "--patience", "1");
    expect(run.stdout).toContain("BROKEN it (threw) by campaign 0 of seed 3");
    expect(run.code).not.toBeNull();
  });

  it("keeps what was found when it is interrupted", async () => {
    const { child, run } = program.launch(
      ["fuzz", "--protocol", genuine, "--for", "1h", "--runs", "5", "--steps", "50", "--results", path("cut.json")],
      { LOCKSTEP_ROOT },
    );
    await expect
      .poll(
        () =>
          read("cut.json").then(
            ({ counts }) => counts["campaigns"],
            () => 0,
          ),
        { timeout: 60_000 },
      )
      .toBeGreaterThan(0);
    child.kill("SIGINT");
    const { code, stdout } = await run;
    expect(stdout).toMatch(/^INTERRUPTED wackamole: 0 violations in \d+ campaigns/m);
    expect(code).toBe(130);
    expect(await read("cut.json")).toMatchObject({ complete: false });
    const merged = await program.run("merge", path("cut.json"), "--out", path("never.json"));
    expect(merged.stderr).toContain("part 1 of 1 was not done to its end.");
    expect(merged.code).toBe(64);
  });
});
