import type { Citation, Rule, Source } from "../shape.ts";
import { cellsOf } from "./prose.ts";

/** The rules of a paper: the rows of its tables that begin with a letter and a number. */
export function rulesIn(text: string): Rule[] {
  let heads: readonly string[] = [];
  return text.split("\n").flatMap((line, at, lines) => {
    const cells = cellsOf(line);
    if (cells.length > 0 && cellsOf(lines[at - 1] ?? "").length === 0) heads = cells;
    const [id = "", says = "", ...notes] = cells;
    if (!/^[A-Z]\d+$/.test(id)) return [];
    return [{ id, says, notes: notes.map((note, index) => ({ head: heads[index + 2] ?? "", text: note })) }];
  });
}

/** Where sources cite rules. `W7 to W10` cites all of them. */
export function citationsIn(sources: readonly Source[], rules: readonly Rule[]): Citation[] {
  const known = new Set(rules.map(({ id }) => id));
  return sources
    .filter(({ kind }) => kind !== "document")
    .flatMap(({ path, text }) =>
      text.split("\n").flatMap((line, at) => {
        const cited = new Set(spans(line).flatMap(({ cites }) => cites));
        return [...cited].filter((rule) => known.has(rule)).map((rule) => ({ rule, path, line: at + 1 }));
      }),
    );
}

/** Where a line names rules, and which: one, or a range of them. */
function spans(line: string): { readonly cites: readonly string[] }[] {
  return [...line.matchAll(/\b([A-Z])(\d+)(?: to \1(\d+))?\b/g)].map(([, letter = "", first, last = first]) => {
    const [from, to] = [Number(first), Math.min(Number(last), Number(first) + 99)];
    return { cites: Array.from({ length: Math.max(1, to - from + 1) }, (_, index) => `${letter}${from + index}`) };
  });
}
