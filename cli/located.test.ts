import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wackamoleModels } from "../conformance/wackamole/index.ts";
import { located } from "./located.ts";
import { sourceHash } from "./source-hash.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lockstep-located-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function module(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const here = (name: string): string => `new URL("${name}", import.meta.url)`;
const all = ["spec", "reducer", "binding", "traces", "results"].map((name) => `${name}: ${here(name)}`).join(", ");
const supplied = 'export const protocol = { protocol: "mine", modelOf: () => "nothing", notConformed: {} };';

describe("a protocol", () => {
  it("of a user is what its module exports, with the folders that it names", async () => {
    const path = await module("good.mjs", `${supplied}\nexport const folders = { ${all} };`);
    const found = await located(path);
    expect(found.models.protocol).toBe("mine");
    expect([found.spec, found.results]).toEqual([join(folder, "spec"), join(folder, "results")]);
    expect(found.libraries).toEqual([]);
  });

  it.each([
    ["a name that no protocol has", () => "paxos", /^There is no protocol paxos; there is wackamole/],
    ["a module that is not there", () => join(folder, "none.mjs"), /none\.mjs cannot be loaded: /],
    ["a module that does not parse", () => module("bad.mjs", "export const = 1;"), /bad\.mjs cannot be loaded: /],
    [
      "a module without a protocol",
      () => module("empty.mjs", "export const x = 1;"),
      /exports no protocol: protocol: /,
    ],
    ["a module without folders", () => module("half.mjs", supplied), /exports no protocol: folders: /],
  ])("is refused in one sentence when it is %s", async (_, name, says) => {
    await expect(located(await name())).rejects.toMatchObject({ exitCode: 64, message: expect.stringMatching(says) });
  });
});

describe("the hash of a protocol's sources", () => {
  it("is there in a checkout, and changes with the specification, the reducer, its tests and the binding, not with prose", async () => {
    const place = (name: string): string => join(folder, name);
    const mine = {
      models: wackamoleModels,
      spec: place("s"),
      libraries: [place("l")],
      reducer: place("r"),
      binding: place("b"),
      traces: place("t"),
      results: place("x"),
    };
    for (const name of ["s", "l", "r", "b"]) await mkdir(place(name));
    const texts = {
      ...{ "s/A.tla": "I == INSTANCE Base", "s/A.cfg": "B", "r/step.ts": "C", "b/system.ts": "D" },
      ...{ "l/Base.tla": "EXTENDS Lowest", "l/Lowest.tla": "L", "l/MCBase.tla": "EXTENDS Base" },
      "l/MCBase.cfg": "\\* must fail: Low\nINVARIANT Low\n\\*",
    };
    const model = { path: "MCBase.cfg", runtime: "00:00:01", mode: "exhaustive search", result: "safety failure" };
    const modules = [{ path: "MCBase.tla", models: [model] }];
    await writeFile(place("l/manifest.json"), JSON.stringify({ path: "l", title: "L", modules }));
    for (const [name, text] of Object.entries(texts)) await writeFile(place(name), text);
    const hash = await sourceHash(mine);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    for (const [name, text] of Object.entries(texts)) {
      await writeFile(place(name), `${text} other`);
      expect(await sourceHash(mine)).not.toBe(hash);
      await writeFile(place(name), texts[name as keyof typeof texts]);
    }
    await writeFile(place("s/README.md"), "prose");
    await writeFile(place("l/Apart.tla"), "EXTENDS Naturals");
    await mkdir(place("r/node_modules"));
    await writeFile(place("r/node_modules/other.js"), "of others");
    expect(await sourceHash(mine)).toBe(hash);
    await writeFile(place("r/step.test.ts"), "a test");
    expect(await sourceHash(mine)).not.toBe(hash);
    await expect(sourceHash({ ...mine, libraries: [place("nowhere")] })).rejects.toMatchObject({ exitCode: 64 });
    await rm(place("r"), { recursive: true });
    expect(await sourceHash(mine)).toBeUndefined();
  });
});
