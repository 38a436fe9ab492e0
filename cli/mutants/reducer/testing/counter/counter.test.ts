import { expect, it } from "vitest";
import { label } from "./counter.ts";

it("is labelled with where it is", () => {
  expect(label(2)).toBe("at 2");
});
