import { Interner } from "../../../conformance/engine/intern.ts";

/** One call that crossed the boundary of a reducer, as plain JSON. */
export interface Call {
  /** The module and the name of what was called. */
  readonly name: string;
  readonly args: readonly unknown[];
  readonly result: unknown;
}

type Callable = (this: unknown, ...args: unknown[]) => unknown;

/** Every function that a reducer exports, by its name, as it is called without being recorded. */
const functions = new Map<string, (args: readonly unknown[]) => unknown>();
let recording: Recording | undefined;

/** The calls made so far, each distinct one once, or undefined where one of them was not of plain JSON. */
class Recording {
  readonly #interner = new Interner();
  readonly #seen = new Set<number>();
  calls: Call[] | undefined = [];

  add(call: Call): void {
    try {
      const number = this.#interner.number([call.name, call.args]);
      this.#interner.number([call.result]);
      if (!this.#seen.has(number)) this.calls?.push(call);
      this.#seen.add(number);
    } catch {
      this.calls = undefined;
    }
  }
}

/**
 * Runs a body, and gives the distinct calls that it makes of the reducer; undefined where one is not of plain JSON, so
 * that nothing can be told from the others.
 */
export function recorded<T>(body: () => T): { readonly value: T; readonly calls: readonly Call[] | undefined } {
  const made = new Recording();
  recording = made;
  try {
    return { value: body(), calls: made.calls };
  } finally {
    recording = undefined;
  }
}

/**
 * Calls as they are to be answered. A reducer is a pure function of plain JSON, so a mutant that answers all the calls
 * of a closed system as the reducer does has the same closed system: there is nothing to walk for it.
 */
export class Answers {
  readonly #interner = new Interner();
  readonly #calls: readonly { readonly call: Call; readonly result: number }[];

  constructor(calls: readonly Call[]) {
    // Frozen, so that no mutant changes what those after it are given.
    this.#calls = calls.map((call) => ({ call: frozen(call), result: this.#interner.number([call.result]) }));
  }

  /** Whether the reducer as it is now answers all of them so. */
  areGiven(): boolean {
    return this.#calls.every(({ call: { name, args }, result }) => {
      try {
        return this.#interner.number([functions.get(name)?.(args)]) === result;
      } catch {
        return false;
      }
    });
  }
}

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}

/** What a module of a reducer exports, with its functions, those in its objects too, watched. */
export function watched(module: string, exports: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const all = Object.entries(exports).map(([name, value]) => [name, watchedValue(`${module}!${name}`, value, exports)]);
  return Object.fromEntries(all);
}

function watchedValue(name: string, value: unknown, owner: object): unknown {
  if (typeof value === "function") {
    const take = value as Callable;
    functions.set(name, (args) => take.apply(owner, [...args]));
    return function (this: unknown, ...args: unknown[]): unknown {
      const result = take.apply(this, args);
      recording?.add({ name, args, result });
      return result;
    };
  }
  const isRecord = typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isRecord ? watched(name, value as Readonly<Record<string, unknown>>) : value;
}
