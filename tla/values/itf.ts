import { z } from "zod";
import { UserError } from "../errors.ts";
import { canonical } from "./canonical.ts";
import { readText } from "./file.ts";
import { parseValue } from "./parse.ts";
import {
  isBigInt,
  isMap,
  isModelValue,
  isSet,
  isTuple,
  MAX_DEPTH,
  type TlaRecord,
  type TlaState,
  type TlaValue,
} from "./value.ts";

/** A behaviour in the Informal Trace Format of Apalache (ADR-015). `meta` holds JSON that the format leaves open. */
export interface ItfTrace {
  readonly meta: Readonly<Record<string, unknown>>;
  readonly params: readonly string[];
  readonly variables: readonly string[];
  readonly states: readonly ItfState[];
  /** Index of the state that follows the last one, where the behaviour is a lasso. */
  readonly loop?: number;
}

/** One state of a trace; what led to it may stand in `meta`. */
export interface ItfState {
  readonly meta: Readonly<Record<string, unknown>>;
  readonly values: TlaState;
}

/**
 * Writes a trace, one state a line and always the same bytes for the same trace: values are in canonical form, every
 * integer is a `#bigint`, and a model value is `{ "#model": "name" }`, which other readers of ITF take for a record.
 *
 * @throws TypeError if a state lacks a variable of the trace or has another one.
 */
export function writeItf(trace: ItfTrace): string {
  const states = trace.states.map(({ meta, values }, index) => {
    if (!sameNames(Object.keys(values), trace.variables)) {
      throw new TypeError(`writeItf: state ${index} has other variables than the trace`);
    }
    const fields = trace.variables.map((name): [string, unknown] => [name, toItf(values[name] as TlaValue)]);
    return JSON.stringify(Object.fromEntries([["#meta", { index, ...meta }], ...fields]));
  });
  const head = [
    `"#meta": ${JSON.stringify({ format: "ITF", ...trace.meta })}`,
    ...(trace.params.length > 0 ? [`"params": ${JSON.stringify(trace.params)}`] : []),
    `"vars": ${JSON.stringify(trace.variables)}`,
    ...(trace.loop === undefined ? [] : [`"loop": ${trace.loop}`]),
  ];
  return `{\n${head.join(",\n")},\n"states": [\n${states.join(",\n")}\n]\n}\n`;
}

/**
 * Reads a trace from the text of a file; `name` is what errors call it.
 *
 * @throws UserError (64) with one sentence for what is no ITF trace.
 */
export function readItf(text: string, name: string): ItfTrace {
  const fail = (what: string): never => {
    throw new UserError(`${name} is not an ITF trace: ${what}.`, 64);
  };
  if (text.trim() === "") return fail("it is empty");
  const json = parseJson(text);
  if (json === undefined) return fail("it is not JSON, or was cut off");
  const envelope = ENVELOPE.safeParse(json);
  if (!envelope.success) {
    const [issue] = envelope.error.issues;
    return fail(`${issue?.path.join(".") || "the whole"}: ${issue?.message ?? "invalid"}`);
  }
  const { "#meta": meta, params, vars, states, loop } = envelope.data;
  if (new Set(vars).size < vars.length) fail("vars names a variable twice");
  if (loop !== undefined && loop >= states.length) fail(`loop is ${loop}, but there are ${states.length} states`);
  return {
    meta,
    params,
    variables: vars,
    states: states.map((state, index) => readState(state, vars, (what) => fail(`states.${index}${what}`))),
    ...(loop === undefined ? {} : { loop }),
  };
}

/**
 * Reads a trace from a file.
 *
 * @throws UserError (64) as {@link readItf} does, and where the file cannot be read.
 */
export async function loadItf(path: string): Promise<ItfTrace> {
  return readItf(await readText(path), path);
}

/** A value as JSON in the shapes of ITF, in canonical form. */
export function toItf(value: TlaValue): unknown {
  return withBigInts(parseValue(canonical(value)));
}

/**
 * The value that JSON in the shapes of ITF stands for.
 *
 * @throws UserError (64) that names the place, for what is none or nests deeper than {@link MAX_DEPTH}.
 */
export function fromItf(json: unknown): TlaValue {
  return readValue(json, 0, (what) => {
    throw new UserError(`Not a value in ITF: ${what.replace(/^[.:]\s*/, "")}.`, 64);
  });
}

const VARIABLE = z.string().regex(/^\w*[A-Za-z]\w*$/, "expected the name of a variable");

