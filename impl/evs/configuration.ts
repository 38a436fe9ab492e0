/** The name of a process, as the configurations spell it. */
export type Member = string;

/** What a message asks for: its place in the order, or besides that everybody has it. */
export type Service = "agreed" | "safe";

/** A regular configuration. Its members are ranked by their places in the list, which is the same everywhere. */
export interface Configuration {
  readonly number: number;
  readonly members: readonly Member[];
}

/** Whether two configurations are one; several may have one number. */
export function isSame(one: Configuration, other: Configuration): boolean {
  return one.number === other.number && areEqual(one.members, other.members);
}

export function areEqual(some: readonly Member[], others: readonly Member[]): boolean {
  return some.length === others.length && some.every((name, at) => name === others[at]);
}

/** Whether a text can name a process: `__proto__` cannot be a key of a plain record. */
export function isName(text: unknown): text is Member {
  return typeof text === "string" && text !== "" && text !== "__proto__";
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isNatural(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

export function isService(value: unknown): value is Service {
  return value === "agreed" || value === "safe";
}

/** Distinct names; the holes of a sparse array, which `every` skips, are none. */
export function areNames(names: unknown): names is readonly Member[] {
  if (!Array.isArray(names) || names.findIndex((name) => !isName(name)) !== -1) return false;
  return new Set(names).size === names.length;
}

export function isConfiguration(value: unknown): value is Configuration {
  return isRecord(value) && isNatural(value["number"]) && areNames(value["members"]) && value["members"].length > 0;
}
