import { actionsIn, definitionsIn } from "../tla/source/module.ts";
import { readConfig } from "../tla/tlc/config.ts";
import type { Action, Compared, Model, Place, Property, ProtocolReport, Source, Statement } from "./shape.ts";
import { functionsIn } from "./sources/functions.ts";
import { sectionsOf, withoutBox } from "./sources/prose.ts";
import { citationsIn, rulesIn } from "./sources/rules.ts";

/** What there is about a protocol: its sources, what became of its models, its traces, and the results of its jobs. */
export type Material = Pick<
  ProtocolReport,
  | "name"
  | "named"
  | "sha256"
  | "hasReducer"
  | "sources"
  | "models"
  | "traces"
  | "verified"
  | "fuzz"
  | "coverage"
  | "replay"
  | "mutants"
>;

/** Reads out of the sources what refers to what. */
export function protocolReport(material: Material): ProtocolReport {
  const { sources, models } = material;
  const paper = sources.find(({ path }) => path.endsWith("/paper.md"));
  const rules = rulesIn(paper?.text ?? "");
  return {
    ...material,
    definitions: sources
      .filter(isModule)
      .flatMap(({ path, text }) =>
        definitionsIn(text).map(({ name, prose, from, to }): Place => ({ path, name, prose, from, to })),
      ),
    functions: sources
      .filter(({ kind }) => kind === "program")
      .flatMap(({ path, text }) => functionsIn(text).map((found) => ({ path, ...found }))),
    rules,
    citations: citationsIn(sources, rules),
    actions: actionsOf(sources, models),
    properties: propertiesOf(sources, models),
    statements: statementsOf(sources),
  };
}

function isModule({ path }: Source): boolean {
  return path.endsWith(".tla");
}

/** The actions of the specification; where it has no next step itself, those of the module that bounds it. */
function actionsOf(sources: readonly Source[], models: readonly Model[]): Action[] {
  const modules = sources.filter(isModule);
  const own = modules.filter(({ kind }) => kind === "specification");
  const paths = models.filter(({ purpose }) => purpose === "good").map(({ module }) => module);
  const bounding = modules.filter(({ path }) => paths.includes(path));
  const names = [...own, ...bounding].map(({ text }) => actionsIn(text)).find((found) => found.length > 0) ?? [];
  return names.map((name) => ({ name, compared: comparedOf(name, models) }));
}

function comparedOf(name: string, models: readonly Model[]): Compared | null {
  const counts = models.flatMap(({ run }) => run?.conformance?.actions[name] ?? []);
  if (counts.length === 0) return null;
  const sum = (claim: keyof Compared): number => counts.reduce((total, one) => total + one[claim], 0);
  return { sound: sum("sound"), complete: sum("complete"), refusals: sum("refusals") };
}

/** The properties that a model which must hold checks, or one that must fail fails by. */
function propertiesOf(sources: readonly Source[], models: readonly Model[]): Property[] {
  const own = models.filter(({ purpose }) => purpose === "good" || purpose === "must fail");
  const configs = own.map(({ path }) => readConfig(sources.find((source) => source.path === path)?.text ?? ""));
  const names = (list: "invariants" | "properties"): string[] => [
    ...new Set(configs.flatMap((config) => config[list])),
  ];
  const by = (name: string, purpose: string): string[] =>
    models.filter((model) => model.purpose === purpose && model.checks.includes(name)).map(({ cfg }) => cfg);
  const property = (name: string, kind: Property["kind"]): Property => ({
    name,
    kind,
    checkedBy: by(name, "good"),
    brokenBy: by(name, "must fail"),
  });
  return [
    ...names("invariants").map((name) => property(name, "state")),
    ...names("properties").map((name) => property(name, "steps")),
  ];
}

const LIMITS = /not (?:modelled|exhausted|promised|checked)|limits|never/i;

/** The headers of the modules that say what is abstracted, and the sections and lists that say what was left out. */
function statementsOf(sources: readonly Source[]): Statement[] {
  const headers = sources
    .filter((source) => isModule(source) && source.kind === "specification")
    .map(({ path, text }) => ({ title: path.replace(/^.*\//, ""), path, text: headerOf(text) }));
  const readme = sources.find(({ path }) => path.endsWith("/README.md"));
  return [...headers.filter(({ text }) => text !== ""), ...(readme === undefined ? [] : limitsOf(readme))];
}

/** The comment that a module begins with, in which a blank line parts paragraphs. */
function headerOf(text: string): string {
  const [, comment = ""] = /^-{4,} MODULE .*\n((?:\s*\(\*.*\*\)[^\S\n]*\n)+)/m.exec(text) ?? [];
  return withoutBox(comment);
}

function limitsOf({ path, text }: Source): Statement[] {
  const whole = sectionsOf(text).filter(({ title }) => LIMITS.test(title));
  // A paragraph that ends in a colon and speaks of limits belongs to the list after it.
  const paragraphs = text.split(/\n\s*\n/);
  const lists = paragraphs.flatMap((paragraph, at) =>
    /^[^\n|#]*:$/.test(paragraph.trim()) && LIMITS.test(paragraph)
      ? [{ title: paragraph.trim().replace(/:$/, ""), text: paragraphs[at + 1] ?? "" }]
      : [],
  );
  const loose = paragraphs
    .filter((paragraph) => /^Not modelled: /.test(paragraph))
    .map((paragraph) => ({ title: "Not modelled", text: paragraph.replace(/^Not modelled: /, "") }));
  return [...lists, ...whole, ...loose].map((found) => ({ ...found, path }));
}
