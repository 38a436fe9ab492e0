import { describe, expect, it } from "vitest";
import { repository } from "./files.ts";
import { manifestsAreComplete, specificationsAreClean, unwantedTexts, wideLines } from "./texts.ts";

const files = repository();

describe("no file holds a machine's path, a registry's host, a test that does not run, or a silenced checker", () => {
  it("in this repository", () => {
    expect(unwantedTexts(files)).toEqual([]);
  });

  // Lines as they must not stand in any file, each to be found: none of them is in force here.
  it.each([
    ["docs/a.md", "see /Users/someone/x", "a path of one machine"],
    ["spec/a.cfg", "\\* /home/someone/x", "a path of one machine"],
    [".npmrc", "registry=https://registry.example.org/", "the host of a package registry"],
    ["cli/a.test.ts", "it.skip('x', () => {})", "a test that does not run"],
    ["cli/a.ts", "// @ts-ignore", "a checker that is silenced"],
    ["cli/a.ts", "// biome-ignore lint: why", "a checker that is silenced"],
    ["package-lock.json", '"resolved": "https://example.org/a.tgz"', "an address to download from"],
  ])("finds it in %s: %s", (path, line, what) => {
    expect(unwantedTexts([{ path, text: `fine\n${line}\n` }])).toEqual([`${path}:2: ${what}`]);
  });

  it("leaves paths inside the repository alone", () => {
    expect(
      unwantedTexts([{ path: "docs/a.md", text: "impl/work/x and ../root/y and https://example.org/home/z/" }]),
    ).toEqual([]);
  });
});

describe("lines of code have 120 columns at most", () => {
  it("in this repository", () => {
    expect(wideLines(files)).toEqual([]);
  });

  it("finds one that has more, and counts letters, not bytes", () => {
    const text = `${"é".repeat(120)}\n${"e".repeat(121)}\n`;
    expect(wideLines([{ path: "cli/a.ts", text }])).toEqual(["cli/a.ts:2: 121 columns"]);
  });

  it("lets a sentence be longer, not the code around it", () => {
    const sentence = "a sentence ".repeat(12);
    expect(wideLines([{ path: "cli/a.ts", text: `say("${sentence}", 1);` }])).toEqual([]);
    expect(wideLines([{ path: "cli/a.ts", text: `${"say(".repeat(31)}"${sentence}"` }])).toHaveLength(1);
  });
});

describe("specifications mention no model checker and have no bounds", () => {
  it("in this repository", () => {
    expect(specificationsAreClean(files)).toEqual([]);
  });

  it.each([
    ["EXTENDS Integers, TLC", "mentions TLC"],
    ["\\* so that TLC can", "mentions TLC"],
    ["Max == 3", "has the bound 3"],
    ["x \\in 0..10", "has the bound 10"],
  ])("finds %s", (text, what) => {
    expect(specificationsAreClean([{ path: "spec/x/X.tla", text }])).toEqual([`spec/x/X.tla ${what}`]);
  });

  it("lets models have them, and numbers in prose and names", () => {
    const good = { path: "spec/x/X.tla", text: "(* section 3.1 *)\nW2 == x + pair[2] \\* 4" };
    expect(specificationsAreClean([good, { path: "spec/x/MCX.tla", text: "EXTENDS X, TLC\nMax == 3" }])).toEqual([]);
    expect(specificationsAreClean([])).toEqual(["there is no specification"]);
  });
});

describe("manifests name every module and every configuration, and nothing else", () => {
  it("in this repository", () => {
    expect(manifestsAreComplete(files)).toEqual([]);
  });

  it("finds what is in none, and what is not there", () => {
    const manifest = { path: "spec/x/manifest.json", text: '{"path": "spec/x/X.tla", "path": "spec/x/MCX.cfg"}' };
    const module = { path: "spec/x/X.tla", text: "" };
    expect(manifestsAreComplete([manifest, module])).toEqual(["a manifest names spec/x/MCX.cfg, which is not there"]);
    const [config, stray] = [
      { path: "spec/x/MCX.cfg", text: "" },
      { path: "spec/x/BrokenX.cfg", text: "" },
    ];
    expect(manifestsAreComplete([manifest, module, config])).toEqual([]);
    expect(manifestsAreComplete([manifest, module, config, stray])).toEqual(["spec/x/BrokenX.cfg is in no manifest"]);
    expect(manifestsAreComplete([])).toEqual(["there is no manifest"]);
  });
});
