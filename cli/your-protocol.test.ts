import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Program } from "./testing/program.ts";

const root = join(import.meta.dirname, "..");
let program: Program;
let folder: string;

/** The files of docs/your-protocol.md, each a block of code below its name. */
beforeAll(async () => {
  program = await Program.make();
  folder = join(program.folder, "switch");
  await mkdir(join(folder, "node_modules"), { recursive: true });
  await symlink(root, join(folder, "node_modules/lockstep"));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  const page = await readFile(join(root, "docs/your-protocol.md"), "utf8");
  for (const [, name = "", text = ""] of page.matchAll(/^`([\w.]+)`:\n\n```\w*\n([\s\S]*?)^```$/gm)) {
    await writeFile(join(folder, name), text);
  }
});

afterAll(() => program.remove());

describe("the protocol of docs/your-protocol.md", () => {
  const verify = ["verify", "--specs", join(root, "spec"), "--workers", "1", "--only"] as const;

  it("is verified and conformed as it stands there", async () => {
    const kept = await program.run("traces", "--only", join(folder, "lockstep.js"));
    expect(kept.code).toBe(0);
    const { code, stdout } = await program.run(...verify, join(folder, "lockstep.js"));
    expect(stdout).toMatch(/^ {2}in lockstep: sound 2, complete 2, refusals 2 /m);
    expect(stdout).toMatch(/^PASS 4 of 4$/m);
    expect(code).toBe(0);
  });

  it("has mutants, although its specification is its model as well", async () => {
    const job = ["--side", "spec", "--no-memory"];
    const { stdout } = await program.run("mutants", "--protocol", join(folder, "lockstep.js"), ...job);
    // Those of what a model breaks, or a witness is to reach, may survive.
    expect(stdout.match(/^SURVIVED .*/gm)).toEqual([
      expect.stringMatching(/^SURVIVED Switch!Burns drop-conjunct /),
      expect.stringMatching(/^SURVIVED Switch!NeverOn swap-operator /),
    ]);
    expect(stdout).toMatch(/^spec: 19 of 21 mutants killed /m);
  });

  it("fails to verify where a job that is kept has found something", async () => {
    const fuzz = {
      ...{ format: "lockstep-results", version: 1, kind: "fuzz", protocol: "switch", sha256: "a".repeat(64) },
      ...{ settings: { campaigns: 1 }, shard: { index: 1, of: 1 }, complete: true, sets: {}, items: [], seconds: 1 },
      counts: { campaigns: 1, steps: 9, violations: 2 },
    };
    await mkdir(join(folder, "results"));
    await writeFile(join(folder, "results", "fuzz.json"), JSON.stringify(fuzz));
    const { code, stdout } = await program.run(...verify, join(folder, "lockstep.js"));
    await rm(join(folder, "results"), { recursive: true });
    expect(stdout).toMatch(/^FAIL switch: fuzz: violations: 2\.$/m);
    expect(stdout).toMatch(/^FAIL 4 of 4$/m);
    expect(code).toBe(4);
  });

  it("is conformed by its module's path, and a mismatch gives a line that takes the way again", async () => {
    const conform = ["conform", "--specs", join(root, "spec")] as const;
    expect(await program.run(...conform, join(folder, "lockstep.js"))).toMatchObject({ code: 0 });
    const source = await readFile(join(folder, "lockstep.js"), "utf8");
    const stuck = join(folder, "stuck.js");
    await writeFile(stuck, source.replace('light === "on" ? { took: "off" }', 'light === "on" ? { took: "on" }'));
    const { code, stdout } = await program.run(...conform, stuck);
    expect(code).toBe(3);
    const [, named = "", cfg = "", path = ""] =
      /reproduce: lockstep conform (\S+) --cfg (\S+) --path '(.*)'/.exec(stdout) ?? [];
    expect([named, cfg]).toEqual([stuck, "Switch.cfg"]);
    const again = await program.run(...conform, named, "--cfg", cfg, "--path", path);
    expect(again.stdout).toMatch(/SwitchOff\n +\(nothing changed\)/);
  });

  it("is not with another reducer, nor without the models that fail", async () => {
    const source = await readFile(join(folder, "lockstep.js"), "utf8");
    const wrong = source.replace('light === "on" ? { took: "off" } : { refused: "on" }', '{ took: "off" }');
    expect(wrong).not.toBe(source);
    await writeFile(join(folder, "wrong.js"), wrong);
    const manifest = await readFile(join(folder, "manifest.json"), "utf8");
    const less = manifest.replace(/,\s*\{ "path": "BrokenBurns.cfg"[^}]*\},\s*\{ "path": "WitnessOn.cfg"[^}]*\}/, "");
    expect(less).not.toBe(manifest);
    await writeFile(join(folder, "manifest.json"), less);
    await Promise.all(["BrokenBurns.cfg", "WitnessOn.cfg"].map((cfg) => rm(join(folder, cfg))));
    const { code, stdout } = await program.run(...verify, join(folder, "wrong.js"));
    expect(stdout).toContain("SwitchOff was taken where the graph does not enable it");
    expect(stdout).toContain("no model makes TypeOK fail.");
    expect(stdout).toContain("there is no witness.");
    expect(code).toBe(3);
  });
});
