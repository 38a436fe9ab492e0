import { folderBelow, isTest, reducersOf, type SourceFile } from "./files.ts";
import { actionsFor, closedOf, definitionsOf, moduleName } from "./specification.ts";

interface Documented {
  readonly name: string;
  readonly exported: boolean;
  /** The comment right above, empty where there is none. */
  readonly doc: string;
}

function functionsOf(text: string): Documented[] {
  const found = text.matchAll(/(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?^(export )?(?:async )?function\*? (\w+)/gm);
  return [...found].map(([, doc = "", exported, name = ""]) => ({ name, exported: exported !== undefined, doc }));
}

/**
 * Each action of a specification has a function of its name that says so, and each function that says so, or that
 * stands among them, has an action. The protocol's are in `actions.ts`; in `system.ts` are those of the environment, and
 * the discarding of what the reducer refuses.
 */
export function actionsHaveFunctions(files: readonly SourceFile[]): string[] {
  const reducers = reducersOf(files);
  return reducers.length === 0
    ? ["there is no reducer"]
    : reducers.flatMap((reducer) => [...missing(files, reducer), ...strange(files, reducer)]);
}

function missing(files: readonly SourceFile[], reducer: string): string[] {
  const module = closedOf(files, reducer);
  if (module === undefined) return [`${reducer} has no specification`];
  const { all: actions, environment } = actionsFor(module, reducer);
  if (actions.length === 0) return [`${module.path} has no action`];
  return actions.flatMap((action) => {
    const isOutside = environment.includes(action) || action.startsWith("Discard");
    const path = isOutside ? `conformance/${reducer}/system.ts` : `impl/${reducer}/actions.ts`;
    const name = functionName(action);
    const found = functionsIn(files, path).find((one) => one.name === name);
    if (found === undefined) return [`${path} has no function ${name} for the action ${action}`];
    return specified(found.doc).includes(`${moduleName(reducer)}!${action}`)
      ? []
      : [`${path}: ${name} does not say @spec ${moduleName(reducer)}!${action}`];
  });
}

function strange(files: readonly SourceFile[], reducer: string): string[] {
  const path = `impl/${reducer}/actions.ts`;
  const module = closedOf(files, reducer);
  const actions = module === undefined ? [] : actionsFor(module, reducer).all.map(functionName);
  return functionsIn(files, path)
    .filter(({ name, exported, doc }) => exported && !actions.includes(name) && !isBeyond(doc))
    .map(({ name }) => `${path}: ${name} is no action, and does not say by which rule it is beyond the specification`);
}

/** What a function says that serves a rule of the paper which changes no variable of the specification. */
function isBeyond(doc: string): boolean {
  return /^\s*\*?\s*W\d+: /.test(doc) && specified(doc).length === 0;
}

/** Each definition that code refers to is there. */
export function referencesResolve(files: readonly SourceFile[]): string[] {
  const modules = new Map(
    files
      .filter(({ path }) => /^spec\/.*\.tla$/.test(path))
      .map((file) => [/(\w+)\.tla$/.exec(file.path)?.[1] ?? "", definitionsOf(file)]),
  );
  const code = files.filter(({ path }) => /^(impl|conformance)\/.*\.ts$/.test(path) && !isTest(path));
  const references = code.flatMap(({ path, text }) => specified(text).map((reference) => ({ path, reference })));
  if (references.length === 0) return ["no code refers to a specification"];
  return references.flatMap(({ path, reference }) => {
    const [module = "", name = ""] = reference.split("!");
    return modules.get(module)?.has(name) === true ? [] : [`${path}: there is no ${reference}`];
  });
}

/** Where a paper numbers what it specifies, each of these definitions has a predicate over worlds that says so. */
export function specificationsHavePredicates(files: readonly SourceFile[]): string[] {
  const module = files.find(({ path }) => path === "spec/evs/EVSSpecifications.tla");
  const numbered = module === undefined ? [] : [...definitionsOf(module)].filter((name) => /^Spec_\d/.test(name));
  const path = "conformance/evs/service/specifications.ts";
  const said = functionsIn(files, path).flatMap(({ doc }) => specified(doc));
  return numbered.length === 0
    ? ["there is no module of specifications"]
    : numbered
        .filter((name) => !said.includes(`EVSSpecifications!${name}`))
        .map((name) => `${path} has no predicate for ${name}`);
}

function specified(text: string): string[] {
  return [...text.matchAll(/@spec (\w+!\w+)/g)].map(([, reference = ""]) => reference);
}

function functionsIn(files: readonly SourceFile[], path: string): Documented[] {
  const file = files.find((one) => one.path === path);
  return file === undefined ? [] : functionsOf(file.text);
}

function functionName(action: string): string {
  return action.charAt(0).toLowerCase() + action.slice(1);
}

/** Each rule of a paper is cited in its specification and in its code, and each citation is of a rule that there is. */
export function rulesAreCited(files: readonly SourceFile[], ladder: readonly SourceFile[], protocol: string): string[] {
  const paper = files.find(({ path }) => path === `spec/${protocol}/paper.md`);
  const rules = [...(paper?.text ?? "").matchAll(/^\| ([A-Z]\d+) \|/gm)].map(([, rule = ""]) => rule);
  if (rules.length === 0) return [`spec/${protocol}/paper.md has no rules`];
  const code = files.filter(
    ({ path }) => !isTest(path) && [folderBelow("impl", path), folderBelow("conformance", path)].includes(protocol),
  );
  const letters = [...new Set(rules.map((rule) => rule.charAt(0)))].join("");
  const cited = (file: SourceFile): string[] => file.text.match(new RegExp(`\\b[${letters}]\\d+\\b`, "g")) ?? [];
  const inSpecification = ladder.flatMap(cited);
  const inCode = code.flatMap(cited);
  return [
    ...rules.filter((rule) => !inSpecification.includes(rule)).map((rule) => `the specification never cites ${rule}`),
    ...rules.filter((rule) => !inCode.includes(rule)).map((rule) => `the code never cites ${rule}`),
    ...[...ladder, ...code].flatMap((file) =>
      cited(file)
        .filter((rule) => !rules.includes(rule))
        .map((rule) => `${file.path} cites ${rule}, which is no rule of the paper`),
    ),
  ];
}
