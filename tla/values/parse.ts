import { UserError } from "../errors.ts";
import { MAX_DEPTH, type TlaState, type TlaValue } from "./value.ts";

/**
 * Reads a value as TLC prints it, on one line or broken over several. What is returned is frozen.
 *
 * @throws UserError (64) that names the place, for what is no value, nests deeper than {@link MAX_DEPTH}, or is a set
 *   that TLC prints without its elements (`SUBSET …`, `[S -> T]`, `Nat`).
 */
export function parseValue(text: string): TlaValue {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

/**
 * Reads values separated by commas, as the newer builds of TLC write the arguments of an action.
 *
 * @throws UserError as {@link parseValue} does.
 */
export function parseValues(text: string): readonly TlaValue[] {
  const reader = new Reader(text);
  const values: TlaValue[] = [reader.value(0)];
  while (reader.accept(",")) values.push(reader.value(0));
  reader.end();
  return Object.freeze(values);
}

/**
 * Reads a state as TLC prints it: `/\ x = 1` for each variable, or `x = 1` where there is only one.
 *
 * @throws UserError as {@link parseValue} does, and for a variable that is given twice.
 */
export function parseState(text: string): TlaState {
  const reader = new Reader(text);
  const several = reader.accept("/\\");
  const variables = new Map<string, TlaValue>();
  do {
    const name = reader.word("the name of a variable");
    reader.expect("=");
    if (variables.has(name)) reader.fail(`a variable other than ${name}, which was given before`);
    variables.set(name, reader.value(0));
  } while (several && reader.accept("/\\"));
  reader.end();
  return record(variables);
}

/** TLC itself refuses to enumerate more. */
const MAX_INTERVAL = 1_000_000;

/** Sets that TLC prints by name because it cannot or does not enumerate them. */
const NOT_ENUMERATED: ReadonlySet<string> = new Set(["SUBSET", "UNION", "Nat", "Int", "Real", "STRING"]);

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["n", "\n"],
  ["t", "\t"],
  ["f", "\f"],
  ["r", "\r"],
]);

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): TlaValue {
    if (depth > MAX_DEPTH) this.fail(`nothing nested deeper than ${MAX_DEPTH} levels`);
    this.#skipSpace();
    switch (this.#text[this.#at]) {
      case '"':
        return this.#string();
      case "<":
        return this.#tuple(depth);
      case "{":
        return this.#set(depth);
      case "[":
        return this.#record(depth);
      case "(":
        return this.#function(depth);
      case "-":
        return this.#numbers();
      default:
        return this.#named();
    }
  }

  /** Takes the token if it comes next, past white space. */
  accept(token: string): boolean {
    this.#skipSpace();
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  expect(token: string): void {
    if (!this.accept(token)) this.fail(`"${token}"`);
  }

  word(what: string): string {
    this.#skipSpace();
    const from = this.#at;
    while (isWordCode(this.#text.charCodeAt(this.#at))) this.#at += 1;
    if (from === this.#at) this.fail(what);
    return this.#text.slice(from, this.#at);
  }

  end(): void {
    this.#skipSpace();
    if (this.#at < this.#text.length) this.fail("nothing more");
  }

  fail(expected: string): never {
    const near = this.#at < this.#text.length ? JSON.stringify(this.#text.slice(this.#at, this.#at + 24)) : "the end";
    throw new UserError(`Not a TLA+ value: expected ${expected} at character ${this.#at + 1}, found ${near}.`, 64);
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.#at += 1;
    }
  }

  #string(): string {
    let from = this.#at + 1;
    let value = "";
    for (let at = from; at < this.#text.length; at += 1) {
      const char = this.#text[at];
      if (char === '"') {
        this.#at = at + 1;
        return value + this.#text.slice(from, at);
      }
      if (char === "\n") break;
      if (char !== "\\") continue;
      const escaped = ESCAPES.get(this.#text[at + 1] ?? "");
      if (escaped === undefined) {
        this.#at = at;
        this.fail('one of the escapes \\" \\\\ \\n \\t \\f \\r');
      }
      value += this.#text.slice(from, at) + escaped;
      at += 1;
      from = at + 1;
    }
    return this.fail("a string that is closed on its line");
  }

  #tuple(depth: number): TlaValue {
    this.expect("<<");
    return Object.freeze({ "#tup": this.#list(">>", depth) });
  }

  #set(depth: number): TlaValue {
    this.expect("{");
    return Object.freeze({ "#set": this.#list("}", depth) });
  }

  #list(close: string, depth: number): readonly TlaValue[] {
    const parts: TlaValue[] = [];
    if (this.accept(close)) return Object.freeze(parts);
    do parts.push(this.value(depth + 1));
    while (this.accept(","));
    this.expect(close);
    return Object.freeze(parts);
  }

  #record(depth: number): TlaValue {
    this.expect("[");
    const fields = new Map<string, TlaValue>();
    do {
      const name = this.word("a field of a record");
      this.expect("|->");
      if (fields.has(name)) this.fail(`a field other than ${name}, which was given before`);
      fields.set(name, this.value(depth + 1));
    } while (this.accept(","));
    this.expect("]");
    return record(fields);
  }

  #function(depth: number): TlaValue {
    this.expect("(");
    const pairs: (readonly [TlaValue, TlaValue])[] = [];
    do {
      const argument = this.value(depth + 1);
      this.expect(":>");
      pairs.push(Object.freeze([argument, this.value(depth + 1)] as const));
    } while (this.accept("@@"));
    this.expect(")");
    return Object.freeze({ "#map": Object.freeze(pairs) });
  }

  #named(): TlaValue {
    const from = this.#at;
    const word = this.word("a value");
    if (isDigits(word)) {
      this.#at = from;
      return this.#numbers();
    }
    if (word === "TRUE") return true;
    if (word === "FALSE") return false;
    if (NOT_ENUMERATED.has(word)) {
      this.#at = from;
      this.fail("a set given by its elements, which TLC did not enumerate here");
    }
    return Object.freeze({ "#model": word });
  }

  /** An integer, or an interval of them. */
  #numbers(): TlaValue {
    const low = this.#integer();
    if (!this.accept("..")) return integer(low);
    this.#skipSpace();
    const high = this.#integer();
    const size = high - low + 1n;
    if (size > MAX_INTERVAL) this.fail(`an interval of at most ${MAX_INTERVAL} integers before this`);
    const elements = Array.from({ length: size > 0n ? Number(size) : 0 }, (_, index) => integer(low + BigInt(index)));
    return Object.freeze({ "#set": Object.freeze(elements) });
  }

  #integer(): bigint {
    const negative = this.#text[this.#at] === "-";
    if (negative) this.#at += 1;
    const from = this.#at;
    const digits = isDigitCode(this.#text.charCodeAt(from)) ? this.word("digits") : "";
    if (!isDigits(digits)) {
      this.#at = from;
      this.fail("an integer");
    }
    return negative ? -BigInt(digits) : BigInt(digits);
  }
}

function integer(value: bigint): TlaValue {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : Object.freeze({ "#bigint": String(value) });
}

/** `Object.fromEntries` defines fields, so that one called `__proto__` is a field like any other. */
function record(fields: Iterable<readonly [string, TlaValue]>): TlaState {
  return Object.freeze(Object.fromEntries(fields));
}

function isDigits(text: string): boolean {
  return /^\d+$/.test(text);
}

function isDigitCode(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isWordCode(code: number): boolean {
  return isDigitCode(code) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}
