import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keyOf, Memory } from "./memory.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lockstep-memory-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("what was found before", () => {
  it("is there again, the latest of each key, and what was cut short is not", async () => {
    const path = join(folder, "deep", "memory.ndjson");
    const memory = await Memory.open<number>(path);
    await memory.put("a", 1);
    await memory.put("a", 2);
    await memory.put("b", 3);
    const text = await readFile(path, "utf8");
    await writeFile(path, text.slice(0, -3));
    const again = await Memory.open<number>(path);
    expect([again.get("a"), again.get("b")]).toEqual([2, undefined]);
    await again.put("c", 4);
    const last = await Memory.open<number>(path);
    expect([last.get("a"), last.get("b"), last.get("c")]).toEqual([2, undefined, 4]);
  });

  it("is nowhere without a file", async () => {
    await (await Memory.open<number>(undefined)).put("a", 1);
    expect((await Memory.open<number>(undefined)).get("a")).toBeUndefined();
  });

  it("has other keys for what depends on anything else", () => {
    expect(keyOf("a", ["b"])).toBe(keyOf("a", ["b"]));
    expect(new Set([keyOf("a", "b"), keyOf("ab"), keyOf(["a", "b"]), keyOf("a", "c")]).size).toBe(4);
  });
});
