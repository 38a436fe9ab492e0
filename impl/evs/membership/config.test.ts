import { expect, it } from "vitest";
import { problems } from "./config.ts";
import { config } from "./testing/example.ts";

it("finds nothing wrong with a configuration that can be used", () => {
  expect(problems(config)).toEqual([]);
  expect(problems({ ...config, number: 0, keep: 1 })).toEqual([]);
});

it.each([
  [null, "config: expected an object"],
  [{ ...config, processes: ["b", "b"] }, "processes: expected a list of distinct names"],
  [{ ...config, self: "e" }, "self: expected one of the processes, got e"],
  [{ ...config, number: -1 }, "number: expected a natural number that has a successor, got -1"],
  [
    { ...config, number: Number.MAX_SAFE_INTEGER },
    "number: expected a natural number that has a successor, got 9007199254740991",
  ],
  [{ ...config, keep: 0 }, "keep: expected a positive integer, got 0"],
])("says what is wrong with %j", (wrong, problem) => {
  expect(problems(wrong)).toEqual([problem]);
});
