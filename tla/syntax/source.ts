import type { Location } from "../tlc/index.ts";

/** A part of a text: the offset of its first character, and the offset behind its last. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The text of a module, by offsets and by lines. */
export class SourceText {
  readonly text: string;
  /** The offset at which each line begins. */
  readonly #lines: readonly number[];
  /** The text with blanks for its comments, so that what is looked for is not found there. */
  readonly code: string;

  constructor(text: string) {
    this.text = text;
    this.#lines = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
    this.code = withoutComments(text);
  }

  span({ line, column, endLine, endColumn }: Location): Span {
    return { from: this.#offset(line, column), to: this.#offset(endLine, endColumn) + 1 };
  }

  slice({ from, to }: Span): string {
    return this.text.slice(from, to);
  }

  /** The column of an offset, counted from 0. */
  column(offset: number): number {
    return offset - (this.text.lastIndexOf("\n", offset - 1) + 1);
  }

  #offset(line: number, column: number): number {
    return (this.#lines[line - 1] ?? 0) + column - 1;
  }
}

/** Blanks in place of comments, which may be nested, and line breaks where they are; strings stay. */
function withoutComments(text: string): string {
  let depth = 0;
  let kept = "";
  for (let at = 0; at < text.length; ) {
    const [token] = (depth > 0 ? IN_COMMENT : IN_CODE).exec(text.slice(at, at + LONGEST)) ?? [text.charAt(at)];
    if (token === "(*") depth++;
    kept += (depth > 0 || token.startsWith("\\*")) && token !== "\n" ? " ".repeat(token.length) : token;
    if (token === "*)") depth--;
    at += token.length;
  }
  return kept;
}

/** No line of a module is longer. */
const LONGEST = 4096;
const IN_COMMENT = /^(?:\(\*|\*\))/;
const IN_CODE = /^(?:\(\*|\\\*[^\n]*|"(?:[^"\\\n]|\\.)*")/;
