import { type ChildProcess, fork } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { neighbour } from "./bundle.ts";
import type { ReducerSources } from "./sources.ts";
import type { Hosting, Tested, TestJob } from "./tests-host.ts";
import { NoAnswer } from "./thread.ts";
import { bundler, testRunner } from "./tools.ts";

/** A process with the tests of a reducer, made anew when it was lost. */
export class TestHost {
  readonly #program: string;
  readonly #hosting: string;
  #child: ChildProcess | undefined;

  private constructor(program: string, hosting: string) {
    this.#program = program;
    this.#hosting = hosting;
  }

  /** Prepares one in a folder of its own. @throws UserError (2) where the test runner is not installed. */
  static async make(
    { folder }: ReducerSources,
    instrumented: ReadonlyMap<string, string>,
    temporary: string,
  ): Promise<TestHost> {
    const vitest = testRunner();
    const { build } = await bundler();
    const program = join(temporary, "host.mjs");
    const entryPoints = [neighbour("tests-host")];
    await build({ entryPoints, outfile: program, bundle: true, platform: "node", format: "esm", logLevel: "silent" });
    const [setup, hosting] = [join(temporary, "setup.mjs"), join(temporary, "hosting.json")];
    await writeFile(setup, setupText);
    const sources = Object.fromEntries([...instrumented].map(([path, text]) => [join(folder, path), text]));
    const cache = join(temporary, "cache");
    const started: Hosting = { vitest, folder, sources, cache, setup, reached: join(temporary, "reached.json") };
    await writeFile(hosting, JSON.stringify(started));
    return new TestHost(program, hosting);
  }

  /** @throws NoAnswer when there is none within so many seconds; the process is gone then. */
  async ask(job: TestJob, seconds: number): Promise<Tested> {
    this.#child ??= fork(this.#program, [this.#hosting], {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      execArgv: [],
    });
    const answer = await answerOf(this.#child, job, seconds);
    if (answer instanceof NoAnswer) {
      this.close();
      throw answer;
    }
    if (answer.reply === undefined) throw new Error(answer.error);
    return answer.reply;
  }

  close(): void {
    this.#child?.kill("SIGKILL");
    this.#child = undefined;
  }
}

/** Text of the file that each test loads: it tells which mutants were reached. */
const setupText = `import { writeFileSync } from "node:fs";
afterAll(() => {
  const path = process.env["LOCKSTEP_REACHED"];
  const reached = Object.keys(globalThis.__stryker__?.mutantCoverage?.static ?? {});
  if (path !== undefined && path !== "") writeFileSync(path, JSON.stringify(reached));
});
`;

interface Answer {
  readonly reply?: Tested;
  readonly error?: string;
}

function answerOf(child: ChildProcess, job: TestJob, seconds: number): Promise<Answer | NoAnswer> {
  return new Promise((resolve) => {
    const settle = (answer: unknown): void => {
      clearTimeout(timer);
      child.off("message", settle).off("exit", ended);
      resolve(answer as Answer | NoAnswer);
    };
    const ended = (code: number | null): void => settle(new NoAnswer(`the tests ended with code ${code}`, false));
    const late = new NoAnswer(`no answer within ${Math.round(seconds)} seconds`, true);
    const timer = setTimeout(() => settle(late), seconds * 1000);
    child.on("message", settle).on("exit", ended);
    child.send(job);
  });
}
