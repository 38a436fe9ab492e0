import type { SpecMutant } from "../../../conformance/engine/mutants/spec/mutants.ts";
import { keyOf as nameOf } from "../../../conformance/engine/mutants/spec/usage.ts";
import { SourceText } from "../../../tla/syntax/index.ts";
import { keyOf } from "../memory.ts";
import type { SpecModule } from "./mutants-of.ts";
import type { Subject } from "./subjects.ts";

/** Changes whenever what is found of a mutant may change because of this program. */
const VERSION = 1;

/** The keys under which trials are remembered. */
export interface Keys {
  /** Of a model as it is, and of whether the reducers conform to it. */
  genuine(subject: Subject): string;
  /** `print` is that of the graph that the reducers conform to, where the mutant's is compared with it. */
  trial(mutant: SpecMutant, subject: Subject, print: string | undefined): string;
}

/**
 * A trial depends on the definitions that its model uses, on what stands between definitions, on the modules that set
 * bounds, on the configuration, and on the graph that the reducers conform to; whatever else they do, and comments, are
 * not among it. So after a change only those are made again that can come out otherwise.
 */
export function keysOf(
  modules: readonly SpecModule[],
  bounding: ReadonlyMap<string, string>,
  reducers: string,
  jar: string,
): Keys {
  const definitions = new Map<string, string>();
  const between: string[] = [];
  for (const { source, definitions: all } of modules) {
    let rest = source.code;
    for (const definition of all) {
      const span = source.span(definition.location);
      const text = source.code.slice(span.from, span.to);
      definitions.set(nameOf(definition), `${definitions.get(nameOf(definition)) ?? ""}${lines(text)}`);
      rest = rest.slice(0, span.from) + " ".repeat(span.to - span.from) + rest.slice(span.to);
    }
    between.push(words(rest));
  }
  const model = memoized((subject: Subject): string => {
    const used = [...subject.usage.keys()].sort().map((key) => [key, definitions.get(key)]);
    const cfg = words(subject.model.text.replace(/\\\*[^\n]*/g, ""));
    const bounds = bounding.get(subject.model.module);
    const { purpose } = subject.model;
    return keyOf(VERSION, jar, used, between, bounds, cfg, purpose);
  });
  return {
    genuine: (subject) => keyOf(model(subject), subject.system === undefined ? "" : reducers),
    trial: (mutant, subject, print = "") => keyOf(model(subject), print, mutant.definition, mutant.changed),
  };
}

/** The text of a module without its comments. */
export function codeOf(text: string): string {
  return lines(new SourceText(text).code);
}

/** What begins on a line further to the right may mean something else, but what ends there may not. */
function lines(code: string): string {
  return code.replace(/[ \t]+$/gm, "").replace(/\n+/g, "\n");
}

function words(code: string): string {
  return code.replace(/\s+/g, " ").trim();
}

function memoized<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}
