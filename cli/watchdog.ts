import { Worker } from "node:worker_threads";

/**
 * Watches over work that may never come back, as from a reducer with an endless loop: signals and timers are not heard
 * there. A thread beside it says what it was at in one sentence, and kills the process.
 */
export class Watchdog {
  /** How often there was a beat, what the work was at then, and whether nothing is expected until the next. */
  readonly #beats = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
  readonly #thread: Worker;

  /** It bites after so many seconds without a beat, or twice as many. In `says` a # stands for what the work was at. */
  constructor(seconds: number, says: string) {
    this.#thread = new Worker(WATCHING, { eval: true, workerData: { beats: this.#beats, seconds, says } });
    this.#thread.unref();
  }

  beat(at: number): void {
    Atomics.store(this.#beats, 1, at);
    Atomics.add(this.#beats, 0, 1);
    Atomics.store(this.#beats, 2, 0);
  }

  /** What follows may take as long as it does, until the next beat. */
  rest(): void {
    Atomics.store(this.#beats, 2, 1);
  }

  async close(): Promise<void> {
    await this.#thread.terminate();
  }
}

/** A thread cannot end the process by an exit code, and nobody else hears it. */
const WATCHING = `
const { writeSync } = require("node:fs");
const { beats, seconds, says } = require("node:worker_threads").workerData;
let last = 0;
setInterval(() => {
  const now = Atomics.load(beats, 0);
  if (now === last && Atomics.load(beats, 2) === 0) {
    writeSync(2, says.replace("#", Atomics.load(beats, 1)) + "\\n");
    process.kill(process.pid, "SIGKILL");
  }
  last = now;
}, 1000 * seconds);
`;
