import { Worker } from "node:worker_threads";
import type { Job, Judged, Measured } from "./scenes.ts";

/** A thread did not answer in time, or it ended by itself, as for want of memory. */
export class NoAnswer extends Error {
  readonly late: boolean;

  constructor(message: string, late: boolean) {
    super(message);
    this.late = late;
  }
}

/** A thread that runs the bundle, and that is made when it is first asked, or asked again after it was lost. */
export class Thread {
  readonly #bundle: string;
  readonly #mutant: string | undefined;
  #worker: Worker | undefined;

  /** `mutant` is active from the start. */
  constructor(bundle: string, mutant?: string) {
    this.#bundle = bundle;
    this.#mutant = mutant;
  }

  /** @throws NoAnswer when there is none within so many seconds; the thread is gone then. */
  async ask(job: Extract<Job, { kind: "measure" }>, seconds: number): Promise<Measured>;
  async ask(job: Extract<Job, { kind: "open" }>, seconds: number): Promise<undefined>;
  async ask(job: Extract<Job, { kind: "judge" }>, seconds: number): Promise<Judged>;
  async ask(job: Job, seconds: number): Promise<unknown> {
    this.#worker ??= this.#start();
    const answer = await answerOf(this.#worker, job, seconds);
    if (answer instanceof NoAnswer) {
      await this.close();
      throw answer;
    }
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.reply;
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #start(): Worker {
    const active = this.#mutant === undefined ? {} : { __STRYKER_ACTIVE_MUTANT__: this.#mutant };
    // What a mutant prints is nothing to the user.
    const worker = new Worker(this.#bundle, { env: { ...process.env, ...active }, stdout: true, stderr: true });
    // Whoever waits for an answer hears of errors; nobody may wait.
    return worker.on("error", () => undefined);
  }
}

interface Answer {
  readonly reply?: unknown;
  readonly error?: string;
}

function answerOf(worker: Worker, job: Job, seconds: number): Promise<Answer | NoAnswer> {
  return new Promise((resolve) => {
    const settle = (answer: Answer | NoAnswer): void => {
      clearTimeout(timer);
      worker.off("message", settle).off("error", failed).off("exit", ended);
      resolve(answer);
    };
    const failed = (error: Error): void => settle(new NoAnswer(error.message, false));
    const ended = (code: number): void => settle(new NoAnswer(`the thread ended with code ${code}`, false));
    const late = new NoAnswer(`no answer within ${Math.round(seconds)} seconds`, true);
    const timer = setTimeout(() => settle(late), seconds * 1000);
    worker.on("message", settle).on("error", failed).on("exit", ended);
    worker.postMessage(job);
  });
}
