import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { root } from "./files.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lockstep-fences-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function plant(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

function output(program: string, ...args: string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, "node_modules", program), ...args], { cwd: folder }, (_, out, err) =>
      resolve(`${out}${err}`),
    );
  });
}

describe("the linter", () => {
  const statements = (count: number): string => "  total += 1;\n".repeat(count);
  const long = `export function f(): number {\n  let total = 0;\n${statements(80)}  return total;\n}\n`;

  it.each([
    ["noRestrictedGlobals", "impl/wackamole/x.ts", "export const now: number = Date.now();\n"],
    ["noRestrictedGlobals", "impl/wackamole/x.ts", "export const f: unknown = new Intl.NumberFormat();\n"],
    [
      "noNodejsModules",
      "impl/wackamole/x.ts",
      'import { readFileSync } from "node:fs";\nexport const f = readFileSync;\n',
    ],
    ["noExcessiveLinesPerFunction", "cli/x.ts", long],
    ["noExcessiveLinesPerFile", "cli/x.ts", "export const a = [\n  1,\n];\n".repeat(140)],
    // The rule is tried on what it forbids.
    ["noExplicitAny", "cli/x.ts", "export const a: any = 1;\n"],
    ["noNonNullAssertion", "cli/x.ts", "export const a = (x: string | null): string => x!;\n"],
    ["useImportExtensions", "cli/x.ts", 'import { y } from "./y";\nexport const a = y;\n'],
  ])("reports %s in %s", async (rule, path, text) => {
    await cp(join(root, "biome.json"), join(folder, "biome.json"));
    await plant(path, text);
    await plant("cli/y.ts", "export const y = 1;\n");
    const found = await output("@biomejs/biome/bin/biome", "lint", "--vcs-enabled=false", "--reporter=json", ".");
    expect(found).toContain(`/${rule}"`);
  });
});

describe("the compiler", () => {
  it("has the settings of impl/ for the planted files, which know no host", async () => {
    const impl: unknown = JSON.parse(await readFile(join(root, "impl/tsconfig.json"), "utf8"));
    const base: unknown = JSON.parse(await readFile(join(root, "tsconfig.base.json"), "utf8"));
    expect(impl).toMatchObject({ extends: "../tsconfig.base.json", compilerOptions: { types: [] } });
    expect(impl).not.toHaveProperty("compilerOptions.lib");
    expect(base).toMatchObject({ compilerOptions: { lib: ["es2023"], strict: true } });
  });

  const hosts = [
    "process.env",
    "console",
    "setTimeout",
    "fetch",
    "structuredClone",
    "performance",
    "crypto",
    "document",
  ];

  it.each(hosts)("knows no %s in impl/", async (name) => {
    expect(await compiled(`export const host: unknown = ${name};\n`)).toMatch(/error TS(2304|2584|2580|2591|2592): /);
  });

  it("finds no fault in a file that uses the language alone", async () => {
    expect(await compiled("export const host: unknown = Math.max(...new Set([1]));\n")).toBe("");
  });

  async function compiled(text: string): Promise<string> {
    await plant("impl/x.ts", text);
    await plant("package.json", '{ "type": "module" }\n');
    await cp(join(root, "impl/tsconfig.json"), join(folder, "impl/tsconfig.json"));
    await cp(join(root, "tsconfig.base.json"), join(folder, "tsconfig.base.json"));
    await symlink(join(root, "node_modules"), join(folder, "node_modules"));
    return output("typescript/bin/tsc", "-p", "impl");
  }
});
