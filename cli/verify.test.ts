import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Program, type Run } from "./testing/program.ts";

const SPECS = join(import.meta.dirname, "..", "spec");
let program: Program;
let specs: string;

beforeAll(async () => {
  program = await Program.make();
  specs = join(program.folder, "spec");
});
afterAll(() => program.remove());

/** A folder of specifications with one small model of Wackamole, one that must fail and one witness. */
beforeEach(async () => {
  await rm(specs, { recursive: true, force: true });
  await mkdir(specs);
  await cp(join(SPECS, "evs"), join(specs, "evs"), { recursive: true });
  await cp(join(SPECS, "wackamole"), join(specs, "wackamole"), { recursive: true });
  const kept = ["MCWackamoleBoot.cfg", "BrokenShortList.cfg", "WitnessBootstrap.cfg"];
  for (const name of await readdir(join(specs, "wackamole"))) {
    if (name.endsWith(".cfg") && !kept.includes(name)) await rm(join(specs, "wackamole", name));
  }
  await keep(["BrokenShortList.itf.json", "WitnessBootstrap.itf.json"]);
  await editManifest((models) => models.filter(({ path }) => kept.includes(path.split("/").at(-1) ?? "")));
});

/** A folder of what is kept, with these behaviours alone. */
async function keep(names: readonly string[]): Promise<void> {
  const [from, to] = [join(SPECS, ".."), program.folder].map((root) => join(root, "traces", "wackamole"));
  await rm(to ?? "", { recursive: true, force: true });
  await mkdir(to ?? "", { recursive: true });
  const index = JSON.parse(await readFile(join(from ?? "", "index.json"), "utf8"));
  for (const name of names) await cp(join(from ?? "", name), join(to ?? "", name));
  await writeFile(
    join(to ?? "", "index.json"),
    JSON.stringify(Object.fromEntries(names.map((name) => [name, index[name]]))),
  );
}

interface Entry {
  readonly path: string;
  distinctStates?: number | undefined;
  totalStates?: number | undefined;
  stateDepth?: number | undefined;
}

async function editManifest(edit: (models: Entry[]) => Entry[]): Promise<void> {
  const path = join(specs, "wackamole", "manifest.json");
  const manifest = JSON.parse(await readFile(path, "utf8")) as { modules: { models: Entry[] }[] };
  for (const module of manifest.modules) module.models = edit(module.models);
  await writeFile(path, JSON.stringify(manifest));
}

const cfg = (name: string): string => join(specs, "wackamole", name);
const verify = (...args: string[]): Promise<Run> =>
  program.run("verify", "--specs", specs, "--only", "wackamole", ...args);

