/** A declaration at the top level of a program. Lines are counted from 1; both ends belong to it. */
export interface Declared {
  readonly name: string;
  /** Where the comment right above begins; the line of the name where there is none. */
  readonly prose: number;
  readonly from: number;
  readonly to: number;
  /** The definitions that its comment says it implements, `Module!Name`. */
  readonly specifies: readonly string[];
}

const HEAD = /^(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:function\*?|const|class|interface|type)\s+(\w+)/;

/**
 * The declarations of a program in TypeScript or JavaScript, in their order. It relies on what the formatter makes of
 * every program here: what belongs to a declaration is indented, or closes a bracket.
 */
export function functionsIn(text: string): Declared[] {
  const lines = text.split("\n");
  return lines.flatMap((line, at) => {
    const name = HEAD.exec(line)?.[1];
    if (name === undefined) return [];
    const prose = commentAbove(lines, at);
    const comment = lines.slice(prose, at).join("\n");
    const specifies = [...comment.matchAll(/@spec (\w+!\w+)/g)].map(([, reference = ""]) => reference);
    return [{ name, prose: prose + 1, from: at + 1, to: lastOf(lines, at) + 1, specifies }];
  });
}

function commentAbove(lines: readonly string[], at: number): number {
  let first = at;
  while (/^(?:\/\/|\/\*\*| \*)/.test(lines[first - 1] ?? "")) first--;
  return first;
}

function lastOf(lines: readonly string[], at: number): number {
  let last = at;
  for (let next = at + 1; next < lines.length; next++) {
    const line = lines[next] ?? "";
    if (/^[^\s)}\]]/.test(line)) break;
    if (line !== "") last = next;
  }
  return last;
}
