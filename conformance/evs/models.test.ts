import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { evsModels } from "./models.ts";
import { servicePart } from "./service/models.ts";

const folder = join(import.meta.dirname, "../../spec/evs");
const texts = readdirSync(folder)
  .filter((name) => name.endsWith(".cfg"))
  .map((name) => [name, readFileSync(join(folder, name), "utf8")] as const);
const protocol = /Membership|Ordering/;
const isVirtual = (text: string): boolean => /^ *Server *=/m.test(text);

describe("the configurations of the service", () => {
  const service = texts.filter(([name, text]) => !protocol.test(name) && !isVirtual(text));

  it("are told from those of other modules", () => {
    expect(service.length).toBeGreaterThan(50);
    expect(service.filter(([, text]) => !servicePart.isOf(text))).toEqual([]);
    const others = texts.filter((one) => !service.includes(one));
    expect(others.length).toBeGreaterThan(50);
    expect(others.filter(([, text]) => servicePart.isOf(text)).map(([name]) => name)).toEqual([]);
    const environments = others.filter(([, text]) => isVirtual(text));
    expect(environments.length).toBeGreaterThan(10);
    for (const [, text] of environments) expect(evsModels.modelOf(text)).toBe("a module without a closed system");
  });

  it("have a closed system, but for what breaks them", () => {
    const without = service.filter(([, text]) => typeof evsModels.modelOf(text) === "string");
    expect(without.filter(([name]) => !name.startsWith("Broken")).map(([name]) => name)).toEqual([]);
    for (const [, text] of without) expect(evsModels.modelOf(text)).toMatch(/^\w+ <- (?:\[EVS\])?\w+$/);
  });

  it("are told by what they assign", () => {
    const text = readFileSync(join(folder, "MCEVS.cfg"), "utf8");
    expect(evsModels.modelOf(text.replace("MaxChanges = 1", "MaxChanges = 1\n Places <- [EVS]Nowhere"))).toBe(
      "Places <- [EVS]Nowhere",
    );
    expect(evsModels.modelOf(text.replace(/Process = .*/, "Process = {}"))).toBe("no processes");
    expect(evsModels.modelOf(text.replace("SPECIFICATION Spec", "SPECIFICATION AtomicSpec"))).toMatchObject({
      actions: expect.arrayContaining(["Leave", "CrashLeaving"]),
    });
  });
});

describe("what is not conformed", () => {
  it("has a model, or a module, for each reason", () => {
    const there = new Set([...texts.map(([name]) => name), ...readdirSync(folder)]);
    expect(Object.keys(evsModels.notConformed).filter((name) => !there.has(name))).toEqual([]);
  });

  it("is every model with symmetry that must hold, and no other for that reason", () => {
    const symmetric = texts.filter(([name, text]) => name.startsWith("MC") && /^SYMMETRY/m.test(text));
    const excepted = Object.entries(evsModels.notConformed).filter(([, reason]) =>
      /alike but for the names/.test(reason),
    );
    expect(excepted.map(([name]) => name).sort()).toEqual(symmetric.map(([name]) => name).sort());
  });
});
