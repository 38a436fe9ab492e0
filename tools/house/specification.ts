import { posix } from "node:path";
import type { SourceFile } from "./files.ts";

/** A module without its comments, white space at the places of these. */
export function withoutComments(text: string): string {
  return text.replace(/\(\*[\s\S]*?\*\)|\\\*[^\n]*/g, (comment) => comment.replace(/[^\n]/g, " "));
}

/** `TwoPhase` for `two-phase`. */
export function moduleName(protocol: string): string {
  return protocol.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The module of a protocol. */
export function moduleOf(files: readonly SourceFile[], protocol: string): SourceFile | undefined {
  return files.find(({ path }) => path === `spec/${protocol}/${moduleName(protocol)}.tla`);
}

/** A module, and what it extends or instantiates of ours. */
export function ladderOf(files: readonly SourceFile[], module: SourceFile): SourceFile[] {
  const bare = withoutComments(module.text);
  const names = [...bare.matchAll(/\bINSTANCE\s+(\w+)/g)].map(([, name = ""]) => name);
  for (const [, list = ""] of bare.matchAll(/\bEXTENDS\s+(\w+(?:\s*,\s*\w+)*)/g)) names.push(...list.split(/\s*,\s*/));
  const below = files.filter(({ path }) => path.startsWith("spec/") && names.includes(posix.basename(path, ".tla")));
  return [module, ...below.flatMap((file) => ladderOf(files, file))];
}

/** The definitions of a module by name, each with what it is defined as. */
export function definitionsOf(module: SourceFile): ReadonlyMap<string, string> {
  const pieces = withoutComments(module.text).split(/^(?:LOCAL\s+)?(\w+)(?:\([^=\n]*\))?\s*==/m);
  const found = new Map<string, string>();
  for (let at = 1; at < pieces.length; at += 2) {
    const [body = ""] = (pieces[at + 1] ?? "").split(/^(?:-{4,}|={4,}|(?:THEOREM|ASSUME|VARIABLES?|CONSTANTS?)\b)/m);
    found.set(pieces[at] ?? "", body);
  }
  return found;
}

/** The actions of a next-state relation: its disjuncts, and those of a disjunct that only lists others itself. */
export function actionsOf(module: SourceFile, relation = "Next"): string[] {
  const definitions = definitionsOf(module);
  return disjunctsOf(definitions.get(relation)).flatMap(({ text, name, isPlain }) => {
    const inner = isPlain ? disjunctsOf(definitions.get(name)) : [];
    return inner.length > 0 && inner.every((one) => one.name !== "") ? actionsOf(module, name) : [name || text];
  });
}

interface Disjunct {
  readonly text: string;
  /** The action that it names, with nothing but quantifiers before it; empty where it is something else. */
  readonly name: string;
  /** Whether it is a name alone, without quantifiers or arguments. */
  readonly isPlain: boolean;
}

function disjunctsOf(body = ""): Disjunct[] {
  const texts = body.split("\\/").map((text) => text.trim());
  return texts.filter(Boolean).map((text) => {
    const [, quantified, name = "", args] = /^(\\E[^:]*:\s*)?(\w+)(\(.*\))?$/.exec(text) ?? [];
    return { text, name, isPlain: quantified === undefined && args === undefined && name !== "" };
  });
}