describe("lockstep verify", () => {
  it("checks, conforms, says how much it compared, and fails for what these few models leave untested", async () => {
    const json = join(program.folder, "verified.json");
    const { code, stdout } = await verify("--json", json);
    expect(stdout).toMatch(/in lockstep: sound 1,278, complete 1,278, refusals [\d,]+/);
    expect(stdout).toContain("FAIL wackamole: no model makes Correctness fail.");
    expect(stdout).not.toContain("no model makes TypeOK fail.");
    expect(stdout).toContain("FAIL wackamole: the action Partition was never taken.");
    expect(stdout).not.toContain("the action Balance was never taken.");
    const kept = "PASS wackamole: replay of what is kept: 2 files, 5 steps, 7 states compared, 1 in full, 1 parted";
    expect(stdout).toContain(kept);
    expect(stdout).toMatch(/FAIL 4 of 4\n$/);
    expect(code).toBe(4);
    const { tools, protocols } = JSON.parse(await readFile(json, "utf8"));
    expect(tools).toMatchObject({ tlc: expect.stringMatching(/^\d/), seed: 1, workers: expect.any(Number) });
    expect(tools.jarSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(stdout).toContain(
      `With TLC ${tools.tlc} (SHA-256 of its jar: ${tools.jarSha256}), ${tools.workers} workers`,
    );
    const [protocol] = protocols;
    expect(protocol.models[0].conformance).toMatchObject({ states: 624, edges: 1278, mismatches: 0 });
    expect(protocol.models[0].conformance.actions.Balance).toMatchObject({ refusals: expect.any(Number) });
    expect(protocol.broken).toMatchObject([
      { cfg: "BrokenShortList.cfg", passed: true, expected: "TypeOK", found: "TypeOK", tlc: { depth: 2 } },
    ]);
    expect(protocol.witnesses).toMatchObject([{ cfg: "WitnessBootstrap.cfg", reached: true }]);
    expect(protocol.replay).toMatchObject({ passed: true, files: 2, steps: 5, parted: 1 });
    expect(await readdir(program.temporary)).toEqual([]);
  });

  it("fails when a behaviour that is kept is gone, and when nothing is kept", async () => {
    await rm(join(program.folder, "traces", "wackamole", "WitnessBootstrap.itf.json"));
    const { stdout } = await verify();
    expect(stdout).toContain("FAIL WitnessBootstrap.itf.json: WitnessBootstrap.itf.json is in the index, but cannot");
    expect(stdout).toMatch(/FAIL 3 of 4\n$/);
    await rm(join(program.folder, "traces"), { recursive: true });
    const nothing = await verify();
    expect(nothing.stdout).toContain("FAIL wackamole: replay of what is kept: no behaviour is kept; run lockstep");
    expect(nothing.code).toBe(4);
  });

  it("fails when a model has other counts than the manifest", async () => {
    await editManifest((models) =>
      models.map((model) => (model.path.endsWith("Boot.cfg") ? { ...model, distinctStates: 625 } : model)),
    );
    const { stdout } = await verify();
    expect(stdout).toContain(
      "FAIL wackamole/MCWackamoleBoot.cfg: 624 distinct of 1,283 states, depth 18; the manifest has 625 of 1,283",
    );
    expect(stdout).toMatch(/FAIL 3 of 4\n$/);
  });

  it("fails when a model that must fail does not, and when a witness is not reached", async () => {
    const mended = (await readFile(cfg("MCWackamoleBoot.cfg"), "utf8")).replace(
      /INVARIANTS[\s\S]*(?=CHECK_DEADLOCK)/,
      "",
    );
    await writeFile(cfg("BrokenShortList.cfg"), `\\* must fail: TypeOK\n${mended}INVARIANT TypeOK\n`);
    await writeFile(cfg("WitnessBootstrap.cfg"), `\\* witness: nothing\n${mended}INVARIANT TypeOK\n`);
    const { code, stdout } = await verify();
    const says = "TypeOK should fail, but TLC says: no error was found";
    expect(stdout).toContain(`FAIL wackamole/BrokenShortList.cfg: must fail: ${says}`);
    expect(stdout).toContain(`FAIL wackamole/WitnessBootstrap.cfg: witness, nothing: ${says}`);
    expect(code).toBe(4);
  });

  it("fails when the specification says another thing than the reducer, with exit code 3 and the way", async () => {
    const path = join(specs, "wackamole", "Wackamole.tla");
    const text = await readFile(path, "utf8");
    const other = text.replace("[prefs[s] EXCEPT ![m.sender] = m.prefers]", "prefs[s]");
    expect(other).not.toBe(text);
    await writeFile(path, other);
    // The counts differ too; once the manifest has the new ones, the graphs are compared.
    const found = /Boot.cfg: ([\d,]+) distinct of ([\d,]+) states, depth (\d+)/.exec((await verify()).stdout) ?? [];
    const [, distinctStates, totalStates, stateDepth] = found.map((digits) => Number(digits.replaceAll(",", "")));
    await editManifest((models) =>
      models.map((model) =>
        model.path.endsWith("Boot.cfg") ? { ...model, distinctStates, totalStates, stateDepth } : model,
      ),
    );
    const { code, stdout } = await verify();
    expect(stdout).toContain("sound, successor");
    expect(stdout).toMatch(/prefs\.s1: expected \{\}, got|prefs.*a2/);
    expect(stdout).toContain("NOT in lockstep");
    expect(code).toBe(3);
    const [, path1] =
      /reproduce: lockstep conform wackamole --cfg MCWackamoleBoot.cfg --path '(.*)'/.exec(stdout) ?? [];
    const again = await program.run(
      "conform",
      "wackamole",
      "--specs",
      specs,
      "--cfg",
      "MCWackamoleBoot.cfg",
      "--path",
      path1 ?? "",
    );
    expect(again.stdout).toMatch(/^1: Initial predicate\n[\s\S]*: ReceiveStateMsg\n/);
    expect(again.code).toBe(0);
  });
});

describe("lockstep verify says in one sentence what is wrong with", () => {
  const cases: readonly [what: string, spoil: () => Promise<unknown>, says: RegExp][] = [
    ["a missing folder", () => rm(specs, { recursive: true }), /^There is no folder of specifications at .*\n$/],
    [
      "a missing manifest entry",
      () => writeFile(cfg("Stray.cfg"), "\\* none"),
      /Stray\.cfg is not in .*manifest\.json, so it would not run\.\n$/,
    ],
    ["an empty manifest", () => writeFile(cfg("manifest.json"), ""), /manifest\.json is not JSON\.\n$/],
    [
      "a truncated manifest",
      () => writeFile(cfg("manifest.json"), '{"path": "spec/wack'),
      /manifest\.json is not JSON\.\n$/,
    ],
    [
      "a manifest of another kind",
      () => writeFile(cfg("manifest.json"), '{"modules": 1}'),
      /manifest\.json is not a manifest: .*\.\n$/,
    ],
    [
      "a configuration that is gone",
      () => rm(cfg("BrokenShortList.cfg")),
      /BrokenShortList\.cfg cannot be read: there is no such file\.\n$/,
    ],
    [
      "a configuration that does not say what it is for",
      () => writeFile(cfg("BrokenShortList.cfg"), "INVARIANT TypeOK"),
      /must begin with .*\n$/,
    ],
    [
      "one that checks another property than it is for",
      () => writeFile(cfg("BrokenShortList.cfg"), "\\* must fail: A\nINVARIANT B"),
      /says that A must fail, but checks B\.\n$/,
    ],
    [
      "one that checks nothing",
      () => writeFile(cfg("BrokenShortList.cfg"), "\\* must fail: A\n"),
      /must check the one property that it is for.*\n$/,
    ],
  ];

  it.each(cases)("%s", async (_, spoil, says) => {
    await spoil();
    const { code, stderr, stdout } = await verify();
    expect(stderr).toMatch(says);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stdout).toBe("");
    expect(code).toBe(64);
  });

  it("an unknown protocol and unknown bounds", async () => {
    expect(await program.run("verify", "--specs", specs, "--only", "paxos")).toMatchObject({
      code: 64,
      stderr: "There is no protocol paxos; there is evs, wackamole.\n",
    });
    expect((await verify("--bounds", "infinite")).code).toBe(64);
  });
});

