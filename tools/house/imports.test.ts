import { describe, expect, it } from "vitest";
import { repository } from "./files.ts";
import { importsGoOneWay, importsHaveNoCycle } from "./imports.ts";

const files = repository();

function file(path: string, ...imports: string[]): { path: string; text: string } {
  return { path, text: imports.map((name) => `import { x } from "${name}";\n`).join("") };
}

describe("imports go one way", () => {
  it("in this repository", () => {
    expect(files.some(({ path }) => path === "impl/kernel/protocol.ts")).toBe(true);
    expect(importsGoOneWay(files)).toEqual([]);
  });

  it.each([
    ["impl/kernel/a.ts", "../wackamole/step.ts"],
    ["impl/wackamole/a.ts", "../other/step.ts"],
    ["impl/wackamole/a.ts", "../../conformance/engine/contract.ts"],
    ["impl/wackamole/a.ts", "../../tla/values/value.ts"],
    ["impl/wackamole/a.ts", "node:fs"],
    ["impl/wackamole/a.ts", "zod"],
    ["impl/wackamole/a.test.ts", "../../conformance/wackamole/system.ts"],
    ["tla/values/a.ts", "../../impl/kernel/index.ts"],
    ["tla/values/a.ts", "../../conformance/engine/index.ts"],
    ["conformance/engine/a.ts", "../../impl/wackamole/index.ts"],
    ["conformance/engine/a.ts", "../wackamole/index.ts"],
    ["conformance/wackamole/a.ts", "../other/index.ts"],
    ["conformance/wackamole/a.ts", "../../impl/other/index.ts"],
    ["runtime/node/a.ts", "../../conformance/engine/index.ts"],
    ["report/a.ts", "../cli/numbers.ts"],
    ["report/pages/a.tsx", "../../conformance/wackamole/index.ts"],
    ["cli/a.ts", "../tools/house/files.ts"],
    ["examples/mine/a.js", "../../dist/tla/tlc/index.js"],
    ["examples/mine/a.js", "../../../elsewhere.js"],
  ])("finds %s importing %s", (path, name) => {
    expect(importsGoOneWay([file(path, name)])).toHaveLength(1);
  });

  it("takes what a package has built for a part of the package", () => {
    expect(importsGoOneWay([file("cli/a.ts", "ajv/dist/2020.js")])).toEqual([]);
    expect(importsGoOneWay([file("cli/a.ts", "../dist/cli/main.js")])).toHaveLength(1);
  });

  it("sees every form of import", () => {
    for (const text of [
      'import "node:fs";',
      'import type { A } from "node:fs";',
      'import {\n  a,\n  b,\n} from "node:fs";',
      'export * from "node:fs";',
      'const a = await import("node:fs");',
    ]) {
      expect([text, importsGoOneWay([{ path: "impl/wackamole/a.ts", text }])]).toEqual([
        text,
        ["impl/wackamole/a.ts imports node:fs"],
      ]);
    }
  });
});

describe("imports have no cycle", () => {
  it("in this repository", () => {
    expect(importsHaveNoCycle(files)).toEqual([]);
  });

  it("finds one of three files, and a file that imports itself", () => {
    const ring = [file("tla/a.ts", "./b.ts"), file("tla/b.ts", "./c/d.ts"), file("tla/c/d.ts", "../a.ts")];
    expect(importsHaveNoCycle(ring)).toEqual(["tla/a.ts -> tla/b.ts -> tla/c/d.ts -> tla/a.ts"]);
    expect(importsHaveNoCycle([file("tla/a.ts", "./a.ts")])).toEqual(["tla/a.ts -> tla/a.ts"]);
  });
});
