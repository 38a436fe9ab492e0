import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Results } from "../conformance/engine/index.ts";
import { Program, type Run } from "./testing/program.ts";

let program: Program;

beforeAll(async () => {
  program = await Program.make();
});

afterAll(() => program.remove());

/** What the part of a job with this number found. */
function part(index: number, of = 3): Results {
  return {
    format: "lockstep-results",
    version: 1,
    kind: "fuzz",
    protocol: "wackamole",
    sha256: "a".repeat(64),
    settings: { seed: 7 },
    shard: { index, of },
    complete: true,
    counts: { runs: 10 * index, steps: 1_000 },
    sets: { edges: [`e${index}`, "shared"].sort() },
    items: [{ id: `campaign ${index}`, found: index }],
    seconds: 1,
  };
}

/** The name of a file in a folder of its own with this in it. */
async function file(name: string, content: unknown): Promise<string> {
  const path = join(program.folder, name);
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

async function parts(...all: readonly unknown[]): Promise<string[]> {
  return Promise.all(all.map((content, at) => file(`part${at}.json`, content)));
}

function merge(files: readonly string[], out = join(program.folder, "whole.json")): Promise<Run> {
  return program.run("merge", ...files, "--out", out);
}

describe("lockstep merge", () => {
  it("adds up all parts of a job, in whatever order they come", async () => {
    const [one = "", two = "", three = ""] = await parts(part(1), part(2), part(3));
    const out = join(program.folder, "new", "whole.json");
    const { code, stdout, stderr } = await merge([three, one, two], out);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe("fuzz of wackamole, 3 parts: runs 60, steps 3,000\n");
    expect(JSON.parse(await readFile(out, "utf8"))).toEqual({
      ...part(1, 1),
      counts: { runs: 60, steps: 3_000 },
      sets: { edges: ["e1", "e2", "e3", "shared"] },
      items: [1, 2, 3].map((found) => ({ id: `campaign ${found}`, found })),
      seconds: 3,
    });
    await merge([one, two, three], join(program.folder, "new", "again.json"));
    expect(await readFile(join(program.folder, "new", "again.json"), "utf8")).toBe(await readFile(out, "utf8"));
    expect((await readdir(join(program.folder, "new"))).sort()).toEqual(["again.json", "whole.json"]);
  });

  it("takes the whole of a job that was never divided", async () => {
    const { code } = await merge(await parts(part(1, 1)));
    expect(code).toBe(0);
  });

  const misfits: readonly (readonly [how: string, all: readonly Results[], says: string])[] = [
    ["a part is missing", [part(1), part(3)], "part 2 of 3 is missing."],
    ["the last parts are missing", [part(1)], "part 2 of 3 is missing. part 3 of 3 is missing."],
    ["a part is there twice", [part(1), part(2), part(2), part(3)], "part 2 of 3 is there 2 times."],
    [
      "the parts are of divisions of another size",
      [part(1), part(2), part(3, 4)],
      "part 3 of 4 (fuzz, wackamole) is of another job.",
    ],
    ["a part is of another protocol", [part(1), part(2), { ...part(3), protocol: "other" }], "is of another job."],
    ["a part is of another kind", [part(1), part(2), { ...part(3), kind: "replay" }], "is of another job."],
    ["a part had other settings", [part(1), part(2), { ...part(3), settings: { seed: 8 } }], "is of another job."],
    ["a part is of other sources", [part(1), part(2), { ...part(3), sha256: "b".repeat(64) }], "is of another job."],
    [
      "two parts found the same",
      [part(1), part(2), { ...part(3), items: part(1).items }],
      "campaign 1 was found by two parts.",
    ],
  ];

  it.each(misfits)("ends with 64 and says why where %s", async (_, all, says) => {
    const { code, stdout, stderr } = await merge(await parts(...all), join(program.folder, "none.json"));
    expect(stderr).toMatch(/^The parts do not add up: .*\n$/);
    expect(stderr).toContain(says);
    expect([code, stdout]).toEqual([64, ""]);
    expect(await readdir(program.folder)).not.toContain("none.json");
  });

  const { seconds, ...untimed } = part(2);
  const broken: readonly (readonly [how: string, content: unknown, says: string])[] = [
    ["is empty", "", "is not JSON."],
    ["is truncated", JSON.stringify(part(2)).slice(0, -20), "is not JSON."],
    ["is not an object", [], "holds no results of lockstep: it: "],
    ["is of another version", { ...part(2), version: 2 }, "holds no results of lockstep: version: "],
    ["is of another format", { ...part(2), format: "itf" }, "holds no results of lockstep: format: "],
    ["is of a kind that does not add up", { ...part(2), kind: "verify" }, "holds no results of lockstep: kind: "],
    ["lacks a field", { ...untimed, s: seconds }, "holds no results of lockstep: seconds: "],
    ["has a field more", { ...part(2), more: 1 }, "holds no results of lockstep: it: "],
    ["has a number that it cannot have", { ...part(2), shard: { index: 4, of: 3 } }, "shard: "],
    ["has a count below zero", { ...part(2), counts: { runs: -1 } }, "counts.runs: "],
    ["has an item without a name", { ...part(2), items: [{}] }, "items.0.id: "],
  ];

  it.each(broken)("ends with 64 and names the file where a file %s", async (_, content, says) => {
    const bad = await file("bad.json", content);
    const { code, stdout, stderr } = await merge([...(await parts(part(1), part(3))), bad]);
    expect(stderr.startsWith(`${bad} ${says.startsWith("holds") || says.startsWith("is ") ? says : ""}`)).toBe(true);
    expect(stderr).toContain(says);
    expect([code, stdout, stderr.trimEnd().split("\n").length]).toEqual([64, "", 1]);
  });

  it("ends with 64 and one sentence for files that cannot be read or written, and for bad usage", async () => {
    const [one = ""] = await parts(part(1, 1));
    const whole = join(program.folder, "whole.json");
    await mkdir(join(program.folder, "folder"), { recursive: true });
    for (const [says, ...args] of [
      ["nowhere.json cannot be read: there is no such file.", join(program.folder, "nowhere.json"), "--out", whole],
      ["cannot be read: it is a directory.", join(program.folder, "folder"), "--out", whole],
      ["cannot be written: ", one, "--out", join(one, "whole.json")],
      ["cannot be written: ", one, "--out", join(program.folder, "folder")],
      ["missing required argument 'files'", "--out", whole],
      ["required option '--out <file>' not specified", one],
      ["unknown option", one, "--out", whole, "--nonsense"],
    ] as const) {
      const { code, stdout, stderr } = await program.run("merge", ...args);
      expect([args, code, stdout, stderr.trimEnd().split("\n").length]).toEqual([args, 64, "", 1]);
      expect(stderr).toContain(says);
    }
    expect((await readdir(program.folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
  });
});
