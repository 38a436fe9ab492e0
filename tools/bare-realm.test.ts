import { describe, expect, it } from "vitest";
import { bundled, runBare, strangers } from "./bare-realm.ts";
import { protocolsOf, repository } from "./house/files.ts";

const protocols = protocolsOf(repository());

describe.each(protocols)("the protocol %s", (protocol) => {
  const scenario = `tools/scenarios/${protocol}.ts`;

  it("does the same in a realm without clock, randomness and host as it does here", async () => {
    const { run } = (await import(`./scenarios/${protocol}.ts`)) as { run: () => readonly object[] };
    const here = JSON.stringify(run());
    expect(run().length).toBeGreaterThan(5);
    expect(runBare(await bundled({ path: scenario }))).toBe(here);
  });

  it("is made of the kernel, its own folder, immer and ts-pattern", async () => {
    const { inputs } = await bundled({ path: `impl/${protocol}/index.ts` });
    expect(inputs).toEqual(expect.arrayContaining([`impl/${protocol}/index.ts`, "impl/kernel/index.ts"]));
    expect(strangers(inputs, protocol)).toEqual([]);
  });
});

describe("the bare realm", () => {
  it("is entered by at least one protocol", () => {
    expect(protocols).toContain("wackamole");
  });

  it.each([
    ["the clock", "Date.now()"],
    ["randomness", "Math.random()"],
    ["the host's language", "new Intl.NumberFormat().format(1)"],
    ["the host's console", "console.log(1)"],
    ["the process", "process.pid"],
    ["timers", "setTimeout(() => {}, 1)"],
    ["a prototype that others share", "Object.assign(Array.prototype, { first: 1 })"],
    ["an object that others share", "Object.assign(Math, { twice: 1 })"],
  ])("has no %s", async (_, expression) => {
    const bundle = await bundled({ text: `export function run() { return ${expression}; }` });
    expect(() => runBare(bundle)).toThrow(/is not defined|is not a function|not extensible/);
  });

  it("cannot even be reached by what imports Node", async () => {
    await expect(bundled({ text: 'import { readFileSync } from "node:fs";\nreadFileSync("x");' })).rejects.toThrow(
      "Could not resolve",
    );
  });

  it("shows when a protocol takes more with it", () => {
    const inputs = ["impl/wackamole/step.ts", "tla/values/value.ts", "node_modules/zod/index.js", "impl/other/step.ts"];
    expect(strangers(inputs, "wackamole")).toEqual(inputs.slice(1));
  });
});
