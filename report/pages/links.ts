import type { Place, ProtocolReport } from "../shape.ts";

/** The pages of a protocol, in the order of its contents, by file name. */
export const PAGES = {
  index: "What was checked",
  rules: "Rules",
  actions: "Actions",
  models: "Models",
  properties: "Properties",
  traces: "Traces",
  conformance: "Conformance",
  fuzz: "Fuzzing",
  coverage: "Coverage",
  replay: "Replay",
  mutants: "Mutants",
  sources: "Sources",
} as const;

export type PageName = keyof typeof PAGES;

/** Any text as a name for a file or a place in a page: letters, digits and a few signs stay as they are. */
export function slug(text: string): string {
  return text.replace(/[^\w.-]/gu, (sign) => `~${sign.codePointAt(0)?.toString(16)}`);
}

export function pagePath({ name }: Pick<ProtocolReport, "name">, page: PageName): string {
  return `${slug(name)}/${page}.html`;
}

export function tracePath({ name }: Pick<ProtocolReport, "name">, trace: string): string {
  return `${slug(name)}/trace/${slug(trace)}.html`;
}

export function sourcePath({ name }: Pick<ProtocolReport, "name">, path: string): string {
  return `${slug(name)}/source/${path.split("/").map(slug).join("/")}.html`;
}

/** A link from one page to another, or to a place in it. It works wherever the folder is. */
export function href(from: string, to: string, place?: string): string {
  const fragment = place === undefined ? "" : `#${encodeURIComponent(slug(place))}`;
  if (from === to && fragment !== "") return fragment;
  const [here, there] = [from.split("/"), to.split("/")];
  let shared = 0;
  while (shared < here.length - 1 && shared < there.length - 1 && here[shared] === there[shared]) shared++;
  const up = "../".repeat(here.length - 1 - shared);
  return `${up}${there.slice(shared).map(encodeURIComponent).join("/")}${fragment}`;
}

/** The place in a page of sources where a line is. */
export function lineId(line: number): string {
  return `L${line}`;
}

/** `Wackamole!Backup` for a definition of that module. */
export function qualified({ path, name }: Place): string {
  return `${path.replace(/^.*\/|\.tla$/g, "")}!${name}`;
}
