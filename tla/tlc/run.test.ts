import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Progress, TlcResult } from "./result.ts";
import { runTlc } from "./run.ts";
import { makeSandbox, type Sandbox } from "./testing/sandbox.ts";

const FIXTURES = join(import.meta.dirname, "fixtures");
const files = (): string[] => readdirSync(FIXTURES, { recursive: true }).map(String).sort();
const before = files();
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await makeSandbox();
});

// Whatever became of a run: no file is left, neither beside the specification nor in the temporary folder.
afterEach(async () => {
  expect(await sandbox.left()).toEqual([]);
  expect(files()).toEqual(before);
});

afterAll(() => sandbox.remove());

function counter(config: string, more: Partial<Parameters<typeof runTlc>[0]> = {}): Promise<TlcResult> {
  return runTlc({
    spec: join(FIXTURES, "Counter"),
    config: join(FIXTURES, `Counter${config}.cfg`),
    workers: 1,
    ...more,
  });
}

function check(spec: string, config = spec): Promise<TlcResult> {
  return runTlc({ spec: join(FIXTURES, `${spec}.tla`), config: join(FIXTURES, `${config}.cfg`), workers: 1 });
}

const server = (name: string) => ({ "#model": name });

describe("a run of TLC", () => {
  it("has TLC's totals and the coverage of each action, and writes the graph that was asked for", async () => {
    const dump = join(sandbox.path, "graph");
    const result = await counter("Good", { coverage: true, dump });
    expect(result.outcome).toEqual({ kind: "success" });
    expect(result.exitCode).toBe(0);
    expect(result.version).toMatch(/\d/);
    expect([result.generated, result.distinct, result.queue, result.depth]).toEqual([23, 15, 0, 4]);
    expect(result.initial).toEqual({ generated: 1, distinct: 1 });
    expect(result.coverage?.map(({ action, generated, distinct }) => [action, generated, distinct])).toEqual([
      ["Up", 14, 14],
      ["Reset", 8, 0],
    ]);
    const graph = await readFile(dump, "utf8");
    expect(graph.match(/ -> /g)).toHaveLength(result.generated - 1);
    await rm(dump);
  });

  it("names the invariant, and the trace has an action and a state for each step", async () => {
    const dump = join(sandbox.path, "graph.dot");
    const { outcome, exitCode } = await counter("Invariant", { dump });
    if (outcome.kind !== "invariant") throw new Error(outcome.kind);
    expect([exitCode, outcome.property, outcome.message]).toEqual([12, "Small", "Invariant Small is violated."]);
    const { steps, lasso } = outcome.trace;
    expect(lasso).toBeUndefined();
    expect(steps.map(({ action, state }) => [action, state["n"]])).toEqual([
      ["Initial predicate", 0],
      ["Up", 1],
      ["Up", 2],
    ]);
    expect(steps[1]?.location?.module).toBe("Counter");
    expect(steps[0]?.state["log"]).toEqual({
      "#map": [
        [server("s1"), { "#tup": [] }],
        [server("s2"), { "#tup": [] }],
      ],
    });
    // The graph is not complete, so it was not written: afterEach sees that.
  });

  it("names the property of steps", async () => {
    const { outcome, exitCode } = await counter("ActionProperty");
    if (outcome.kind !== "action-property") throw new Error(outcome.kind);
    expect([exitCode, outcome.property]).toEqual([13, "NeverDown"]);
    expect(outcome.trace.steps.at(-1)?.action).toBe("Reset");
  });

  it("has a lasso that goes back, for a liveness property", async () => {
    const { outcome, exitCode } = await counter("Lasso");
    if (outcome.kind !== "liveness") throw new Error(outcome.kind);
    expect([exitCode, outcome.property, outcome.trace.steps.length]).toEqual([13, "Stays", 4]);
    expect(outcome.trace.lasso?.loop).toBe(0);
    expect(outcome.trace.lasso?.action?.action).toBe("Reset");
  });

  it("has a lasso that stutters, for a liveness property without fairness", async () => {
    const { outcome } = await counter("Stuttering");
    if (outcome.kind !== "liveness") throw new Error(outcome.kind);
    expect(outcome.property).toBe("Reaches");
    expect(outcome.trace.lasso).toEqual({ loop: outcome.trace.steps.length - 1 });
  });

  it("finds a deadlock, unless the configuration or the caller allows it", async () => {
    const { outcome, exitCode } = await counter("Deadlock");
    if (outcome.kind !== "deadlock") throw new Error(outcome.kind);
    expect([exitCode, outcome.trace.steps.length]).toEqual([11, 4]);
    expect((await counter("NoDeadlock")).outcome.kind).toBe("success");
    expect((await counter("Deadlock", { deadlock: false })).outcome.kind).toBe("success");
  });

  it("says where a false assumption stands", async () => {
    const { outcome, exitCode } = await check("Assumption");
    if (outcome.kind !== "assumption") throw new Error(outcome.kind);
    expect([exitCode, outcome.location?.module, outcome.location?.line]).toEqual([10, "Assumption", 4]);
  });

  it("has TLC's words on an expression without a value", async () => {
    const { outcome, exitCode } = await counter("Evaluation");
    expect(outcome.kind).toBe("evaluation");
    expect(exitCode).toBe(75);
    expect("message" in outcome && outcome.message).toContain("The second argument of < should be an integer");
  });

  it("hands on what a specification prints, and reads text beyond ASCII, up to an Assert", async () => {
    const printed: string[] = [];
    const { outcome, exitCode } = await runTlc({
      spec: join(FIXTURES, "Words"),
      config: join(FIXTURES, "WordsAssert.cfg"),
      workers: 1,
      onPrint: (line) => printed.push(line),
    });
    if (outcome.kind !== "assert") throw new Error(outcome.kind);
    expect(exitCode).toBe(14);
    expect(outcome.message).toContain("it is not empty");
    expect(outcome.trace.steps.at(-1)?.state["x"]).toEqual({ name: 'a "quoted" é', set: { "#set": [1, 2] } });
    expect(printed.some((line) => line.startsWith('<<"hello", "a '))).toBe(true);
  });

  it("has file, line and TLC's words for what cannot be parsed", async () => {
    const { outcome, exitCode } = await check("Unparsable");
    if (outcome.kind !== "parse") throw new Error(outcome.kind);
    expect(exitCode).toBe(150);
    expect(outcome.problems).toEqual([
      {
        file: join(FIXTURES, "Unparsable.tla"),
        line: 4,
        column: 18,
        text: 'Encountered ")" at line 4, column 18 and token "/\\\\"',
      },
    ]);
    const semantic = (await check("Undefined")).outcome;
    expect("problems" in semantic && semantic.problems.map(({ line, column }) => [line, column])).toEqual([
      [4, 13],
      [4, 26],
    ]);
  });

  it("says of an empty file that there is no module", async () => {
    const { outcome, exitCode } = await check("Empty");
    expect(exitCode).toBe(150);
    expect("problems" in outcome && outcome.problems).toEqual([
      { file: join(FIXTURES, "Empty.tla"), text: expect.stringMatching(/MODULE|no module/) },
    ]);
  });

  it("has file, line and TLC's words for a configuration that is wrong", async () => {
    const unknown = await counter("UnknownName");
    expect(unknown.exitCode).toBe(151);
    expect("problems" in unknown.outcome && unknown.outcome.problems).toEqual([
      {
        file: join(FIXTURES, "CounterUnknownName.cfg"),
        line: 5,
        text: "The invariant Missing specified in the configuration file is not defined in the specification.",
      },
    ]);
    // TLC 2.18 itself ends with 255 here.
    const twice = await check("Words", "WordsTwice");
    expect([twice.outcome.kind, twice.exitCode]).toEqual(["config", 151]);
    expect("problems" in twice.outcome && twice.outcome.problems[0]?.line).toBe(2);
  });

  it("finds modules in several library folders", async () => {
    const spec = join(FIXTURES, "Borrower.tla");
    const libraries = ["lower", "upper"].map((name) => join(FIXTURES, "library", name));
    expect((await runTlc({ spec, libraries, workers: 1 })).distinct).toBe(4);
    const without = await runTlc({ spec, libraries: libraries.slice(1), workers: 1 });
    expect(without.exitCode).toBe(150);
    expect("problems" in without.outcome && without.outcome.problems[0]?.text).toContain("module Lower");
  });

  it("repeats a simulation with the same seed", async () => {
    const simulate = { seed: 5, depth: 20, traces: 300 };
    const [first, second] = [await counter("Invariant", { simulate }), await counter("Invariant", { simulate })];
    expect(first.outcome.kind).toBe("invariant");
    expect(second.outcome).toEqual(first.outcome);
    expect(first.distinct).toBeUndefined();
    const good = await counter("Good", { simulate });
    expect([good.outcome.kind, good.exitCode]).toEqual(["success", 0]);
    expect(good.generated).toBeGreaterThan(300);
  });
});

