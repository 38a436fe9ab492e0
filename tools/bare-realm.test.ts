import { describe, expect, it } from "vitest";
import { bundled, runBare, strangers } from "./bare-realm.ts";
import { reducersOf, repository } from "./house/files.ts";

const reducers = reducersOf(repository());

describe.each(reducers)("the reducer %s", (reducer) => {
  const scenario = reducer.replace("/", "-");

  it("does the same in a realm without clock, randomness and host as it does here", async () => {
    const { run } = (await import(`./scenarios/${scenario}.ts`)) as { run: () => readonly object[] };
    const here = JSON.stringify(run());
    expect(run().length).toBeGreaterThan(5);
    expect(runBare(await bundled({ path: `tools/scenarios/${scenario}.ts` }))).toBe(here);
  });

  it("is made of the kernel, its own folder, immer and ts-pattern", async () => {
    const { inputs } = await bundled({ path: `impl/${reducer}/index.ts` });
    expect(inputs).toEqual(expect.arrayContaining([`impl/${reducer}/index.ts`, "impl/kernel/index.ts"]));
    expect(strangers(inputs, reducer)).toEqual([]);
  });
});

describe("the bare realm", () => {
  it("is entered by at least one reducer", () => {
    expect(reducers).toContain("wackamole");
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

  it("shows when a reducer takes more with it", () => {
    const inputs = ["impl/wackamole/step.ts", "tla/values/value.ts", "node_modules/zod/index.js", "impl/other/step.ts"];
    expect(strangers(inputs, "wackamole")).toEqual(inputs.slice(1));
  });
});
