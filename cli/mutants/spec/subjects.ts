import { dirname } from "node:path";
import type { ConformanceModel, ConformanceModels } from "../../../conformance/engine/index.ts";
import { type Usage, usageOf } from "../../../conformance/engine/mutants/spec/usage.ts";
import { parseModule, type SyntaxTree, within } from "../../../tla/syntax/index.ts";
import { readConfig } from "../../../tla/tlc/index.ts";
import { exceptionOf } from "../../excepted.ts";
import { inLanes } from "../../lanes.ts";
import type { Located } from "../../located.ts";
import { type ModelFile, modelsOf } from "../../manifest.ts";
import { relatedTo } from "../../related.ts";

/** A model that mutants of a specification are put to. */
export interface Subject {
  readonly model: ModelFile;
  /** The folder of its module, as an absolute path. */
  readonly folder: string;
  readonly usage: Usage;
  /** The names of its module and of all that this extends or instantiates. */
  readonly modules: ReadonlySet<string>;
  /** Whether it checks that something comes about at last, which fairness is for. */
  readonly live: boolean;
  /** The reducers within its bounds, where they are conformed. */
  readonly system?: ConformanceModel;
  /** Whether the protocol says of it that it is not conformed; its graph is that of another, as a rule. */
  readonly excepted: boolean;
}

/** All models of a specification and of the modules that it builds on, with what SANY made of their modules. */
export interface Subjects {
  readonly subjects: readonly Subject[];
  readonly trees: readonly SyntaxTree[];
}

/**
 * Reads the models, and has SANY parse their modules.
 *
 * @throws UserError where a manifest, a model or a module is not as it should be (64), or a tool is missing (2).
 */
export async function subjectsOf(protocol: Located, lanes: number): Promise<Subjects> {
  const folders = [protocol.spec, ...protocol.libraries];
  const related = await relatedTo(protocol.spec, protocol.libraries);
  const all = [
    ...(await modelsOf(protocol.spec)).map((model) => ({ model, folder: protocol.spec })),
    ...related.models.map((model) => ({ model, folder: dirname(model.module) })),
  ];
  // What is picked at random tells nothing of what it did not come to.
  const models = all.filter(({ model: { purpose } }) => purpose.kind === "good" || "exitCode" in purpose);
  const modules = [...new Map(models.map(({ model, folder }) => [model.module, folder]))];
  const trees = new Map<string, SyntaxTree>();
  await inLanes(modules, lanes, async ([module, folder]) => {
    trees.set(
      module,
      await parseModule(
        module,
        folders.filter((one) => one !== folder),
      ),
    );
  });
  const subjects = models.flatMap(({ model, folder }): Subject[] => {
    const tree = trees.get(model.module);
    if (tree === undefined) return [];
    const config = readConfig(model.text);
    const system = folder === protocol.spec ? systemOf(model, protocol.models) : undefined;
    return [
      {
        model,
        folder,
        usage: usageOf(tree, config),
        modules: new Set([...tree.definitions.values()].map(({ location }) => location.module)),
        live: config.properties.some((name) => isLive(tree, name)),
        excepted: folder === protocol.spec && exceptionOf(model, protocol.models) !== undefined,
        ...(system === undefined ? {} : { system }),
      },
    ];
  });
  return { subjects, trees: [...trees.values()] };
}

function systemOf(model: ModelFile, models: ConformanceModels): ConformanceModel | undefined {
  if (model.purpose.kind !== "good" || exceptionOf(model, models) !== undefined) return undefined;
  const system = models.modelOf(model.text);
  return typeof system === "string" ? undefined : system;
}

const LIVE: ReadonlySet<string | undefined> = new Set(["<>", "~>", "$WF", "$SF"]);

function isLive(tree: SyntaxTree, name: string): boolean {
  const seen = new Set<number>();
  const follow = (id: number | undefined): boolean => {
    const definition = id === undefined ? undefined : tree.definitions.get(id);
    if (definition === undefined || definition.level < 3 || seen.size === seen.add(definition.id).size) return false;
    return [...within(definition.body)].some(({ operator }) => LIVE.has(operator?.name) || follow(operator?.id));
  };
  return follow(tree.visible.get(name)?.id);
}
