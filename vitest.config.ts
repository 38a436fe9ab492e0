import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["**/*.test.ts"],
    exclude: ["node_modules", "dist", "examples"],
    // TLC is a process of its own with two workers; more than one at a time only slows both on two cores.
    maxWorkers: 2,
    testTimeout: 120_000,
  },
});
