import { posix } from "node:path";
import { actionsIn, definitionsIn, usedModules } from "../../tla/source/module.ts";
import { protocolOf, type SourceFile } from "./files.ts";

/** Modules that are not named as the folder of their reducer is, and the modules that close them. */
const ELSEWHERE: Readonly<Record<string, { readonly name: string; readonly closed: string }>> = {
  "evs/service": { name: "EVS", closed: "MCEVS" },
};

/** `TwoPhase` for `two-phase`. */
export function moduleName(reducer: string): string {
  const folder = posix.basename(reducer);
  return ELSEWHERE[reducer]?.name ?? folder.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The module of a reducer. */
export function moduleOf(files: readonly SourceFile[], reducer: string): SourceFile | undefined {
  return files.find(({ path }) => path === `spec/${protocolOf(reducer)}/${moduleName(reducer)}.tla`);
}

/** The module whose next-state relation names the actions: an environment has none, so the one that closes it. */
export function closedOf(files: readonly SourceFile[], reducer: string): SourceFile | undefined {
  const closed = ELSEWHERE[reducer]?.closed ?? moduleName(reducer);
  return files.find(({ path }) => path === `spec/${protocolOf(reducer)}/${closed}.tla`);
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