describe("lockstep conform", () => {
  const corpus = join(SPECS, "..", "traces", "wackamole", "MCWackamoleBoot.graph.ndjson");
  const conform = (...args: string[]): Promise<Run> =>
    program.run("conform", "wackamole", "--specs", specs, "--cfg", "MCWackamoleBoot.cfg", ...args);

  it("compares with a graph that is kept, without Java", async () => {
    const { child, run } = program.launch(
      ["conform", "wackamole", "--specs", specs, "--cfg", "MCWackamoleBoot.cfg", "--graph", corpus],
      { PATH: "", JAVA_HOME: "" },
    );
    expect(child.pid).toBeGreaterThan(0);
    const { code, stdout } = await run;
    expect(stdout).toMatch(/edges +1,278 of 1,278[\s\S]*PASS MCWackamole: [\d,]+ compared, 0 mismatches/);
    expect(code).toBe(0);
  });

  it("takes no graph of another model for a pass", async () => {
    const { code, stdout, stderr } = await conform("--graph", corpus.replace("Boot", "Small"));
    const says = "is the graph of MCWackamoleSmall.cfg, not of MCWackamoleBoot.cfg: add --cfg MCWackamoleSmall.cfg.\n";
    expect(stderr).toContain(says);
    expect([code, stdout]).toEqual([64, ""]);
  });

  it.each([
    ["a path that is no JSON", ["--path", "{"], "The path is not JSON"],
    ["a path of another shape", ["--path", "[]"], "The path must be"],
    ["a path from a world that is not there", ["--path", '{"initial":99,"moves":[]}'], "The path cannot be taken"],
    ["a move that is none", ["--path", '{"initial":0,"moves":[{"type":"Fly"}]}'], "The path cannot be taken"],
    [
      "a move of a server that is not there",
      ["--path", '{"initial":0,"moves":[{"type":"Recover","server":"s9"}]}'],
      "The path cannot be taken",
    ],
    ["a move of hostile shape", ["--path", '{"initial":0,"moves":[null]}'], "The path cannot be taken"],
    ["a configuration that is not there", ["--cfg", "No.cfg"], "has no closed system for No.cfg"],
    ["a graph that is not there", ["--graph", "none.ndjson"], "there is no such file"],
  ])("says in one sentence what is wrong with %s", async (_, args, says) => {
    const { code, stderr } = await conform(...args);
    expect(stderr).toContain(says);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(64);
  });
});
