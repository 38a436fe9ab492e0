import { appendFile, cp } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Program, type Run } from "./testing/program.ts";

const root = join(import.meta.dirname, "..");
const graph = join(root, "traces/wackamole/MCWackamoleBoot.graph.ndjson");
let program: Program;
let specs: string;

beforeAll(async () => {
  program = await Program.make();
  specs = join(program.folder, "spec");
  await cp(join(root, "spec"), specs, { recursive: true });
});
afterAll(() => program.remove());

const conform = (...args: string[]): Promise<Run> =>
  program.run("conform", "wackamole", "--specs", specs, "--graph", graph, ...args);

describe("a graph that is kept", () => {
  it("is compared while it is of the specification as it is, and is stale once a module below that has changed", async () => {
    expect(await conform("--cfg", "MCWackamoleBoot.cfg")).toMatchObject({ code: 0 });
    await appendFile(join(specs, "evs/VirtualSynchrony.tla"), "\n");
    const { code, stdout, stderr } = await conform("--cfg", "MCWackamoleBoot.cfg");
    expect(stderr).toMatch(
      /was made from another version of MCWackamoleBoot.cfg \(hash \w{12}, now \w{12}\); run lockstep traces\.\n$/,
    );
    expect([code, stdout]).toEqual([4, ""]);
  });
});
