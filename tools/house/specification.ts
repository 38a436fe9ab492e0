import { posix } from "node:path";
import { actionsIn, definitionsIn, usedModules } from "../../tla/source/module.ts";
import { protocolOf, type SourceFile } from "./files.ts";

/** How the actions of a reducer are found where its module does not list them. */
interface Elsewhere {
  readonly name: string;
  /** The module that closes it, its next-state relation, and what that puts before the names of the actions. */
  readonly closed: string;
  readonly relation?: string;
  readonly prefix?: string;
  /** The actions that are the environment's. */
  readonly environment?: readonly string[];
}

/** Modules that are not named as the folder of their reducer is, or have no next-state relation. */
const ELSEWHERE: Readonly<Record<string, Elsewhere>> = {
  "evs/service": { name: "EVS", closed: "MCEVS" },
  "evs/membership": {
    ...{ name: "Membership", closed: "MCMembership", relation: "MCNext", prefix: "MC" },
    environment: ["Crash", "Recover"],
  },
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

/** The actions of a reducer's specification, and which of them are the environment's. */
export function actionsFor(module: SourceFile, reducer: string): { all: string[]; environment: readonly string[] } {
  const { relation, prefix = "", environment } = ELSEWHERE[reducer] ?? {};
  const all = actionsOf(module, relation).map((name) => (name.startsWith(prefix) ? name.slice(prefix.length) : name));
  return { all, environment: environment ?? actionsOf(module, "Environment") };
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

/**
 * The actions of a next-state relation, as {@link actionsIn} tells them; where one is below several quantifiers, which
 * TLC names no edge by, it is still its own.
 */
export function actionsOf(module: SourceFile, relation = "Next"): string[] {
  return actionsIn(module.text, relation).map((name) => /^(?:\\E[^:]*:\s*)+(\w+)(?:\(.*\))?$/.exec(name)?.[1] ?? name);
}
