import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { strangers } from "./bare-realm.ts";
import { type Consumer, consumer, run, typeChecked, withExample } from "./consumer.ts";
import { reducersOf, repository, root } from "./house/files.ts";
import { documents, snippetsOf } from "./snippets.ts";

// It has no module to import; knip.json says that it is used.
const attw = join(root, "node_modules/.bin/attw");
const files = repository();
const WANTED = [
  ...["dist/cli/main.js", "spec/wackamole/Wackamole.tla", "docs/embedding.md", "examples/two-phase/conform.js"],
  ...[
    "docs/kit.md",
    "docs/kit.schema.json",
    "docs/judge.schema.json",
    "examples/kit-python/run_kit.py",
    "examples/kit-python/adapter.mjs",
  ],
  ...["package.json", "README.md", "CHANGELOG.md", "LICENSE"],
];
let one: Consumer;

beforeAll(async () => {
  one = await consumer();
}, 300_000);

afterAll(() => one?.remove());

describe("the packed tarball", () => {
  it("holds compiled code, specifications, traces, documents and the example, and no test", async () => {
    const entries = await readdir(one.installed, { recursive: true, withFileTypes: true });
    const packed = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(one.installed.length + 1));
    expect(strayFiles(packed)).toEqual([]);
    expect(packed).toEqual(expect.arrayContaining(WANTED));
    expect(packed.some((path) => /^traces\/wackamole\/.*\.json$/.test(path))).toBe(true);
  });

  it("holds nothing whose source is gone", async () => {
    const sources = new Set(files.map(({ path }) => path));
    const compiled = (await readdir(join(one.installed, "dist"), { recursive: true })).filter((path) =>
      path.endsWith(".js"),
    );
    expect(compiled.length).toBeGreaterThan(50);
    const stale = compiled.filter((path) => !["ts", "tsx"].some((end) => sources.has(path.replace(/js$/, end))));
    expect(stale, "remove dist/ and build again").toEqual([]);
  });

  it("passes publint, warnings and suggestions included", async () => {
    const { messages } = await publint({ pkgDir: one.installed, pack: false, strict: true });
    expect(messages).toEqual([]);
  });

  it("has types that resolve as the code does", async () => {
    expect(await run(root, attw, one.tarball, "--profile", "esm-only")).toMatchObject({ code: 0 });
  }, 60_000);

  it("gives a consumer every subpath, with types", async () => {
    const code = one.exported.filter((name) => !name.endsWith(".json"));
    for (const part of [
      "kernel",
      "wackamole",
      "conformance",
      "judge",
      "tla/values",
      "tla/itf",
      "tla/graph",
      "tla/tlc",
      "tla/trace",
    ]) {
      expect(code).toContain(`lockstep/${part}`);
    }
    const text = code.map((name, at) => `import * as part${at} from "${name}";\n`).join("");
    const list = `const parts: readonly object[] = [${code.map((_, at) => `part${at}`).join(", ")}];\n`;
    await writeFile(join(one.folder, "every.ts"), `${text}${list}export { parts };\n`);
    expect(await typeChecked(one)).toEqual({ code: 0, out: "" });
    const print = `${text}console.log([${code.map((_, at) => `Object.keys(part${at}).length > 0`)}].join());\n`;
    await writeFile(join(one.folder, "every.js"), print);
    const expected = `${code.map(() => true).join()}\n`;
    expect(await run(one.folder, process.execPath, "every.js")).toEqual({ code: 0, out: expected });
  });

  it("has a program that says what it can do", async () => {
    const { code, out } = await run(one.folder, process.execPath, join(one.installed, "dist/cli/main.js"), "--help");
    expect(code).toBe(0);
    for (const command of ["verify", "check", "conform", "doctor"]) expect(out).toContain(command);
  });

  it.each(reducersOf(files))("gives who imports %s no more than the kernel, immer and ts-pattern", async (protocol) => {
    const local = await bundledFrom(`lockstep/${protocol}`);
    expect(local).toContain(`impl/${protocol}/index.js`);
    expect(strangers(local, protocol)).toEqual([]);
  });

  it("gives who imports values no zod and nothing of Node", async () => {
    const local = await bundledFrom("lockstep/tla/values");
    expect(local).toContain("tla/values/index.js");
    expect(local.filter((path) => !/^tla\/(values\/[^/]+|errors)\.js$/.test(path))).toEqual([]);
    // The same question finds both where they are.
    await expect(bundledFrom("lockstep/tla/itf")).rejects.toThrow(/node:fs/);
    const itf = await bundledFrom("lockstep/tla/itf", "node");
    expect(itf.some((path) => path.startsWith("node_modules/zod/"))).toBe(true);
  });
});

