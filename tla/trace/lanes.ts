import type { TraceStep } from "../tlc/trace.ts";
import { canonical } from "../values/canonical.ts";
import { printValue } from "../values/print.ts";
import { isBigInt, isMap, isModelValue, isSet, isTuple, type TlaRecord, type TlaValue } from "../values/value.ts";

/** The processes of a trace, by name, and the variables that hold an entry for each of them. */
export interface Processes {
  readonly names: readonly string[];
  /** The entry of each process in all of these variables, as one canonical text. */
  local(step: TraceStep, name: string): string;
  /** The entry of each process in a variable that holds one for each of them; undefined for other variables. */
  entries(step: TraceStep, variable: string): ReadonlyMap<string, TlaValue> | undefined;
}

/**
 * Guesses the processes: the domain of two or more elements that most variables share, as functions or as tuples, and
 * that stays the same in every state. A function of strings is a record to TLC, and so is a single structure: what
 * only one record has for fields are no processes. Undefined where there is none.
 */
export function findProcesses(steps: readonly TraceStep[]): Processes | undefined {
  const variables = new Map<string, string[]>();
  const domains = new Map<string, readonly string[]>();
  const records = new Set<string>();
  for (const name of Object.keys(steps[0]?.state ?? {})) {
    const domain = constantDomain(steps, name);
    if (domain === undefined) continue;
    const key = canonical({ "#tup": [...domain] });
    if (isRecord(steps[0]?.state[name])) records.add(key);
    domains.set(key, domain);
    variables.set(key, [...(variables.get(key) ?? []), name]);
  }
  const shared = [...variables].filter(([key, names]) => names.length > 1 || !records.has(key));
  const [best] = shared.sort(([, a], [, b]) => b.length - a.length);
  const names = best === undefined ? undefined : domains.get(best[0]);
  if (best === undefined || names === undefined) return undefined;
  return {
    names,
    local(step, name) {
      const entries = best[1].map((variable) => entriesOf(step.state[variable])?.get(name));
      return canonical({ "#tup": entries.filter((entry) => entry !== undefined) });
    },
    entries: (step, variable) => (best[1].includes(variable) ? entriesOf(step.state[variable]) : undefined),
  };
}

function constantDomain(steps: readonly TraceStep[], variable: string): readonly string[] | undefined {
  let domain: readonly string[] | undefined;
  for (const step of steps) {
    const names = [...(entriesOf(step.state[variable])?.keys() ?? [])];
    if (names.length < 2 || (domain !== undefined && names.join("\n") !== domain.join("\n"))) return undefined;
    domain ??= names;
  }
  return domain;
}

function entriesOf(value: TlaValue | undefined): ReadonlyMap<string, TlaValue> | undefined {
  if (value === undefined) return undefined;
  if (isMap(value)) return new Map(value["#map"].map(([key, entry]) => [printValue(key), entry]));
  if (isTuple(value)) return new Map(value["#tup"].map((entry, index) => [String(index + 1), entry]));
  if (isRecord(value)) return new Map(Object.entries(value).map(([field, entry]) => [printValue(field), entry]));
  return undefined;
}

function isRecord(value: TlaValue | undefined): value is TlaRecord {
  return (
    typeof value === "object" &&
    !isMap(value) &&
    !isTuple(value) &&
    !isSet(value) &&
    !isBigInt(value) &&
    !isModelValue(value)
  );
}
