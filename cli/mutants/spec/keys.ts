import type { SpecMutant } from "../../../conformance/engine/mutants/spec/mutants.ts";
import { keyOf as nameOf } from "../../../conformance/engine/mutants/spec/usage.ts";
import { keyOf } from "../memory.ts";
import type { SpecModule } from "./mutants-of.ts";
import type { Subject } from "./subjects.ts";

/** What judges, each as a hash: TLC, and our own programs. */
export interface Tools {
  readonly jar: string;
  readonly judges: string;
}

/** The keys under which trials are remembered. */
export interface Keys {
  /** Of a model as it is, and of whether the reducers conform to it. */
  genuine(subject: Subject): string;
  /** `print` is that of the graph that the reducers conform to, where the mutant's is compared with it. */
  trial(mutant: SpecMutant, subject: Subject, print: string | undefined): string;
}

/**
 * A trial depends on the definitions that its model uses, on what stands between the definitions of their modules, on
 * the configuration, on the graph that the reducers conform to, and on what judges; whatever else the reducers do, and
 * comments, are not among it. So after a change only those are made again that can come out otherwise.
 */
export function keysOf(modules: readonly SpecModule[], reducers: string, tools: Tools): Keys {
  const definitions = new Map<string, string>();
  const between = new Map<string, string>();
  for (const { name, source, definitions: all } of modules) {
    let rest = source.code;
    for (const definition of all) {
      const span = source.span(definition.location);
      const text = source.code.slice(span.from, span.to);
      definitions.set(nameOf(definition), `${definitions.get(nameOf(definition)) ?? ""}${lines(text)}`);
      rest = rest.slice(0, span.from) + " ".repeat(span.to - span.from) + rest.slice(span.to);
    }
    between.set(name, words(rest));
  }
  const model = memoized(({ usage, modules, model: { text, purpose } }: Subject): string => {
    const used = [...usage.keys()].sort().map((key) => [key, definitions.get(key)]);
    const rests = [...modules].sort().map((name) => [name, between.get(name)]);
    return keyOf(tools.jar, tools.judges, used, rests, words(text.replace(/\\\*[^\n]*/g, "")), purpose);
  });
  return {
    genuine: (subject) => keyOf(model(subject), subject.system === undefined ? "" : reducers),
    trial: (mutant, subject, print = "") => keyOf(model(subject), print, mutant.definition, mutant.changed),
  };
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
