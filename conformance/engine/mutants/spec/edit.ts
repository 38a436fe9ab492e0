import type { SourceText, Span } from "../../../../tla/syntax/index.ts";

/** Text that takes the place of a part of a module. */
export interface Edit extends Span {
  readonly text: string;
}

/**
 * Makes all edits, which do not overlap. In TLA+ the column decides which list a conjunct belongs to, so what follows
 * on the line of an edit stays in its column: a shorter text is filled up with blanks, after a longer one the line goes
 * on below.
 */
export function edited(source: SourceText, edits: readonly Edit[]): string {
  let text = "";
  let at = 0;
  for (const edit of [...edits].sort((one, other) => one.from - other.from || one.to - other.to)) {
    text += source.text.slice(at, edit.from) + fitted(source, edit);
    at = edit.to;
  }
  return text + source.text.slice(at);
}

function fitted(source: SourceText, { from, to, text }: Edit): string {
  const old = source.text.slice(from, to);
  if (old.includes("\n")) return text;
  const spare = old.length - text.length;
  if (spare >= 0) return text + " ".repeat(spare);
  const end = source.code.indexOf("\n", to);
  const rest = source.code.slice(to, end < 0 ? undefined : end);
  return /\/\\|\\\//.test(rest) ? `${text}\n${" ".repeat(source.column(to))}` : text;
}

/** Blanks in place of a text, line breaks where they are. */
export function blank(source: SourceText, span: Span): Edit {
  return { ...span, text: source.slice(span).replace(/[^\n]/g, " ") };
}

/** Text before and behind a part. */
export function around(span: Span, before: string, after: string): Edit[] {
  return [
    { from: span.from, to: span.from, text: before },
    { from: span.to, to: span.to, text: after },
  ];
}
