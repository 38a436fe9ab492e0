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
