import { basename } from "node:path";
import { expect, it } from "vitest";
import { specLibraries, specRoot } from "./protocols.ts";

it.each([
  ["evs", []],
  ["wackamole", ["evs"]],
  ["filter", ["evs", "wackamole"]],
])("%s builds on %j, and what builds on it is no library of it", async (folder, libraries) => {
  const found = await specLibraries(specRoot, folder);
  expect(found.map((path) => basename(path)).sort()).toEqual(libraries);
});
