import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runDistributedTlc } from "./distributed.ts";
import { runTlc } from "./run.ts";
import { makeSandbox, type Sandbox } from "./testing/sandbox.ts";

const FIXTURES = join(import.meta.dirname, "fixtures");
// The pinned build: in snapshots of 2026 the server's set of fingerprints cannot be sent to a worker.
const env = { ...process.env, LOCKSTEP_TLA2TOOLS: "" };
const of = (config: string) => ({
  spec: join(FIXTURES, "Counter"),
  config: join(FIXTURES, `Counter${config}.cfg`),
  env,
});
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await makeSandbox();
});

afterAll(() => sandbox.remove());

describe("TLC's distributed mode", () => {
  it("finds the same number of distinct states with two worker processes as one process does", async () => {
    const model = { ...of("Large"), deadlock: false };
    const alone = await runTlc({ ...model, workers: 2 });
    const together = await runDistributedTlc({ ...model, workerProcesses: 2 });
    expect([together.outcome.kind, together.exitCode]).toEqual(["success", 0]);
    expect(together.distinct).toBe(alone.distinct);
    expect(together.depth).toBe(alone.depth);
    expect(alone.distinct).toBeGreaterThan(1000);
    expect(await sandbox.left()).toEqual([]);
  });

  it("heeds what the configuration says of deadlocks, and fails on one that it does not allow", async () => {
    expect((await runDistributedTlc(of("NoDeadlock"))).outcome.kind).toBe("success");
    const { outcome, exitCode } = await runDistributedTlc(of("Deadlock"));
    expect([outcome.kind, exitCode]).toEqual(["violation", 12]);
  });

  it("refuses a configuration with properties, which it would pass unchecked", async () => {
    await expect(runDistributedTlc(of("Lasso"))).rejects.toMatchObject({ exitCode: 64 });
  });

  it("takes server and workers with it when it is stopped", async () => {
    const result = await runDistributedTlc({ spec: join(FIXTURES, "Endless"), timeout: 5, env });
    expect(result.outcome).toMatchObject({ kind: "stopped", because: "timeout" });
    expect(await sandbox.left()).toEqual([]);
  });

  it("fails, and does not wait for ever, where the workers leave the server", async () => {
    const running = runDistributedTlc({ spec: join(FIXTURES, "Endless"), timeout: 60, env, workerProcesses: 1 });
    await expect.poll(() => workerPids().length, { timeout: 30_000 }).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    for (const pid of workerPids()) process.kill(pid, "SIGKILL");
    const { outcome, exitCode } = await running;
    expect([outcome.kind, exitCode]).toEqual(["failed", 255]);
    expect("message" in outcome && outcome.message).toContain("The worker processes ended before the run had");
  });
});

/** The workers of this test, known by its temporary folder. */
function workerPids(): number[] {
  const lines = execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" }).split("\n");
  return lines
    .filter((line) => line.includes(sandbox.path) && line.includes("distributed.TLCWorker 127.0.0.1"))
    .map((line) => Number.parseInt(line, 10));
}
