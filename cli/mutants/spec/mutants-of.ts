import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { type SpecMutant, specMutants } from "../../../conformance/engine/mutants/spec/mutants.ts";
import type { Part } from "../../../conformance/engine/mutants/spec/site.ts";
import { type Definition, SourceText, type SyntaxTree } from "../../../tla/syntax/index.ts";
import { readText } from "../../../tla/values/file.ts";
import type { Located } from "../../located.ts";
import type { Subject, Subjects } from "./subjects.ts";

/** A module of a specification. */
export interface SpecModule {
  readonly name: string;
  readonly path: string;
  readonly source: SourceText;
  readonly definitions: readonly Definition[];
  /**
   * Whether it says what the protocol is, and so is changed: one that models of the protocol extend or instantiate,
   * and has no models itself, as one that sets bounds or breaks something has. Where there is none, it is the module
   * of the models that must hold, which is specification and model at once.
   */
  readonly isChanged: boolean;
}

/** All modules that the models have of the protocol's folder, and of those that it builds on. */
export async function modulesOf(protocol: Located, { subjects, trees }: Subjects): Promise<readonly SpecModule[]> {
  const moduleOf = ({ model }: Subject): string => basename(model.module, ".tla");
  const bounding = new Set(subjects.map(moduleOf));
  const models = subjects.filter(({ folder }) => folder === protocol.spec);
  const own = new Set(models.flatMap((one) => [...one.modules]));
  const whole = new Set(models.filter(({ model }) => model.purpose.kind === "good").map(moduleOf));
  const modules: SpecModule[] = [];
  for (const folder of [protocol.spec, ...protocol.libraries]) {
    for (const file of (await readdir(folder)).filter((name) => name.endsWith(".tla")).sort()) {
      const name = basename(file, ".tla");
      const definitions = trees.map((tree) => definitionsIn(tree, name)).find(({ length }) => length > 0);
      if (definitions === undefined) continue;
      const path = join(folder, file);
      modules.push({ name, path, source: new SourceText(await readText(path)), definitions, isChanged: false });
    }
  }
  const isApart = ({ name }: SpecModule): boolean => own.has(name) && !bounding.has(name);
  const isChanged = modules.some(isApart) ? isApart : ({ name }: SpecModule): boolean => whole.has(name);
  return modules.map((module) => ({ ...module, isChanged: isChanged(module) }));
}

/** Every mutant of the modules' definitions that some model uses. */
export function mutantsIn(modules: readonly SpecModule[], subjects: readonly Subject[]): readonly SpecMutant[] {
  const parts = new Map<string, Set<Part>>();
  for (const { usage } of subjects) {
    for (const [key, used] of usage) parts.set(key, new Set([...(parts.get(key) ?? []), ...used]));
  }
  const changed = modules.filter(({ isChanged }) => isChanged);
  return changed.flatMap(({ source, definitions }) => specMutants({ source, definitions, parts }));
}

/** The definitions that are written in a module; what stands for them in an instance is not. */
function definitionsIn(tree: SyntaxTree, module: string): Definition[] {
  return [...tree.definitions.values()].filter(
    ({ location, body, name }) => location.module === module && body.location.module === module && !name.includes("!"),
  );
}
