import { expect, it } from "vitest";
import { label, spare } from "./counter.ts";

it("is labelled with where it is", () => {
  expect(label(2)).toBe("at 2");
});

it("has something to spare", () => {
  expect(typeof spare()).toBe("number");
});
