import {
  isBigInt,
  isFieldName,
  isMap,
  isModelValue,
  isSet,
  isTuple,
  MAX_DEPTH,
  type TlaMap,
  type TlaRecord,
  type TlaValue,
} from "./value.ts";

/**
 * One text for each TLA+ value, whichever of its shapes it has: sets sorted and without repetition, functions sorted by
 * argument, a function on `1..n` as the tuple it is, a function on field names as the record it is, the empty function
 * as `<<>>`, integers in decimal. The text is TLA+ that TLC reads back (the module TLC defines `:>` and `@@`).
 *
 * Frozen values are remembered, so that one that shares most of its parts with an earlier one costs what changed.
 *
 * @throws TypeError for what is not a TLA+ value or nests deeper than {@link MAX_DEPTH}.
 */
export function canonical(value: TlaValue): string {
  return encode(value, 0);
}

/** Whether two values are the same in TLA+. */
export function equal(a: TlaValue, b: TlaValue): boolean {
  return canonical(a) === canonical(b);
}

/** Sorts canonical texts: integers by size and before all others, which go by code unit. */
export function compareTexts(a: string, b: string): number {
  const [x, y] = [isInteger(a), isInteger(b)];
  if (x && y) {
    const difference = a.length < 16 && b.length < 16 ? Number(a) - Number(b) : BigInt(a) - BigInt(b);
    return difference < 0 ? -1 : difference > 0 ? 1 : 0;
  }
  if (x !== y) return x ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

const remembered = new WeakMap<object, string>();

function encode(value: TlaValue, depth: number): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value))
      throw new TypeError(`canonical: ${value} is not an integer that JSON holds safely`);
    return String(value === 0 ? 0 : value);
  }
  if (typeof value !== "object" || value === null) {
    throw new TypeError(`canonical: expected a TLA+ value, got ${value === null ? "null" : typeof value}`);
  }
  const known = remembered.get(value);
  if (known !== undefined) return known;
  if (depth > MAX_DEPTH) throw new TypeError(`canonical: a value nests deeper than ${MAX_DEPTH} levels`);
  const text = compound(value, depth + 1);
  if (deeplyFrozen(value)) remembered.set(value, text);
  return text;
}

function compound(value: Exclude<TlaValue, boolean | number | string>, depth: number): string {
  if (isTuple(value)) return `<<${value["#tup"].map((part) => encode(part, depth)).join(", ")}>>`;
  if (isSet(value)) {
    const texts = new Set(value["#set"].map((part) => encode(part, depth)));
    return `{${[...texts].sort(compareTexts).join(", ")}}`;
  }
  if (isMap(value)) return mapping(value, depth);
  if (isModelValue(value)) return value["#model"];
  if (isBigInt(value)) return String(BigInt(value["#bigint"]));
  return record(value, depth);
}

function mapping(value: TlaMap, depth: number): string {
  const values = new Map<string, string>();
  for (const [argument, result] of value["#map"]) {
    const key = encode(argument, depth);
    if (!values.has(key)) values.set(key, encode(result, depth));
  }
  const keys = [...values.keys()].sort(compareTexts);
  const texts = keys.map((key) => values.get(key) ?? "");
  if (keys.every((key, index) => key === String(index + 1))) return `<<${texts.join(", ")}>>`;
  // Without its quotes an escaped text holds a backslash, so it is no field name.
  const fields = keys.map((key) => key.slice(1, -1));
  if (keys.every((key) => key.startsWith('"')) && fields.every(isFieldName)) return bracketed(fields, texts);
  return pairs(keys, texts);
}

function record(value: TlaRecord, depth: number): string {
  const fields = Object.keys(value).sort();
  if (fields.length === 0) return "<<>>";
  const texts = fields.map((field) => encode(value[field] as TlaValue, depth));
  return fields.every(isFieldName) ? bracketed(fields, texts) : quotedPairs(fields, texts);
}

/** A record whose fields TLC could not read back is the function it is; its arguments are sorted as quoted. */
function quotedPairs(fields: readonly string[], texts: readonly string[]): string {
  const entries = fields.map((field, index) => [quote(field), texts[index] ?? ""] as const);
  entries.sort(([a], [b]) => compareTexts(a, b));
  return pairs(
    entries.map(([key]) => key),
    entries.map(([, text]) => text),
  );
}

function bracketed(fields: readonly string[], texts: readonly string[]): string {
  return `[${fields.map((field, index) => `${field} |-> ${texts[index]}`).join(", ")}]`;
}

function pairs(keys: readonly string[], texts: readonly string[]): string {
  return `(${keys.map((key, index) => `${key} :> ${texts[index]}`).join(" @@ ")})`;
}

const ESCAPED = /["\\\n\t\f\r]/;

function quote(text: string): string {
  return ESCAPED.test(text) ? `"${text.replace(/["\\\n\t\f\r]/g, (char) => ESCAPES[char] ?? char)}"` : `"${text}"`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\t": "\\t",
  "\f": "\\f",
  "\r": "\\r",
};

function isInteger(text: string): boolean {
  const code = text.charCodeAt(text.charCodeAt(0) === 45 ? 1 : 0);
  return code >= 48 && code <= 57 && INTEGER.test(text);
}

const INTEGER = /^-?\d+$/;

/** A frozen shell around something mutable may still change, so it is not remembered. */
function deeplyFrozen(value: object): boolean {
  return Object.isFrozen(value) && Object.values(value).every(frozenPart);
}

function frozenPart(part: unknown): boolean {
  if (typeof part !== "object" || part === null || remembered.has(part)) return true;
  // The list below a tag, and the pairs below that, are no values of their own.
  return Array.isArray(part) && Object.isFrozen(part) && part.every(frozenPart);
}
