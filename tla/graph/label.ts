import { parseValues } from "../values/parse.ts";
import type { TlaValue } from "../values/value.ts";

/** The label of an edge: an action, and its arguments where TLC wrote them. */
export interface Label {
  readonly name: string;
  readonly args?: readonly TlaValue[];
}

/** Undoes DOT's escapes, under which `\n` breaks a line and every other escaped character stands for itself. */
export function unescapeDot(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
  return text.replace(/\\(.)/g, (_, char: string) => (char === "n" ? "\n" : char));
}

/**
 * Reads the label of an edge: `Name` as TLC 2.18 writes it, `Name(1,"a")` as builds of 2026 do.
 *
 * @throws UserError (64) for arguments that are no values.
 */
export function readLabel(text: string): Label {
  const open = text.indexOf("(");
  if (open < 0 || !text.endsWith(")")) return { name: text };
  return { name: text.slice(0, open), args: parseValues(text.slice(open + 1, -1)) };
}
