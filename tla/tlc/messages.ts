import { LineSplitter } from "./lines.ts";

/** One message of TLC's `-tool` stream. */
export interface Message {
  /** TLC's number for what is said, as its class `EC` lists them. */
  readonly code: number;
  readonly severity: "info" | "error" | "bug" | "warning" | "state";
  /** The words, with those of the messages nested in it. */
  readonly text: string;
  /** Whether it stood inside another message, whose `text` repeats its words. */
  readonly nested: boolean;
}

const SEVERITIES = ["info", "error", "bug", "warning", "state"] as const;

/** Longest text of one message, in characters; what goes beyond is dropped. */
const LONGEST_MESSAGE: number = 32 * 1024 * 1024;

interface Open {
  readonly code: number;
  readonly severity: Message["severity"];
  readonly lines: string[];
  length: number;
}

/** What the reader of a stream hands on. */
export interface MessageHandlers {
  readonly onMessage: (message: Message) => void;
  /** A line outside of any message: the parser's words, and what the specification prints. */
  readonly onLine: (line: string) => void;
}

/**
 * Reads TLC's `-tool` stream as it arrives. Messages may be nested, and a nested one may begin in the middle of a
 * line: TLC wraps what it did not expect.
 */
export class MessageReader {
  readonly #splitter = new LineSplitter((line) => this.#line(line));
  readonly #handlers: MessageHandlers;
  readonly #open: Open[] = [];

  constructor(handlers: MessageHandlers) {
    this.#handlers = handlers;
  }

  push(text: string): void {
    this.#splitter.push(text);
  }

  /** Ends the stream; a message that was cut off is handed on as far as it got. */
  end(): void {
    this.#splitter.end();
    while (this.#open.length > 0) this.#close();
  }

  #line(line: string): void {
    const begun = line.endsWith(" @!@!@") ? BEGIN.exec(line) : null;
    if (begun !== null) {
      const [, before = "", code, severity] = begun;
      if (before.trim() !== "") this.#keep(before);
      this.#open.push({ code: Number(code), severity: SEVERITIES[Number(severity)] ?? "info", lines: [], length: 0 });
    } else if (this.#open.length > 0 && END.test(line)) {
      this.#close();
    } else {
      this.#keep(line);
    }
  }

  #keep(line: string): void {
    const into = this.#open.at(-1);
    if (into === undefined) {
      this.#handlers.onLine(line);
      return;
    }
    const room = LONGEST_MESSAGE - into.length;
    if (room <= 0) return;
    into.lines.push(line.slice(0, room));
    into.length += line.length + 1;
  }

  #close(): void {
    const done = this.#open.pop();
    if (done === undefined) return;
    const text = done.lines.join("\n").trimEnd();
    const nested = this.#open.length > 0;
    if (nested && text !== "") this.#keep(text);
    this.#handlers.onMessage({ code: done.code, severity: done.severity, text, nested });
  }
}

const BEGIN = /^(.*)@!@!@STARTMSG (-?\d+):(\d+) @!@!@$/;
const END = /^@!@!@ENDMSG -?\d+ @!@!@$/;
