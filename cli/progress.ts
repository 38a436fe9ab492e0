import type { Progress } from "../tla/tlc/index.ts";

/** Where progress goes; standard error, as a rule. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Shows how far a run has come: on a terminal one line that is renewed each second, elsewhere a line a report. */
export class ProgressLine {
  readonly #title: string;
  readonly #screen: Screen;
  readonly #started = performance.now();
  readonly #timer: NodeJS.Timeout | undefined;
  #last: Progress | undefined;

  constructor(title: string, screen: Screen = process.stderr) {
    this.#title = title;
    this.#screen = screen;
    if (screen.isTTY === true) this.#timer = setInterval(() => this.#draw(), 1000).unref();
  }

  /** Takes a report of TLC's. */
  report(progress: Progress): void {
    this.#last = progress;
    this.#draw();
  }

  /** Takes words of its own, in place of a report. */
  tell(words: string): void {
    const text = `${this.#title}: ${words}`;
    this.#screen.write(this.#screen.isTTY === true ? `${CLEAR}${text}` : `${text}\n`);
  }

  /** Writes a line of its own. */
  note(line: string): void {
    this.#screen.write(`${this.#screen.isTTY === true ? CLEAR : ""}${line}\n`);
  }

  /** Ends the display; nothing of it stays on a terminal. */
  done(): void {
    clearInterval(this.#timer);
    if (this.#screen.isTTY === true) this.#screen.write(CLEAR);
  }

  #draw(): void {
    const text = progressText(this.#title, (performance.now() - this.#started) / 1000, this.#last);
    this.#screen.write(this.#screen.isTTY === true ? `${CLEAR}${text}` : `${text}\n`);
  }
}

const CLEAR = "\r\u001b[K";

/** One line on how far a run has come; `elapsed` is in seconds. */
function progressText(title: string, elapsed: number, progress: Progress | undefined): string {
  const time = `${Math.floor(elapsed / 60)}:${String(Math.floor(elapsed % 60)).padStart(2, "0")}`;
  if (progress === undefined) return `${title} ${time}`;
  const { generated, distinct, queue, depth, rate } = progress;
  const parts = [
    `${count(generated)} generated`,
    ...(distinct === undefined ? [] : [`${count(distinct)} distinct`]),
    ...(queue === undefined ? [] : [`${count(queue)} on queue`]),
    ...(depth === undefined ? [] : [`depth ${depth}`]),
    `${count(Math.round(rate))}/s`,
  ];
  return `${title} ${time}: ${parts.join(", ")}`;
}

/** A count with its thousands apart. */
export function count(number: number): string {
  return number.toLocaleString("en-US");
}
