import { describe, expect, it } from "vitest";
import { exceptionOf } from "./excepted.ts";

describe("a model is excepted", () => {
  const notConformed = { "MCLive.cfg": "live", "MCOther.tla": "other" };
  const of = (cfg: string, module: string): string | undefined => exceptionOf({ cfg, module }, { notConformed });

  it("by its own name", () => expect(of("MCLive.cfg", "spec/x/MCX.tla")).toBe("live"));
  it("with all others of its module", () => expect(of("BrokenOther.cfg", "spec/x/MCOther.tla")).toBe("other"));
  it("by nothing else", () => {
    expect(of("MCX.cfg", "spec/x/MCX.tla")).toBeUndefined();
    expect(of("constructor", "spec/x/toString")).toBeUndefined();
  });
});
