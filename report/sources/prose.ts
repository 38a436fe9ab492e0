/** A piece of running text. */
export type Block =
  | { readonly kind: "heading" | "paragraph" | "code"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "table"; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** A section of a document: its heading, and the text below it up to the next one of this or a higher rank. */
export interface Section {
  readonly title: string;
  readonly text: string;
}

/** The sections of a document in Markdown, those of the second rank. */
export function sectionsOf(text: string): Section[] {
  const [, ...sections] = text.split(/^## /m);
  return sections.map((section) => {
    const [title = "", ...rest] = section.split("\n");
    return { title: title.trim(), text: rest.join("\n").trim() };
  });
}

/** The cells of a row of a table; none for any other line. */
export function cellsOf(line: string): string[] {
  if (!/^\s*\|.*\|\s*$/.test(line)) return [];
  const cells = line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/);
  return cells.map((cell) => cell.trim().replaceAll("\\|", "|"));
}

/** The blocks of text as the documents here are written: paragraphs, lists of one rank, tables, headings, programs. */
export function blocksOf(text: string): Block[] {
  const fenced = text.split(/^```.*$/m);
  return fenced.flatMap((piece, at) =>
    at % 2 === 1
      ? [{ kind: "code" as const, text: piece.replace(/^\n|\n$/g, "") }]
      : piece.split(/\n\s*\n/).flatMap(block),
  );
}

/** What an item of a list begins with: a dash, a star, or a number as that of a rule, which belongs to it. */
const ITEM = /^\s*(?:[-*] |(?=[A-Z]\d+\. ))/m;

function block(text: string): Block[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const [first = ""] = lines;
  if (lines.length === 0) return [];
  if (first.startsWith("#")) {
    const rest = block(lines.slice(1).join("\n"));
    return [{ kind: "heading", text: first.replace(/^#+\s*/, "") }, ...rest];
  }
  if (cellsOf(first).length > 0) {
    const rows = lines
      .map(cellsOf)
      .filter((cells) => cells.length > 0 && !cells.every((cell) => /^:?-+:?$/.test(cell)));
    const [head = [], ...body] = rows;
    return [{ kind: "table", head, rows: body }];
  }
  const begins = lines.findIndex((line) => ITEM.test(line));
  if (begins < 0) return [{ kind: "paragraph", text: lines.map((line) => line.trim()).join(" ") }];
  const items = lines.slice(begins).join("\n").split(ITEM).slice(1);
  const list: Block = { kind: "list", items: items.map((item) => item.replace(/\s*\n\s*/g, " ").trim()) };
  return [...block(lines.slice(0, begins).join("\n")), list];
}

/** A comment of TLA+ without the box around it. */
export function withoutBox(text: string): string {
  return text
    .split("\n")
    .map((line) => line.replace(/^\s*\(\*+\s?/, "").replace(/\s*\**\)\s*$/, ""))
    .join("\n")
    .trim();
}
