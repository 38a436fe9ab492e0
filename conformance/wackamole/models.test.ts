import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { wackamoleModel, wackamoleModels } from "./models.ts";

const spec = new URL("../../spec/wackamole/", import.meta.url);
const cfgs = readdirSync(spec).filter((name) => /^(MC|Refused).*\.cfg$/.test(name));

function textOf(cfg: string): string {
  return readFileSync(new URL(cfg, spec), "utf8");
}

const boot = textOf("MCWackamoleBoot.cfg");

/** The number of the worlds within a configuration's bounds. */
function worlds(cfg: string): number | string {
  const model = wackamoleModel(cfg);
  return typeof model === "string" ? model : model.explore().worlds;
}

describe("the closed system of a configuration", () => {
  it("is there for every model that is to be conformed, and for no other is it said not to be", () => {
    expect(cfgs.length).toBeGreaterThan(5);
    for (const cfg of cfgs.filter((name) => !Object.hasOwn(wackamoleModels.notConformed, name))) {
      expect(typeof wackamoleModels.modelOf(textOf(cfg)), cfg).toBe("object");
    }
    expect(cfgs).toEqual(expect.arrayContaining(Object.keys(wackamoleModels.notConformed)));
  });

  it("has the bounds that the configuration assigns", () => {
    expect(worlds(boot)).toBe(624);
    expect(worlds(boot.replace('{"s1", "s2"}', '{"s1"}'))).toBe(8);
    expect(worlds(textOf("MCWackamoleSmall.cfg"))).toBe(614);
    expect(worlds(textOf("MCWackamoleSmall.cfg").replace("MaxEpoch = 1", "MaxEpoch = 0"))).toBe(65);
  });

  it.each([
    ["Deliverable <- [VirtualSynchrony]AnyStateOrder", "an override that it does not know"],
    ["Groups <- Groups9", "a definition that it does not know"],
    ["MaxEpoch = many", "a bound that is no number"],
    ["Colour = blue", "a constant that it does not know"],
    ["toString = 1", "a constant with the name of a method"],
  ])("is refused because of %s, %s", (assignment) => {
    expect(worlds(`${boot}\nCONSTANT ${assignment}\n`)).toBe(assignment);
  });

  it("does not heed what is in comments", () => {
    expect(worlds(`${boot}\n\\* Colour = blue\n(* Colour = blue\n   Taste <- Sweet *)\n`)).toBe(624);
  });

  it("is refused for want of servers or groups", () => {
    for (const cfg of ["", "CONSTANTS\n  MaxEpoch = 1\n", boot.replace('{"s1", "s2"}', "{}")]) {
      expect(worlds(cfg)).toBe("no servers or groups");
    }
    expect(worlds(boot.replace("Groups <- Groups2", ""))).toBe("no servers or groups");
  });
});
