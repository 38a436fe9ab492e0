import { posix } from "node:path";
import { actionsIn, definitionsIn, usedModules } from "../../tla/source/module.ts";
import type { SourceFile } from "./files.ts";

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
  const names = usedModules(module.text);
  const below = files.filter(({ path }) => path.startsWith("spec/") && names.includes(posix.basename(path, ".tla")));
  return [module, ...below.flatMap((file) => ladderOf(files, file))];
}

/** The names that a module defines. */
export function definitionsOf(module: SourceFile): ReadonlySet<string> {
  return new Set(definitionsIn(module.text).map(({ name }) => name));
}

/** The actions of a next-state relation, as {@link actionsIn} tells them. */
export function actionsOf(module: SourceFile, relation = "Next"): string[] {
  return actionsIn(module.text, relation);
}
