import { spawn } from "node:child_process";
import { appendFile, cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadGraph, writeCorpus } from "../tla/graph/index.ts";
import { runTlc } from "../tla/tlc/index.ts";
import { specHash } from "./spec-hash.ts";
import { Program } from "./testing/program.ts";

const root = join(import.meta.dirname, "..");
let program: Program;
/** The example as a user has it who kept no graph, and its module. */
let bare: string;
let module: string;
/** The module of one who kept the graph, so that TLC is not needed. */
let keeping: string;
const withoutJava = { PATH: "", JAVA_HOME: "" };

beforeAll(async () => {
  program = await Program.make();
  bare = join(program.folder, "bare");
  const filter = (path: string): boolean => !/two-phase\/(traces|node_modules)$/.test(path);
  await cp(join(root, "examples/two-phase"), bare, { recursive: true, filter });
  await mkdir(join(bare, "node_modules"));
  await symlink(root, join(bare, "node_modules/lockstep"));
  module = join(bare, "lockstep.js");
  const kept = join(program.folder, "kept");
  await cp(bare, kept, { recursive: true });
  keeping = join(kept, "lockstep.js");
  await keep(kept);
});

afterAll(() => program.remove());

/** Writes the graph of the example where it is looked for. */
async function keep(folder: string): Promise<void> {
  const [spec, config] = [join(folder, "MCTwoPhase.tla"), join(folder, "MCTwoPhase.cfg")];
  const dump = join(program.folder, "graph.dot");
  const { generated, distinct = 0, version } = await runTlc({ spec, dump, workers: 1 });
  const graph = await loadGraph(dump, { totals: { generated, distinct } });
  const sha256 = await specHash(spec, config, []);
  const origin = { module: "MCTwoPhase", sha256, cfg: "MCTwoPhase.cfg", tlc: version };
  await mkdir(join(folder, "traces"));
  await writeFile(join(folder, "traces/MCTwoPhase.graph.ndjson"), writeCorpus({ origin, graph }));
}

describe("lockstep kit", () => {
  it("makes a kit of a user's protocol, the same bytes each time, and says what it covers", async () => {
    const [first, second] = [join(program.folder, "out/first.ndjson"), join(program.folder, "out/second.ndjson")];
    const { code, stdout } = await program.run("kit", module, "--workers", "1", "--out", first);
    expect(stdout).toContain("\n  TMCommit: refused because of all prepared 7, undecided 9\n");
    expect(stdout).toMatch(/ steps, [1-9]\d* of them beside the closed system\n/);
    expect(stdout).toContain("\n  Malformed: refused because of well-formed ");
    expect(stdout).not.toContain("WARNING");
    expect(stdout).toContain("\n  MCTwoPhase.cfg: 1,145 of 1,145 edges\nPASS two-phase: all edges of 1 graph and ");
    expect(code).toBe(0);
    const text = await readFile(first, "utf8");
    expect(JSON.parse(text.slice(0, text.indexOf("\n")))).toMatchObject({
      ...{ kind: "header", format: "lockstep-kit", version: 1, protocol: "two-phase" },
      graphs: [{ cfg: "MCTwoPhase.cfg", edges: 1_145, covered: 1_145 }],
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      took: { TMCommit: 1 },
    });
    const again = program.launch(["kit", keeping, "--cfg", "MCTwoPhase.cfg", "--out", second], withoutJava);
    expect((await again.run).code).toBe(0);
    expect(await readFile(second, "utf8")).toBe(text);
    const { stdout: printed, stderr } = await program.run("kit", keeping, "--out", "-");
    expect(printed).toBe(text);
    expect(stderr).toMatch(/^PASS two-phase/m);
    expect((await readdir(join(program.folder, "out"))).sort()).toEqual(["first.ndjson", "second.ndjson"]);
  });

  it("warns where nothing is offered beside the events of the closed system", async () => {
    const closed = join(program.folder, "closed");
    await cp(dirname(keeping), closed, { recursive: true });
    const source = await readFile(join(closed, "kit.js"), "utf8");
    const changed = source
      .replace(/besides: [\s\S]*?\n {4}\],/, "besides: () => [],")
      .replace(/^ {2}Malformed: .*\n/m, "");
    expect(changed.length).toBeLessThan(source.length - 200);
    await writeFile(join(closed, "kit.js"), changed);
    const { code, stdout } = await program.run("kit", join(closed, "lockstep.js"), "--out", join(closed, "k.ndjson"));
    expect(stdout).toContain("\nWARNING: no event is offered but those of the closed system, so ");
    expect(code).toBe(0);
  });

  it("ends with 3 and writes nothing where the reducer does not agree with the specification", async () => {
    const wrong = join(program.folder, "wrong");
    await cp(dirname(keeping), wrong, { recursive: true });
    const source = await readFile(join(wrong, "two-phase.js"), "utf8");
    const changed = source.replace("(impatient ? 1 : 0)", "1");
    expect(changed).not.toBe(source);
    await writeFile(join(wrong, "two-phase.js"), changed);
    const out = join(wrong, "kit.ndjson");
    const { code, stdout, stderr } = await program.run("kit", join(wrong, "lockstep.js"), "--out", out);
    expect(stderr).toContain("TMCommit was taken where the graph does not enable it");
    expect(stdout).toMatch(/^FAIL two-phase: .*MCTwoPhase.cfg/m);
    expect(code).toBe(3);
    expect(await readdir(wrong)).not.toContain("kit.ndjson");
  });

  it("ends with one sentence and 64 for what makes no sense", async () => {
    const empty = join(program.folder, "empty.mjs");
    const folders = ["spec", "reducer", "binding", "traces", "results"].map((name) => `${name}: "."`).join();
    await writeFile(
      empty,
      `export const protocol = { protocol: "empty", modelOf: () => "x", notConformed: {} }; export const folders = {${folders}};`,
    );
    for (const [says, ...args] of [
      ["required option", module],
      ["There is no protocol nothing", "nothing", "--out", "-"],
      ["cannot be loaded", join(program.folder, "nowhere.js"), "--out", "-"],
      ["empty does not say what a kit is made of", empty, "--out", "-"],
      ["beside Other.cfg, but beside MCTwoPhase.cfg", module, "--cfg", "Other.cfg", "--out", "-"],
      ["It must be", module, "--workers", "none", "--out", "-"],
    ] as const) {
      const { code, stdout, stderr } = await program.run("kit", ...args);
      expect([args, code, stdout, stderr.trim().split("\n").length]).toEqual([args, 64, "", 1]);
      expect(stderr).toContain(says);
    }
  });

  it("ends with 64 where the kit cannot be written, or whoever reads it goes away", async () => {
    const { code, stderr } = await program.run("kit", keeping, "--out", join(keeping, "kit.ndjson"));
    expect(stderr).toMatch(/kit\.ndjson cannot be written: .*\n$/);
    expect(code).toBe(64);
    const args = [join(program.folder, "main.mjs"), "kit", keeping, "--out", "-"];
    const child = spawn(process.execPath, args, { cwd: program.folder, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    expect(await new Promise((resolve) => child.once("close", resolve))).toBe(64);
    expect(said).toMatch(/^The output ends early: .*\.$/m);
  });

  it("ends with 2 where TLC cannot run and no graph of this specification is kept", async () => {
    await appendFile(join(dirname(keeping), "MCTwoPhase.cfg"), "\\* another version\n");
    for (const path of [module, keeping]) {
      const { code, stderr } = await program.launch(["kit", path, "--out", "-"], withoutJava).run;
      expect(stderr).toMatch(/^No Java runtime was found /m);
      expect(code).toBe(2);
    }
  });
});
