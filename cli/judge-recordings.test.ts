import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Program } from "./testing/program.ts";

let program: Program;

beforeAll(async () => {
  program = await Program.make();
});

afterAll(() => program.remove());

const install = (process: string): unknown => ({
  ...{ process, event: "configuration", kind: "regular", id: "r", members: ["p", "q"] },
});
const send = { process: "p", event: "send", number: 1, service: "safe" };
const deliver = (process: string): unknown => ({ process, event: "deliver", sender: "p", number: 1 });
const good = [install("p"), install("q"), send, deliver("p"), deliver("q")];
const text = (lines: readonly unknown[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join("");

async function file(name: string, lines: readonly unknown[]): Promise<string> {
  const path = join(program.folder, name);
  await writeFile(path, text(lines));
  return path;
}

describe("lockstep judge", () => {
  it("passes a recording in which the specifications hold, and says what was compared", async () => {
    const path = await file("good.ndjson", [...good, { event: "complete" }]);
    const { code, stdout } = await program.run("judge", path);
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        `PASS ${path}: no specification is violated`,
        "  6 events, complete",
        "  compared: 1.1 2, 1.3 2, 1.4 3, 2.1 2, 2.2 3, 2.3 1, 2.4 1, 3 1, 4 1, 6.1 1, 6.2 1, 6.3 1, 7.1 2, 7.2 2, model 2",
        "  nothing to compare: 1.2, 5\n",
      ].join("\n"),
    );
  });

  it("ends with 3 and names what is violated by its number and lines", async () => {
    const path = await file("wrong.ndjson", good.slice(0, 4));
    const json = join(program.folder, "found.json");
    expect((await program.run("judge", path)).code).toBe(0);
    const { code, stdout } = await program.run("judge", "--complete", path, "--json", json);
    expect(code).toBe(3);
    expect(stdout).toContain(
      `FAIL ${path}: 2 violations\n  4 events, complete\n  7.1: q neither delivers message 1 of p, `,
    );
    expect(stdout).toContain("  4: p delivers message 1 of p in r and q, which goes on with it, does not (line 4)\n");
    const { recordings } = JSON.parse(await readFile(json, "utf8"));
    expect(recordings).toMatchObject([
      {
        file: path,
        exit: 3,
        verdict: { violations: [{ specifications: ["7.1"], lines: [4] }, { specifications: ["4"] }] },
      },
    ]);
  });

  it("ends with 64 and the line where a file makes no sense, whatever else it found", async () => {
    const path = await file("bad.ndjson", [...good, deliver("q"), { ...send, number: "2" }]);
    const { code, stdout } = await program.run("judge", path, "--complete");
    expect(code).toBe(64);
    // What is owed at the end is not due at the line where it ends.
    expect(stdout.match(/^ {2}\d[.\d]*: /gm)).toEqual(["  1.4: "]);
    expect(stdout).toMatch(/^FAIL .*: line 7 cannot be judged: it is no event: number: .*\n.*\n {2}1\.4: /);
    const missing = await program.run("judge", join(program.folder, "none.ndjson"));
    expect([missing.code, missing.stderr]).toEqual([
      64,
      expect.stringMatching(/none\.ndjson cannot be read: ENOENT.*\.\n$/),
    ]);
  });

  it("ends with 4 where nothing was judged", async () => {
    for (const lines of [[], [install("p")], [{ event: "complete" }]]) {
      const { code, stdout } = await program.run("judge", await file("empty.ndjson", lines));
      expect([code, stdout]).toEqual([4, expect.stringContaining(": nothing was judged\n")]);
    }
  });

  it("judges several files each by itself, and ends with the worst", async () => {
    const [one, two] = [await file("one.ndjson", good), await file("two.ndjson", [...good, deliver("p")])];
    const { code, stdout } = await program.run("judge", one, two, one);
    expect(code).toBe(3);
    expect(stdout.match(/^(PASS|FAIL)/gm)).toEqual(["PASS", "FAIL", "PASS"]);
  });

  it("shows what names would hide", async () => {
    const lines = JSON.parse(JSON.stringify(good.slice(0, 4)).replaceAll('"q"', '"\\u001b[2J\\u202eq"'));
    const { stdout } = await program.run("judge", "--complete", await file("names.ndjson", lines));
    expect(stdout).toContain("7.1: \\u{1b}[2J\\u{202e}q neither delivers");
  });

  it("says what its page shows", async () => {
    const page = await readFile(join(import.meta.dirname, "../docs/judge.md"), "utf8");
    const [, recording = "", shown] = /^```json\n([\s\S]*?)^```\n\n```text\n([\s\S]*?)^```$/m.exec(page) ?? [];
    await writeFile(join(program.folder, "run.ndjson"), recording);
    expect(await program.run("judge", "run.ndjson")).toEqual({ code: 3, stdout: shown, stderr: "" });
  });

  it("reads standard input", async () => {
    const { child, run } = program.launch(["judge", "-"]);
    expect(child).toHaveProperty("stdin");
    child.stdin?.end(text(good));
    expect(await run).toMatchObject({ code: 0, stdout: expect.stringMatching(/^PASS standard input: /) });
  });

  it("counts violations that it does not keep", async () => {
    const path = await file("many.ndjson", [...good, deliver("q"), deliver("q")]);
    const { code, stdout } = await program.run("judge", path, "--limit", "violations=0");
    expect([code, stdout]).toEqual([3, expect.stringContaining(": 2 violations\n  7 events\n  and 2 more\n")]);
  });

  it("takes other limits, and refuses those that there are not", async () => {
    const path = await file("good.ndjson", good);
    const { code, stdout } = await program.run("judge", path, "--limit", "entries=3");
    expect([code, stdout]).toEqual([
      64,
      expect.stringContaining("line 3 cannot be judged: there are more than 3 events"),
    ]);
    expect((await program.run("judge", path, "--limit", "colours=3")).code).toBe(64);
  });
});
