import { expect, it } from "vitest";
import { problems } from "./config.ts";
import { config } from "./testing/example.ts";

it("finds nothing wrong with a configuration that can be used", () => {
  expect(problems(config)).toEqual([]);
  expect(problems({ ...config, keep: config.window })).toEqual([]);
});

it.each([
  [null, "config: expected an object"],
  [{ ...config, conf: { number: 1, members: ["a", "a"] } }, "conf: expected a number and a list of distinct names"],
  [{ ...config, self: "d" }, "self: expected a member of conf, got d"],
  [{ ...config, self: 1 }, "self: expected a member of conf, got 1"],
  [{ ...config, window: 0 }, "window: expected a positive integer of at most 9007199254740991, got 0"],
  [{ ...config, keep: 1.5 }, "keep: expected a positive integer of at most 9007199254740991, got 1.5"],
  [{ ...config, keep: 1 }, "keep: expected at least the window, 2, got 1"],
  [{ ...config, deltaMs: 2 ** 31 }, "deltaMs: expected a positive integer of at most 2147483647, got 2147483648"],
])("says what is wrong with %j", (wrong, problem) => {
  expect(problems(wrong)).toEqual([problem]);
});
