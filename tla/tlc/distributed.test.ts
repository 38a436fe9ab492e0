import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runDistributedTlc } from "./distributed.ts";
import { runTlc } from "./run.ts";
import { makeSandbox, type Sandbox } from "./testing/sandbox.ts";

const FIXTURES = join(import.meta.dirname, "fixtures");
const of = (config: string) => ({ spec: join(FIXTURES, "Counter"), config: join(FIXTURES, `Counter${config}.cfg`) });
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
    const result = await runDistributedTlc({ spec: join(FIXTURES, "Endless"), timeout: 5 });
    expect(result.outcome).toMatchObject({ kind: "stopped", because: "timeout" });
    expect(await sandbox.left()).toEqual([]);
  });
});
