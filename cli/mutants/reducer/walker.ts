import { parentPort } from "node:worker_threads";
import type { ConformanceModels } from "../../../conformance/engine/index.ts";
import { Answers, recorded } from "./calls.ts";
import { type Held, held as heldOf } from "./held.ts";
import { type Job, type Judged, KINDS, type Measured, type Scene } from "./scenes.ts";

// The part of the bundle that a thread runs: it opens a scene, and holds one mutant after another against it.

/** What the instrumented sources read and write. */
interface Switchboard {
  activeMutant?: string | undefined;
  currentTestId?: string;
  mutantCoverage?: {
    readonly static: Readonly<Record<string, number>>;
    readonly perTest: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
}

const shared = globalThis as { __stryker__?: Switchboard };
shared.__stryker__ ??= {};
const switchboard: Switchboard = shared.__stryker__;

/** Answers the jobs that come, one after another. */
export function serve(models: ConformanceModels | undefined): void {
  const port = parentPort;
  if (port === null || models === undefined) throw new Error("the bundle has no protocol, or is in no thread");
  const stage = new Stage(models);
  port.on("message", (job: Job) => {
    stage.answer(job).then(
      (reply) => port.postMessage({ reply }),
      (error: unknown) => port.postMessage({ error: error instanceof Error ? error.stack : String(error) }),
    );
  });
}

class Stage {
  readonly #models: ConformanceModels;
  /** The mutant that is active from the start: what it changes is set for good once the program is loaded. */
  readonly #fixed = switchboard.activeMutant;
  readonly #onLoad = Object.keys(switchboard.mutantCoverage?.static ?? {});
  #open: { readonly held: Held; readonly scene: Scene; readonly measured: Measured } | undefined;
  /** What a mutant that is like the reducer answers; none where that cannot be told. */
  #answers: Answers | undefined;

  constructor(models: ConformanceModels) {
    this.#models = models;
  }

  async answer(job: Job): Promise<Measured | Judged | undefined> {
    switch (job.kind) {
      case "measure":
        return this.#measure(job.scene);
      case "open": {
        const { scene, measured } = job;
        this.#open = { scene, measured, held: await heldOf(this.#models, scene) };
        const answers = measured.calls === undefined ? undefined : new Answers(measured.calls);
        switchboard.activeMutant = this.#fixed;
        this.#answers = this.#fixed === undefined && answers?.areGiven() === true ? answers : undefined;
        return undefined;
      }
      case "judge":
        return this.#judge(job.mutant);
    }
  }

  /** Runs a scene with the reducer as it is. */
  async #measure(scene: Scene): Promise<Measured> {
    const held = await heldOf(this.#models, scene);
    switchboard.currentTestId = scene.name;
    const began = performance.now();
    const { value: genuine, calls } = recorded(() => held.genuine());
    const seconds = (performance.now() - began) / 1000;
    const reached = Object.keys(switchboard.mutantCoverage?.perTest[scene.name] ?? {});
    return { ...genuine, calls, reached, onLoad: this.#onLoad, seconds };
  }

  #judge(mutant: string): Judged {
    if (this.#open === undefined) throw new Error("no scene is open");
    const { held, scene, measured } = this.#open;
    switchboard.activeMutant = mutant;
    if (this.#answers?.areGiven() === true) return { alike: true };
    try {
      const killed = held.judge(measured);
      return { alike: false, ...(killed === undefined ? {} : { killed }) };
    } catch (error) {
      const says = `the closed system threw: ${error instanceof Error ? error.message : error}`;
      return { alike: false, killed: { by: KINDS[scene.kind].layer, where: scene.name, says } };
    }
  }
}