describe("the documents", () => {
  const snippets = documents(files).flatMap(snippetsOf);

  it("have snippets that do what they say, one after the other, checked by TypeScript", async () => {
    await withExample(one);
    expect(snippets.length).toBeGreaterThan(4);
    for (const [at, { place, code, prints }] of snippets.entries()) {
      expect([place, prints.length > 0]).toEqual([place, true]);
      await writeFile(join(one.folder, `snippet${at}.js`), code);
      const { out } = await run(one.folder, process.execPath, `snippet${at}.js`);
      expect([place, ...out.trimEnd().split("\n")]).toEqual([place, ...prints]);
    }
    expect(await typeChecked(one)).toEqual({ code: 0, out: "" });
  }, 120_000);

  it("would be found to say something else", () => {
    const text = "# A\n\n```js\nconsole.log(1); // → 1\n```\n\n```sh\nls\n```\n";
    expect(snippetsOf({ path: "README.md", text })).toEqual([
      { place: "README.md:4", code: "console.log(1); // → 1\n", prints: ["1"] },
    ]);
  });
});

describe("what a tarball should not hold", () => {
  it("is found", () => {
    const stray = [
      ...["dist/a.test.js", "dist/tla/testing/x.js", "dist/impl.tsbuildinfo", "impl/a.ts", "dist/bench/a.js"],
      ...["examples/two-phase/node_modules/zod/index.js", "examples/two-phase/package-lock.json", "bench/a.md"],
    ];
    expect(strayFiles([...stray, "dist/impl/kernel/index.js", "LICENSE"])).toEqual(stray);
  });
});

/** What a bundle of all that a subpath exports is made of: paths in our `dist`, and `node_modules/...` for the rest. */
async function bundledFrom(name: string, platform: "neutral" | "node" = "neutral"): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents: `export * from "${name}";`, resolveDir: one.folder },
    absWorkingDir: one.folder,
    preserveSymlinks: true,
    bundle: true,
    write: false,
    metafile: true,
    platform,
    logLevel: "silent",
  });
  const inputs = Object.keys(metafile.inputs).filter((path) => path !== "<stdin>");
  return inputs.map((path) => path.replace("node_modules/lockstep/dist/", ""));
}

const ALLOWED = [
  /^dist\/(impl|tla|conformance|report|runtime|cli)\/.*\.(js|d\.ts)$/,
  /^(spec|traces)\//,
  /^docs\/.*\.(md|schema\.json)$/,
  /^examples\/[^/]+\/[^/]+\.(js|mjs|json|md|py|tla|cfg)$/,
  /^examples\/[^/]+\/traces\/[^/]+\.(itf\.json|graph\.ndjson)$/,
  /^examples\/[^/]+\/traces\/index\.json$/,
  /^[^/]+$/,
];

function strayFiles(paths: readonly string[]): string[] {
  const isStray = (path: string): boolean => !ALLOWED.some((allowed) => allowed.test(path));
  return paths.filter((path) => isStray(path) || /\.test\.|\/testing\/|\/package-lock\.json$/.test(path));
}
