import { UserError } from "../../../tla/errors.ts";
import { NOT_CHECKED } from "../../exit-codes.ts";
import { requireGoingOn } from "../../interrupt.ts";
import { count } from "../../progress.ts";
import type { Layer, Tell, Verdict } from "./layers.ts";
import type { ReducerMutant } from "./mutant.ts";
import { KINDS, type Measured, type Scene } from "./scenes.ts";
import { NoAnswer, Thread } from "./thread.ts";

/** The bundles of a closed system: over the reducer as it is, with all mutants, and telling which are reached. */
export interface Bundles {
  readonly genuine: string;
  readonly mutants: string;
  readonly telling: string;
}

/** How a layer of one scene is made: the scene is prepared when it is needed, which may take a run of TLC. */
export interface SceneLayer {
  readonly name: string;
  readonly key: string;
  readonly bundles: Bundles;
  readonly lanes: number;
  /** Seconds that a mutant has at least, beside several times what the reducer takes. */
  readonly patience: number;
  readonly prepare: () => Promise<Scene>;
  readonly note: (line: string) => void;
}

/** A scene may take this many seconds to be opened. */
const OPENING = 900;

/** Holds mutants against one scene, those that it reaches, in threads that have it open. */
export function sceneLayer({ name, key, bundles, lanes, patience, prepare, note }: SceneLayer): Layer {
  const judge = async (mutants: readonly ReducerMutant[], tell: Tell, signal: AbortSignal): Promise<void> => {
    const scene = await prepare();
    const measured = await measure(bundles, scene, signal);
    const { size, reached, calls } = measured;
    const kept = calls === undefined ? "" : `, ${count(calls.length)} calls of the reducer`;
    note(`${name}: ${count(size)} ${KINDS[scene.kind].counts}${kept}, ${count(reached.length)} mutants reached`);
    await using(
      signal,
      Array.from({ length: lanes }, () => new Thread(bundles.mutants)),
      async (threads) => {
        await Promise.all(threads.map((thread) => thread.ask({ kind: "open", scene, measured }, OPENING)));
        const onLoad = new Set(measured.onLoad);
        const open = { bundles, scene, measured, reached: new Set([...reached, ...onLoad]), onLoad, patience, signal };
        await inThreads(open, threads, mutants, tell);
      },
    );
  };
  return { name, key, judge };
}

interface Open {
  readonly bundles: Bundles;
  readonly scene: Scene;
  readonly measured: Measured;
  /** The switches of the mutants that were reached, and of those that were when the program was loaded. */
  readonly reached: ReadonlySet<string>;
  readonly onLoad: ReadonlySet<string>;
  readonly patience: number;
  readonly signal: AbortSignal;
}

/** Runs a body with some threads, which end with it, or once the signal is aborted. */
async function using<T>(
  signal: AbortSignal,
  threads: readonly Thread[],
  body: (threads: readonly Thread[]) => Promise<T>,
): Promise<T> {
  const close = async (): Promise<void> => {
    await Promise.all(threads.map((thread) => thread.close()));
  };
  signal.addEventListener("abort", close);
  try {
    return await body(threads);
  } catch (error) {
    requireGoingOn(signal);
    throw error;
  } finally {
    signal.removeEventListener("abort", close);
    await close();
  }
}

/**
 * What the reducer itself comes to. The instrumented one, no mutant being active, comes to exactly the same; else all
 * would be void.
 */
async function measure({ genuine, telling }: Bundles, scene: Scene, signal: AbortSignal): Promise<Measured> {
  const threads = [new Thread(genuine), new Thread(telling)];
  const job = { kind: "measure", scene } as const;
  const [plain, measured] = await using(signal, threads, () =>
    Promise.all(threads.map((one) => one.ask(job, OPENING))),
  );
  if (plain === undefined || measured === undefined) throw new Error("nothing was measured");
  if (!plain.passed || plain.size === 0) {
    const says = `${scene.name} does not agree with the reducer as it is, so no mutant can be judged.`;
    throw new UserError(says, NOT_CHECKED);
  }
  if (plain.summary !== measured.summary) {
    throw new Error(`with no mutant active, the instrumented reducer is not the reducer in ${scene.name}`);
  }
  return measured;
}

async function inThreads(
  open: Open,
  threads: readonly Thread[],
  mutants: readonly ReducerMutant[],
  tell: Tell,
): Promise<void> {
  const left = mutants.values();
  const lane = async (thread: Thread): Promise<void> => {
    for (const mutant of left) {
      const began = performance.now();
      const found = await judgeOne(open, thread, mutant.switch);
      await tell(mutant, { ...found, seconds: (performance.now() - began) / 1000 });
    }
  };
  await Promise.all(threads.map(lane));
}

/** A mutant is judged in a thread that has the scene open; one that was reached on loading has a thread of its own. */
async function judgeOne(open: Open, thread: Thread, mutant: string): Promise<Found> {
  const { bundles, scene, measured, reached, onLoad, patience, signal } = open;
  if (!reached.has(mutant)) return { how: "not reached" };
  const own = onLoad.has(mutant) ? new Thread(bundles.mutants, mutant) : undefined;
  try {
    await own?.ask({ kind: "open", scene, measured }, OPENING);
    const limit = patience + 5 * measured.seconds;
    const { alike, killed } = await (own ?? thread).ask({ kind: "judge", mutant }, limit);
    return { how: alike ? "alike" : "judged", ...(killed === undefined ? {} : { killed }) };
  } catch (error) {
    requireGoingOn(signal);
    if (!(error instanceof NoAnswer)) throw error;
    if (own === undefined) await thread.ask({ kind: "open", scene, measured }, OPENING);
    const by = error.late ? "timeout" : KINDS[scene.kind].layer;
    return { how: "judged", killed: { by, where: scene.name, says: error.message } };
  } finally {
    await own?.close();
  }
}

type Found = Omit<Verdict, "seconds">;
