import { canonical } from "../../../impl/kernel/index.ts";

/**
 * Numbers distinct plain JSON values from 0 in the order in which they are met. Objects are known again by identity, so
 * they must not be changed in place; the walk of a closed system finds where they are.
 */
export class Numbered<T> {
  readonly values: T[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #known = new WeakMap<object, number>();

  constructor(values: Iterable<T> = []) {
    for (const value of values) this.number(value);
  }

  /** The number of a value, which is a new one for a value not met before. */
  number(value: T): number {
    return this.find(value) ?? this.#add(value);
  }

  /** The number of a value that was met before. */
  find(value: T): number | undefined {
    if (typeof value !== "object" || value === null) return this.#numbers.get(canonical(value));
    const known = this.#known.get(value) ?? this.#numbers.get(canonical(value));
    if (known !== undefined) this.#known.set(value, known);
    return known;
  }

  #add(value: T): number {
    this.#numbers.set(canonical(value), this.values.length);
    return this.values.push(value) - 1;
  }
}
