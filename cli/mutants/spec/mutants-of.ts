import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { type SpecMutant, specMutants } from "../../../conformance/engine/mutants/spec/mutants.ts";
import type { Part } from "../../../conformance/engine/mutants/spec/site.ts";
import { type Definition, SourceText, type SyntaxTree } from "../../../tla/syntax/index.ts";
import { readText } from "../../../tla/values/file.ts";
import type { Located } from "../../located.ts";
import type { Subject, Subjects } from "./subjects.ts";

/** A module of a specification, as it is and to be changed. */
export interface SpecModule {
  readonly name: string;
  readonly path: string;
  readonly source: SourceText;
  readonly definitions: readonly Definition[];
}

/**
 * The modules that say what a protocol is: those that its models extend or instantiate, and that have no models
 * themselves, as the ones that set bounds or break something have.
 */
export async function modulesOf(protocol: Located, { subjects, trees }: Subjects): Promise<readonly SpecModule[]> {
  const bounding = new Set(subjects.map(({ model }) => basename(model.module, ".tla")));
  const own = new Set(
    subjects.filter(({ folder }) => folder === protocol.spec).map(({ model }) => basename(model.module, ".tla")),
  );
  const modules: SpecModule[] = [];
  for (const folder of [protocol.spec, ...protocol.libraries]) {
    for (const file of (await readdir(folder)).filter((name) => name.endsWith(".tla")).sort()) {
      const name = basename(file, ".tla");
      const tree = trees.find((one) => own.has(one.module) && definitionsIn(one, name).length > 0);
      if (bounding.has(name) || tree === undefined) continue;
      const path = join(folder, file);
      modules.push({
        name,
        path,
        source: new SourceText(await readText(path)),
        definitions: definitionsIn(tree, name),
      });
    }
  }
  return modules;
}

/** Every mutant of the modules' definitions that some model uses. */
export function mutantsIn(modules: readonly SpecModule[], subjects: readonly Subject[]): readonly SpecMutant[] {
  const parts = new Map<string, Set<Part>>();
  for (const { usage } of subjects) {
    for (const [key, used] of usage) parts.set(key, new Set([...(parts.get(key) ?? []), ...used]));
  }
  return modules.flatMap(({ source, definitions }) => specMutants({ source, definitions, parts }));
}

/** The definitions that are written in a module; what stands for them in an instance is not. */
function definitionsIn(tree: SyntaxTree, module: string): Definition[] {
  return [...tree.definitions.values()].filter(
    ({ location, body, name }) => location.module === module && body.location.module === module && !name.includes("!"),
  );
}
