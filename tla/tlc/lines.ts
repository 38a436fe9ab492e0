/** Longest line that is kept, in characters; what goes beyond is dropped. */
export const LONGEST_LINE: number = 16 * 1024 * 1024;

/** Cuts text that arrives in pieces into lines, in bounded memory, and hands on each line without its end. */
export class LineSplitter {
  readonly #onLine: (line: string) => void;
  #pieces: string[] = [];
  #length = 0;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(text: string): void {
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      this.#keep(text.slice(start, end));
      this.#flush();
      start = end + 1;
    }
    this.#keep(text.slice(start));
  }

  /** Hands on a last line that no line feed ended. */
  end(): void {
    if (this.#length > 0) this.#flush();
  }

  #keep(piece: string): void {
    const room = LONGEST_LINE - this.#length;
    if (piece === "" || room <= 0) return;
    this.#pieces.push(piece.slice(0, room));
    this.#length += Math.min(piece.length, room);
  }

  #flush(): void {
    const line = this.#pieces.join("");
    this.#pieces = [];
    this.#length = 0;
    this.#onLine(line.endsWith("\r") ? line.slice(0, -1) : line);
  }
}