describe("a run that is stopped", () => {
  const endless = { spec: join(FIXTURES, "Endless"), workers: 1 };

  it("ends on its timeout, and leaves no process and no file", async () => {
    const reports: Progress[] = [];
    const result = await runTlc({ ...endless, timeout: 6, onProgress: (progress) => reports.push(progress) });
    expect(result.outcome).toMatchObject({ kind: "stopped", because: "timeout" });
    expect(result.exitCode).toBe(4);
    expect(result.seconds).toBeLessThan(10);
    // TLC 2.18 reports after three seconds, then once a minute.
    expect(reports.length).toBeGreaterThan(0);
    expect(reports[0]?.generated).toBeGreaterThan(0);
    expect(reports[0]?.rate).toBeGreaterThan(0);
    expect(processes()).toEqual([]);
  });

  it("ends on a signal, also one that was aborted before it began", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 1000);
    const result = await runTlc({ ...endless, signal: controller.signal });
    expect(result.outcome).toMatchObject({ kind: "stopped", because: "aborted" });
    expect((await runTlc({ ...endless, signal: AbortSignal.abort() })).outcome.kind).toBe("stopped");
    expect(processes()).toEqual([]);
  });

  function processes(): string[] {
    const lines = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" }).split("\n");
    return lines.filter((line) => line.includes(sandbox.path) && line.includes("java"));
  }
});

