import { readFile } from "node:fs/promises";
import type { TestModule, TestSpecification, Vitest } from "vitest/node";

// A process that has a reducer's tests ready, and runs them with one mutant after another. It is a process because a
// test that never ends can only be ended with it.

/** What the process is started with. */
export interface Hosting {
  /** The address of the test runner's interface. */
  readonly vitest: string;
  readonly folder: string;
  /** The instrumented sources by their full paths. */
  readonly sources: Readonly<Record<string, string>>;
  /** Where the runner may keep what it needs, a file that each test loads, and one that it writes. */
  readonly cache: string;
  readonly setup: string;
  readonly reached: string;
}

/** What the process is asked: to run one test, with a mutant or as it is. */
export interface TestJob {
  readonly test: string;
  readonly mutant?: string;
}

/** What came of it: whether it passed, what failed first, and the switches of the mutants that it reached. */
export interface Tested {
  readonly passed: boolean;
  readonly says: string;
  readonly reached: readonly string[];
  readonly seconds: number;
}

async function main(hosting: Hosting): Promise<void> {
  const vitest = await prepared(hosting);
  const all = await vitest.globTestSpecifications();
  process.on("message", (job: TestJob) => {
    answer(vitest, all, hosting, job).then(
      (reply) => process.send?.({ reply }),
      (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
    );
  });
}

async function prepared({ vitest, folder, sources, cache, setup }: Hosting): Promise<Vitest> {
  const { createVitest }: typeof import("vitest/node") = await import(vitest);
  return createVitest(
    "test",
    {
      root: folder,
      config: false,
      include: ["**/*.test.{ts,js}"],
      watch: false,
      pool: "threads",
      fileParallelism: false,
      bail: 1,
      globals: true,
      setupFiles: [setup],
      testTimeout: 60_000,
      reporters: [{}],
    },
    {
      cacheDir: cache,
      server: { fs: { strict: false } },
      plugins: [{ name: "instrumented", enforce: "pre", load: (id) => sources[id] }],
    },
  );
}

async function answer(
  vitest: Vitest,
  all: readonly TestSpecification[],
  { reached }: Hosting,
  { test, mutant }: TestJob,
): Promise<Tested> {
  const began = performance.now();
  const specification = all.find(({ moduleId }) => moduleId === test);
  if (specification === undefined) throw new Error(`there is no test ${test}`);
  // A test runs in a thread of its own, which sees what is set here.
  process.env["__STRYKER_ACTIVE_MUTANT__"] = mutant ?? "";
  process.env["LOCKSTEP_REACHED"] = mutant === undefined ? reached : "";
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([specification], false);
  const seconds = (performance.now() - began) / 1000;
  const module = testModules.find(({ moduleId }) => moduleId === test);
  if (module?.state() !== "passed" || unhandledErrors.length > 0) {
    return { passed: false, says: failureOf(module), reached: [], seconds };
  }
  const found: unknown = mutant === undefined ? JSON.parse(await readFile(reached, "utf8")) : [];
  return { passed: true, says: "", reached: found as readonly string[], seconds };
}

function failureOf(module: TestModule | undefined): string {
  for (const test of module?.children.allTests("failed") ?? []) return test.fullName;
  return module?.errors()[0]?.message ?? "it did not run to its end";
}

await main(JSON.parse(await readFile(process.argv[2] ?? "", "utf8")) as Hosting);
