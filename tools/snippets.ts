import type { SourceFile } from "./house/files.ts";

/** The JavaScript of a document, and what it says that it prints. */
export interface Snippet {
  /** For instance `README.md:40`. */
  readonly place: string;
  readonly code: string;
  /** The lines after `// → `, in order. */
  readonly prints: readonly string[];
}

/** The documents for people who use the package. */
export function documents(files: readonly SourceFile[]): readonly SourceFile[] {
  return files.filter(({ path }) => path === "README.md" || /^docs\/[^/]+\.md$/.test(path));
}

/** The blocks of a document that are marked as `js`. */
export function snippetsOf({ path, text }: SourceFile): Snippet[] {
  return [...text.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(({ 1: code = "", index }) => ({
    place: `${path}:${text.slice(0, index).split("\n").length + 1}`,
    code,
    prints: [...code.matchAll(/\/\/ → (.*)$/gm)].map(([, line = ""]) => line),
  }));
}