describe("a run that cannot start", () => {
  const good = { spec: join(FIXTURES, "Counter"), config: join(FIXTURES, "CounterGood.cfg") };

  it("ends with 64 for a file that is missing or a bound that makes no sense", async () => {
    for (const options of [
      { spec: join(FIXTURES, "Nowhere.tla") },
      { spec: FIXTURES },
      { ...good, config: join(FIXTURES, "Nowhere.cfg") },
      { ...good, libraries: [join(FIXTURES, "nowhere")] },
      { ...good, workers: 0 },
      { ...good, workers: 1.5 },
      { ...good, fingerprint: 131 },
      { ...good, timeout: -1 },
      { ...good, timeout: Number.NaN },
      { ...good, heap: "much" },
      { ...good, simulate: { depth: 0 } },
      { ...good, simulate: {}, dump: join(FIXTURES, "x.dot") },
    ]) {
      await expect(runTlc(options)).rejects.toMatchObject({ name: "UserError", exitCode: 64 });
    }
  });

  it("ends with 2 for a jar that holds no TLC", async () => {
    const jar = join(sandbox.path, "empty.jar");
    const endOfDirectory = Buffer.concat([Buffer.from("PK\u0005\u0006"), Buffer.alloc(18)]);
    await writeFile(jar, Buffer.concat([Buffer.from("PK\u0003\u0004"), endOfDirectory]));
    const env = { ...process.env, LOCKSTEP_TLA2TOOLS: jar };
    await expect(runTlc({ ...good, env })).rejects.toMatchObject({ exitCode: 2 });
    await rm(jar);
  });
});