const ENVELOPE = z.object({
  "#meta": z.record(z.string(), z.unknown()).default({}),
  params: z.array(VARIABLE).default([]),
  vars: z.array(VARIABLE).min(1),
  states: z.array(z.unknown()).min(1),
  loop: z.int().min(0).optional(),
});

/** Ends the reading; `what` starts with the place, `.like.this: `, below the one that the caller knows. */
type Fail = (what: string) => never;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readState(json: unknown, variables: readonly string[], fail: Fail): ItfState {
  if (!isObject(json)) return fail(": expected an object");
  const { "#meta": meta = {}, ...rest } = json;
  if (!isObject(meta)) return fail(".#meta: expected an object");
  const names = Object.keys(rest);
  if (!sameNames(names, variables)) {
    return fail(`: expected the variables ${variables.join(", ")}, found ${names.join(", ") || "none"}`);
  }
  const values = variables.map((name): [string, TlaValue] => [name, readValue(rest[name], 0, at(fail, name))]);
  return { meta, values: Object.freeze(Object.fromEntries(values)) };
}

function readValue(json: unknown, depth: number, fail: Fail): TlaValue {
  if (depth > MAX_DEPTH) return fail(`: values nest deeper than ${MAX_DEPTH} levels`);
  if (typeof json === "boolean" || typeof json === "string") return json;
  if (typeof json === "number") return Number.isSafeInteger(json) ? json : fail(`: ${json} is not a safe integer`);
  if (!isObject(json)) return fail(": expected a TLA+ value");
  const fields = Object.entries(json);
  const tagged = fields.find(([field]) => field.startsWith("#"));
  if (tagged === undefined) {
    const read = ([field, part]: [string, unknown]): [string, TlaValue] => [
      field,
      readValue(part, depth + 1, at(fail, field)),
    ];
    return Object.freeze(Object.fromEntries(fields.map(read)));
  }
  const [tag, content] = tagged;
  if (fields.length > 1) return fail(`: expected nothing beside ${tag}`);
  return readTagged(tag, content, depth, at(fail, tag));
}

function readTagged(tag: string, json: unknown, depth: number, fail: Fail): TlaValue {
  switch (tag) {
    case "#bigint":
      if (typeof json !== "string" || !/^-?\d{1,4096}$/.test(json)) return fail(": expected an integer in digits");
      return parseValue(json);
    case "#model":
      if (typeof json !== "string" || !/^\w*[A-Za-z]\w*$/.test(json))
        return fail(": expected the name of a model value");
      return Object.freeze({ "#model": json });
    case "#tup":
      return Object.freeze({ "#tup": readList(json, depth, fail) });
    case "#set":
      return Object.freeze({ "#set": readList(json, depth, fail) });
    case "#map":
      return Object.freeze({ "#map": readPairs(json, depth, fail) });
    default:
      return fail(": there is no such kind of value");
  }
}

function readList(json: unknown, depth: number, fail: Fail): readonly TlaValue[] {
  if (!Array.isArray(json)) return fail(": expected an array");
  return Object.freeze(json.map((part, index) => readValue(part, depth + 1, at(fail, index))));
}

function readPairs(json: unknown, depth: number, fail: Fail): readonly (readonly [TlaValue, TlaValue])[] {
  if (!Array.isArray(json)) return fail(": expected an array");
  const pairs = json.map((pair, index) => {
    const [argument, value] = readList(pair, depth, at(fail, index));
    if (argument === undefined || value === undefined || pair.length !== 2) return at(fail, index)(": expected a pair");
    return Object.freeze([argument, value] as const);
  });
  if (new Set(pairs.map(([argument]) => canonical(argument))).size < pairs.length) {
    return fail(": an argument is given twice");
  }
  return Object.freeze(pairs);
}

function at(fail: Fail, step: string | number): Fail {
  return (what) => fail(`.${step}${what}`);
}

function withBigInts(value: TlaValue): unknown {
  if (typeof value === "number") return { "#bigint": String(value) };
  if (typeof value !== "object" || isBigInt(value) || isModelValue(value)) return value;
  if (isTuple(value)) return { "#tup": value["#tup"].map(withBigInts) };
  if (isSet(value)) return { "#set": value["#set"].map(withBigInts) };
  if (isMap(value)) return { "#map": value["#map"].map((pair) => pair.map(withBigInts)) };
  const fields: TlaRecord = value;
  return Object.fromEntries(Object.entries(fields).map(([field, part]) => [field, withBigInts(part)]));
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function sameNames(names: readonly string[], expected: readonly string[]): boolean {
  return names.length === expected.length && expected.every((name) => names.includes(name));
}
