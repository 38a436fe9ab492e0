import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Results } from "../conformance/engine/index.ts";
import { keptResults } from "./kept-results.ts";
import { statement, type Verified } from "./statement.ts";

const results: Results = {
  format: "lockstep-results",
  version: 1,
  kind: "mutants",
  protocol: "lamps",
  sha256: "a".repeat(64),
  settings: {},
  shard: { index: 1, of: 1 },
  complete: true,
  counts: { total: 2_000, killed: 1_999 },
  sets: {},
  items: [],
  seconds: 1,
};

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lockstep-kept-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function kept(text: string): Promise<Results | undefined> {
  const place = await mkdtemp(join(folder, "results-"));
  await mkdir(place, { recursive: true });
  await writeFile(join(place, "mutants.json"), text);
  return keptResults(place, "lamps", "mutants");
}

describe("kept results", () => {
  it("are read as they were written, and undefined where nothing is kept", async () => {
    expect(await kept(JSON.stringify(results))).toEqual(results);
    expect(await keptResults(join(folder, "nowhere"), "lamps", "mutants")).toBeUndefined();
  });

  it.each([
    ["of another kind", { ...results, kind: "fuzz" }, /holds results of fuzz of lamps/],
    ["of another protocol", { ...results, protocol: "paxos" }, /holds results of mutants of paxos/],
    ["a part of a job", { ...results, shard: { index: 2, of: 3 } }, /is part 2 of 3; lockstep merge/],
    ["of a job that was cut short", { ...results, complete: false }, /was not done to its end/],
    ["of some mutants", { ...results, settings: { only: "Toy!Up" } }, /only of what begins with Toy!Up/],
    ["of another version", { ...results, version: 2 }, /holds no results of lockstep: version/],
  ])("are refused when they are %s", async (_, other, says) => {
    await expect(kept(JSON.stringify(other))).rejects.toMatchObject({
      exitCode: 64,
      message: expect.stringMatching(says),
    });
  });
});

describe("kept results of fuzzing", () => {
  const fuzz = async (settings: object, campaigns: number): Promise<unknown> => {
    const place = await mkdtemp(join(folder, "fuzz-"));
    await writeFile(
      join(place, "fuzz.json"),
      JSON.stringify({ ...results, kind: "fuzz", settings, counts: { campaigns } }),
    );
    return keptResults(place, "lamps", "fuzz");
  };

  it("are those of all campaigns that were asked for", async () => {
    expect(await fuzz({ campaigns: 3 }, 3)).toMatchObject({ kind: "fuzz" });
    await expect(fuzz({ campaigns: 3, seconds: 60 }, 2)).rejects.toMatchObject({
      exitCode: 64,
      message: expect.stringContaining("2 of 3 campaigns"),
    });
    await expect(fuzz({ seconds: 60 }, 2)).rejects.toMatchObject({
      message: expect.stringContaining("time alone ended it"),
    });
  });
});

describe("the statement on jobs that take long", () => {
  const verified: Verified = {
    folder: "lamps",
    conformance: { protocol: "lamps", modelOf: () => "nothing", notConformed: {} },
    sha256: results.sha256,
    verdicts: [],
    replay: undefined,
    left: [],
    jobs: { mutants: results },
    faults: [],
  };
  const said = (change: Partial<Verified>): string => statement([{ ...verified, ...change }], "quick", tools);
  const tools = { tlc: "2.18", jarSha256: "c".repeat(64), workers: 2, seed: 1 };

  it("says which were not done, and what the others found", () => {
    expect(said({})).toContain("Not done: lockstep fuzz.");
    expect(said({})).toContain("for these very sources: mutants: total 2,000, killed 1,999.");
  });

  it("says when they were found for other sources, or for sources that are not here", () => {
    expect(said({ sha256: "b".repeat(64) })).toContain(
      "OUT OF DATE, found for other sources; run lockstep mutants again",
    );
    expect(said({ sha256: undefined })).toContain("perhaps for other sources, which are not here");
  });
});
