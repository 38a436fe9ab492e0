import { basename, join } from "node:path";
import { UserError } from "../../../tla/errors.ts";
import { NOT_CHECKED } from "../../exit-codes.ts";
import { requireGoingOn } from "../../interrupt.ts";
import { inLanes } from "../../lanes.ts";
import type { Layer, Tell, Verdict } from "./layers.ts";
import type { ReducerMutant } from "./mutant.ts";
import type { Killed } from "./scenes.ts";
import type { ReducerSources } from "./sources.ts";
import type { TestHost } from "./tests.ts";
import type { Tested } from "./tests-host.ts";
import { NoAnswer } from "./thread.ts";

/** How the layer of a reducer's own tests is made. */
export interface TestsLayer {
  readonly key: string;
  readonly reducer: ReducerSources;
  readonly hosts: () => Promise<readonly TestHost[]>;
  /** Seconds that a mutant has at least, beside several times what the tests take. */
  readonly patience: number;
  readonly note: (line: string) => void;
}

/** A test may take this many seconds with no mutant active. */
const LONGEST = 300;

/** Runs a reducer's own tests: for each mutant those that reach it, the quick ones first, until one fails. */
export function testsLayer({ key, reducer, hosts, patience, note }: TestsLayer): Layer {
  const judge = async (mutants: readonly ReducerMutant[], tell: Tell, signal: AbortSignal): Promise<void> => {
    const made = await hosts();
    const close = (): void => {
      for (const host of made) host.close();
    };
    signal.addEventListener("abort", close);
    try {
      const [first] = made;
      if (first === undefined) throw new Error("there is no process for the tests");
      const measured = await measure(first, reducer);
      note(`tests: ${measured.map(({ path, seconds }) => `${basename(path)} ${seconds.toFixed(1)} s`).join(", ")}`);
      const left = mutants.values();
      await inLanes(made, made.length, async (host) => {
        for (const mutant of left) {
          const verdict = await judgeOne(host, measured, mutant.switch, patience);
          requireGoingOn(signal);
          await tell(mutant, verdict);
        }
      });
    } finally {
      signal.removeEventListener("abort", close);
      close();
    }
  };
  return { name: "tests", key, judge };
}

interface Measured extends Tested {
  readonly path: string;
}

/** Each test as it is, the quick ones first. @throws UserError (4) where one fails with no mutant active. */
async function measure(host: TestHost, { folder, tests }: ReducerSources): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  for (const path of tests.map((test) => join(folder, test))) {
    const tested = await host.ask({ test: path }, LONGEST);
    if (!tested.passed) {
      throw new UserError(`${path} fails as it is, so no mutant can be judged by it: ${tested.says}.`, NOT_CHECKED);
    }
    measured.push({ ...tested, path });
  }
  return measured.sort((one, other) => one.seconds - other.seconds);
}

async function judgeOne(
  host: TestHost,
  measured: readonly Measured[],
  mutant: string,
  patience: number,
): Promise<Verdict> {
  const began = performance.now();
  const verdict = (killed?: Killed): Verdict => {
    const seconds = (performance.now() - began) / 1000;
    return { how: "judged", seconds, ...(killed === undefined ? {} : { killed }) };
  };
  const reaching = measured.filter(({ reached }) => reached.includes(mutant));
  if (reaching.length === 0) return { how: "not reached", seconds: 0 };
  for (const { path, seconds } of reaching) {
    const where = basename(path);
    try {
      const { passed, says } = await host.ask({ test: path, mutant }, patience + 5 * seconds);
      if (!passed) return verdict({ by: "tests", where, says });
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return verdict({ by: error.late ? "timeout" : "tests", where, says: error.message });
    }
  }
  return verdict();
}
