import { count, ProgressLine } from "../progress.ts";

/** Milliseconds between two lines. */
const MOMENT = 1000;

/** Shows how many mutants are judged, how many of them killed, and about how long the others will take. */
export class Countdown {
  readonly #line: ProgressLine;
  readonly #all: number;
  #began = performance.now();
  #told = 0;
  #done = 0;
  /** Those that were not known from before: they tell how long one takes. */
  #judged = 0;
  #killed = 0;

  constructor(title: string, all: number) {
    this.#line = new ProgressLine(title);
    this.#all = all;
  }

  /** Tells of what comes before the first mutant; how long that takes says nothing of the others. */
  prepare(words: string): void {
    this.#line.tell(words);
    this.#began = performance.now();
  }

  /** Counts one mutant; `remembered` where it took no time. */
  count(killed: boolean, remembered: boolean): void {
    this.#done++;
    if (killed) this.#killed++;
    if (!remembered) this.#judged++;
    if (performance.now() - this.#told < MOMENT && this.#done < this.#all) return;
    this.#told = performance.now();
    this.#line.tell(`${count(this.#done)} of ${count(this.#all)}, ${count(this.#killed)} killed${this.#left()}`);
  }

  done(): void {
    this.#line.done();
  }

  #left(): string {
    if (this.#judged === 0) return "";
    const seconds = (performance.now() - this.#began) / 1000;
    const rate = this.#judged / seconds;
    const left = Math.ceil((this.#all - this.#done) / rate / 60);
    return `, ${(rate * 60).toFixed(0)} a minute, about ${left} min left`;
  }
}
