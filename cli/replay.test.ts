import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Program, type Run } from "./testing/program.ts";
import { twoPhase } from "./testing/two-phase.ts";

let program: Program;
let example: Awaited<ReturnType<typeof twoPhase>>;
let traces: string;

beforeAll(async () => {
  program = await Program.make();
  example = await twoPhase(program.folder);
  traces = join(example.folder, "traces");
});
afterAll(() => program.remove());

const replay = (...args: string[]): Promise<Run> => program.run("replay", "--protocol", example.module, ...args);

/** A file of its own with this text. */
async function file(name: string, text: string): Promise<string> {
  const path = join(program.folder, name);
  await writeFile(path, text);
  return path;
}

async function kept(name: string): Promise<string> {
  return readFile(join(traces, name), "utf8");
}

const first = `/\\ rmState = (r1 :> "working" @@ r2 :> "working" @@ r3 :> "working")
/\\ tmState = "init"
/\\ tmPrepared = {}
/\\ msgs = {}
`;
const aborted = first.replace('"init"', '"aborted"').replace("msgs = {}", 'msgs = {[type |-> "Abort"]}');
const words = `Error: Temporal properties were violated.\n\nState 1: <Initial predicate>\n${first}\nState 2: <TMAbort line 1, col 1 to line 2, col 2 of module TwoPhase>\n${aborted}\nState 3: Stuttering\n`;
const simulated = `---- MODULE x ----\nSTATE_1 ==\n${first}\n\nSTATE_2 ==\n${aborted}\n\n====\n`;

