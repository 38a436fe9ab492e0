/**
 * One text for each plain JSON value, whatever the order in which its fields were written: JSON with sorted keys and no
 * white space. Two states are equal when their canonical texts are.
 *
 * Frozen objects are remembered, so that a state that shares most of its parts with an earlier one is encoded at the
 * cost of what changed.
 *
 * @throws TypeError for what is not plain JSON (undefined, functions, symbols, bigint, NaN, infinities, instances).
 */
export function canonical(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number" && Number.isFinite(value)) return Object.is(value, -0) ? "0" : String(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value !== "object") throw new TypeError(`canonical: expected plain JSON, got ${typeof value}`);
  const known = remembered.get(value);
  if (known !== undefined) return known;
  const text = Array.isArray(value) ? `[${Array.from(value, canonical).join(",")}]` : record(value);
  if (Object.isFrozen(value) && deeplyFrozen(value)) remembered.set(value, text);
  return text;
}

const remembered = new WeakMap<object, string>();

function record(value: object): string {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError("canonical: expected plain JSON, got an instance of a class");
  }
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical((value as Record<string, unknown>)[key])}`).join(",")}}`;
}

/** A frozen shell around something mutable may still change, so it is not remembered. */
function deeplyFrozen(value: object): boolean {
  return Object.values(value).every((part) => typeof part !== "object" || part === null || remembered.has(part));
}
