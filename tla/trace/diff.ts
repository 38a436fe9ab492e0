import type { Trace, TraceStep } from "../tlc/trace.ts";
import { canonical } from "../values/canonical.ts";
import { printValue } from "../values/print.ts";
import { isFieldName, isMap, isSet, isTuple, type TlaState, type TlaValue } from "../values/value.ts";

/** One difference between two states, as small as it can be told. */
export interface Change {
  /** The place in TLA+'s syntax: `n`, `log[s1]`, `config[s1].view[2]`. */
  readonly place: string;
  /** Undefined where there was nothing: a new entry of a function, a new element of a set. */
  readonly before?: TlaValue;
  /** Undefined where there is nothing left. */
  readonly after?: TlaValue;
}

/** What differs between two states: within functions, records and tuples only the entries that do. */
export function changes(before: TlaState, after: TlaState): Change[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => differences(name, own(before, name), own(after, name)));
}

/** A counterexample as text: the first state whole, and of each further one what changed. */
export function printTrace(trace: Trace): string {
  const { steps, lasso, dropped } = trace;
  const blocks = steps.map((step, index) => {
    const previous = steps[index - 1];
    const lines = previous === undefined || previous.unread !== undefined ? whole(step) : changed(previous, step);
    return [`${index + 1}: ${actionText(step)}`, ...lines.map((line) => `   ${line}`)].join("\n");
  });
  if (dropped > 0) blocks.push(`and ${dropped} more states that were not kept`);
  if (lasso !== undefined) {
    const stutters = lasso.action === undefined && lasso.loop === steps.length - 1;
    const by = lasso.action === undefined ? "" : ` by ${actionText(lasso.action)}`;
    blocks.push(stutters ? "and so for ever: stuttering" : `and for ever: back to state ${lasso.loop + 1}${by}`);
  }
  return blocks.join("\n");
}

/** An action with its arguments, where they are known. */
export function actionText({ action, args }: Pick<TraceStep, "action" | "args">): string {
  return args === undefined ? action : `${action}(${args.map(printValue).join(", ")})`;
}

function whole(step: TraceStep): string[] {
  if (step.unread !== undefined) return step.unread.split("\n");
  return Object.entries(step.state).map(([name, value]) => `${name} = ${printValue(value)}`);
}

function changed(previous: TraceStep, step: TraceStep): string[] {
  if (step.unread !== undefined) return whole(step);
  const found = changes(previous.state, step.state);
  return found.length === 0 ? ["(nothing changed)"] : found.map(changeText);
}

function changeText({ place, before, after }: Change): string {
  if (before === undefined) return `${place}: + ${after === undefined ? "" : printValue(after)}`;
  if (after === undefined) return `${place}: - ${printValue(before)}`;
  return `${place}: ${printValue(before)} -> ${printValue(after)}`;
}

function differences(place: string, before: TlaValue | undefined, after: TlaValue | undefined): Change[] {
  if (before === undefined || after === undefined) {
    return [{ place, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
  }
  if (canonical(before) === canonical(after)) return [];
  if (isSet(before) && isSet(after)) return setDifferences(place, before["#set"], after["#set"]);
  const entriesBefore = entries(before);
  const entriesAfter = entries(after);
  // Sequences that grow or shrink are told whole: element by element, a dequeue would change every place.
  const alike = entriesBefore?.shape === entriesAfter?.shape;
  const resized = isTuple(before) && isTuple(after) && before["#tup"].length !== after["#tup"].length;
  if (entriesBefore === undefined || entriesAfter === undefined || !alike || resized) return [{ place, before, after }];
  const keys = new Set([...entriesBefore.values.keys(), ...entriesAfter.values.keys()]);
  return [...keys].flatMap((key) =>
    differences(`${place}${key}`, entriesBefore.values.get(key), entriesAfter.values.get(key)),
  );
}

function setDifferences(place: string, before: readonly TlaValue[], after: readonly TlaValue[]): Change[] {
  const [was, is] = [new Set(before.map(canonical)), new Set(after.map(canonical))];
  return [
    ...before.filter((element) => !is.has(canonical(element))).map((element) => ({ place, before: element })),
    ...after.filter((element) => !was.has(canonical(element))).map((element) => ({ place, after: element })),
  ];
}

interface Entries {
  readonly shape: "function" | "tuple" | "record";
  /** By the text that TLA+ puts behind the name: `[s1]`, `[2]`, `.view`. */
  readonly values: ReadonlyMap<string, TlaValue>;
}

function entries(value: TlaValue): Entries | undefined {
  if (typeof value !== "object") return undefined;
  if (isMap(value)) {
    return { shape: "function", values: new Map(value["#map"].map(([key, entry]) => [`[${printValue(key)}]`, entry])) };
  }
  if (isTuple(value)) {
    return { shape: "tuple", values: new Map(value["#tup"].map((entry, index) => [`[${index + 1}]`, entry])) };
  }
  // What is left with a name that begins with # is a number or a model value.
  if (isSet(value) || Object.keys(value).some((name) => name.startsWith("#"))) return undefined;
  return { shape: "record", values: new Map(Object.entries(value).map(([name, entry]) => [field(name), entry])) };
}

/** A string that is no identifier can be an argument, but not the name of a field. */
function field(name: string): string {
  return isFieldName(name) ? `.${name}` : `[${printValue(name)}]`;
}

function own(state: TlaState, name: string): TlaValue | undefined {
  return Object.hasOwn(state, name) ? state[name] : undefined;
}