describe("lockstep replay", () => {
  it("takes what is kept of a protocol: witnesses in full, counterexamples up to where they must part", async () => {
    const { code, stdout } = await replay();
    expect(stdout).toContain("PASS WitnessAllCommit.itf.json (WitnessAllCommit.cfg): replayed in full, 10 steps\n");
    const parts = "parts at state 2, after 0 steps, as it must; Consistent flagged by both at state 4";
    expect(stdout).toContain(`PASS BrokenCommitsAtOnce.itf.json (BrokenCommitsAtOnce.cfg): ${parts}\n`);
    expect(stdout).toContain('    rmState[r1]: expected "gone", got "aborted"\n');
    const sum = "1 in full, 2 parted, 2 flagged by both, 0 by TLC alone";
    expect(stdout).toMatch(new RegExp(`PASS 3 files, 10 steps, 15 states compared, ${sum}\n$`));
    expect(code).toBe(0);
  });

  it("takes what TLC prints, its loops too, and the files of a simulation", async () => {
    const paths = [await file("words.txt", words), await file("behaviour_0_0", simulated)];
    const { code, stdout } = await replay(...paths, "--cfg", "MCTwoPhase.cfg");
    expect(stdout).toContain("PASS behaviour_0_0 (MCTwoPhase.cfg): replayed in full, 1 steps\n");
    expect(stdout).toContain("PASS words.txt (MCTwoPhase.cfg): replayed in full, 1 steps, its loop once\n");
    expect(code).toBe(0);
  });

  it("says at which step, field and conjunct the reducers part from what they should show", async () => {
    const prepared = simulated.replace('tmState = "aborted"', 'tmState = "committed"').replace("Abort", "Commit");
    const { code, stdout } = await replay(await file("forged", prepared), "--cfg", "MCTwoPhase.cfg");
    expect(stdout).toContain(
      "FAIL forged (MCTwoPhase.cfg): parts at state 2, after 0 steps; it should be replayed in full\n",
    );
    expect(stdout).toContain('    tmState: expected "committed", got "aborted"\n');
    expect(stdout).toContain("refused: TMCommit because of all prepared");
    expect(stdout).toMatch(/FAIL 1 files.*, 1 failed\n$/);
    expect(code).toBe(3);
  });

  it("fails when a counterexample of a broken specification can be replayed", async () => {
    const { code, stdout } = await replay(await file("harmless", simulated), "--cfg", "BrokenCommitsAtOnce.cfg");
    expect(stdout).toContain("although its specification is broken: the reducer has the same fault");
    expect(stdout).toContain("Consistent is flagged over worlds nowhere, not at the last state");
    expect(code).toBe(3);
  });

  it("fails when a property is flagged at another state than TLC's, or in a good behaviour", async () => {
    const broken = JSON.parse(await kept("BrokenCommitsAtOnce.itf.json"));
    const last = broken.states.at(-1);
    broken.states.push({ ...last, "#meta": { ...last["#meta"], index: broken.states.length } });
    const late = await replay(await file("late.itf.json", JSON.stringify(broken)));
    expect(late.stdout).toContain("Consistent is flagged over worlds at state 4, not at the last state");
    expect(late.code).toBe(3);
    const { "#meta": meta, ...bare } = broken;
    expect(meta.cfg).toBe("BrokenCommitsAtOnce.cfg");
    const path = await file("bare.itf.json", JSON.stringify(bare));
    const good = await replay(path, "--cfg", "MCTwoPhase.cfg");
    expect(good.stdout).toContain("Consistent is flagged over worlds at state 4");
    expect(good.code).toBe(3);
  });

  it("fails with exit code 3 where a reducer that refuses everything parts elsewhere than is pinned", async () => {
    const folder = await mkdtemp(join(program.folder, "deaf"));
    const deaf = await twoPhase(folder, (text) =>
      text.replace(
        "model(closed(managers),",
        'model({ ...closed(managers), apply: () => ({ kind: "refused", because: "deaf" }) },',
      ),
    );
    const { code, stdout } = await program.run("replay", "--protocol", deaf.module);
    expect(stdout).toMatch(/FAIL BrokenCommitsAtOnce.*for other reasons than the index says: no longer .*now .* deaf/);
    expect(stdout).toMatch(/FAIL BrokenVanishes.*for other reasons than the index says/);
    expect(stdout).not.toContain("PASS ");
    expect(code).toBe(3);
  });

  it("fails with exit code 4 where a kept file has other bytes, is cut or gone, or is in no index", async () => {
    const { folder, module } = await twoPhase(await mkdtemp(join(program.folder, "bytes")));
    const path = (name: string): string => join(folder, "traces", name);
    const broken = await readFile(path("BrokenVanishes.itf.json"), "utf8");
    await writeFile(path("BrokenVanishes.itf.json"), broken.replace('"working"', '"prepared"'));
    await writeFile(path("stray.itf.json"), broken);
    await rm(path("WitnessAllCommit.itf.json"));
    const { code, stdout } = await program.run("replay", "--protocol", module);
    expect(stdout).toContain("FAIL BrokenVanishes.itf.json: BrokenVanishes.itf.json has other bytes than those");
    expect(stdout).toContain("FAIL stray.itf.json: stray.itf.json is not pinned");
    expect(stdout).toContain("FAIL WitnessAllCommit.itf.json: WitnessAllCommit.itf.json is in the index, but cannot");
    expect(code).toBe(4);
    await writeFile(path("index.json"), "{");
    expect((await program.run("replay", "--protocol", module)).code).toBe(64);
    await rm(path("index.json"));
    const { stderr, code: none } = await program.run("replay", "--protocol", module);
    expect(stderr).toMatch(/index.json is missing; run lockstep traces.\n$/);
    expect(none).toBe(4);
  });

  it("takes no parting at once for a pass where no index expects it", async () => {
    const { code, stdout } = await replay(await file("loose.itf.json", await kept("BrokenCommitsAtOnce.itf.json")));
    expect(stdout).toContain("nothing was checked: the reducers took no step of it");
    expect(code).toBe(4);
  });

  it("gives the same from shards as from one run, once they are merged", async () => {
    const parts = [1, 2, 3, 4].map((index) => join(program.folder, `part${index}.json`));
    const runs = await Promise.all(parts.map((path, at) => replay("--shard", `${at + 1}/4`, "--results", path)));
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    const [whole, merged] = ["whole.json", "merged.json"].map((name) => join(program.folder, name));
    await replay("--results", whole ?? "");
    expect((await program.run("merge", ...parts, "--out", merged ?? "")).code).toBe(0);
    const [one, other] = await Promise.all(
      [whole, merged].map(async (path) => JSON.parse(await readFile(path ?? "", "utf8"))),
    );
    expect({ ...other, seconds: 0 }).toEqual({ ...one, seconds: 0 });
    expect(one).toMatchObject({ kind: "replay", counts: { files: 3, steps: 10, "taken RMPrepare": 3 } });
  });

  it("keeps what it found of all that is kept, and of nothing less", async () => {
    expect((await replay("--write")).code).toBe(0);
    const found = JSON.parse(await readFile(join(example.folder, "results", "replay.json"), "utf8"));
    expect(found).toMatchObject({ kind: "replay", settings: { files: 3 }, counts: { steps: 10, failed: 0 } });
    for (const less of [[traces], ["--cfg", "MCTwoPhase.cfg"], ["--shard", "1/2"]]) {
      const { code, stderr } = await replay("--write", ...less);
      expect(stderr).toContain("leave out paths, --cfg and --shard.");
      expect(code).toBe(64);
    }
  });

  it("says of a behaviour of another version of the specification that it is stale, with exit code 4", async () => {
    const old = (await kept("WitnessAllCommit.itf.json")).replace(/"sha256":"\w{12}/, '"sha256":"0123456789ab');
    const { code, stdout } = await replay(await file("old.itf.json", old));
    const says = /old.itf.json was made from another version of WitnessAllCommit.cfg \(hash 0123456789ab, now \w{12}\)/;
    expect(stdout).toMatch(says);
    expect(stdout).toContain("; run lockstep traces.\n");
    expect(code).toBe(4);
  });

  it("fails with exit code 4 where nothing was replayed", async () => {
    const empty = join(program.folder, "empty");
    await mkdir(empty);
    expect(await replay(empty)).toMatchObject({ code: 4, stderr: "There is no behaviour to replay.\n" });
    const still = await file("still", simulated.replace(/STATE_2[\s\S]*(?=====)/, ""));
    const { code, stdout } = await replay(still, "--cfg", "MCTwoPhase.cfg");
    expect(stdout).toMatch(/FAIL 1 files, 0 steps/);
    expect(code).toBe(4);
  });

  it.each([
    ["a file that is not there", ["nowhere.itf.json"], "nowhere.itf.json cannot be read: there is no such file."],
    ["a file without a configuration", ["words.txt"], "words.txt does not say its configuration: name it with --cfg."],
    ["an unknown configuration", ["words.txt", "--cfg", "MC.cfg"], "--cfg: two-phase has no configuration MC.cfg."],
    ["a file that holds no behaviour", ["main.mjs"], "main.mjs holds no behaviour"],
    ["two files of one name", ["words.txt", "words.txt"], "Two of the files are called words.txt."],
    ["a shard that is none", ["words.txt", "--shard", "3/2"], "It must be I/N with 1 <= I <= N."],
  ])("refuses %s in one sentence", async (_, args, says) => {
    await file("words.txt", words);
    const { code, stderr } = await replay(...args);
    expect(stderr).toContain(says);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(64);
  });
});
