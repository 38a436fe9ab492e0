/** A region of a module; lines and columns count from 1, and the end is included. */
export interface Location {
  readonly module: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The pattern of a location in TLC's words; it has five groups. */
const LOCATION: RegExp = /line (\d+), col (\d+) to line (\d+), col (\d+) of module (\w+)/;

/** The first location that the text names. */
export function findLocation(text: string): Location | undefined {
  const found = LOCATION.exec(text);
  if (found === null) return undefined;
  const [line = 0, column = 0, endLine = 0, endColumn = 0] = found.slice(1, 5).map(Number);
  return { module: found[5] ?? "", line, column, endLine, endColumn };
}
