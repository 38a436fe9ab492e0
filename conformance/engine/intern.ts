/**
 * Gives each distinct plain JSON value one number, whatever the order in which its fields were written: two values are
 * equal when their numbers are. It is exact (no fingerprints) and small: a value is held once, as the numbers of its
 * parts, so a million worlds that share most of their parts cost tens of bytes each.
 */
export class Interner {
  readonly #scalars = new Map<unknown, number>();
  readonly #shapes = new Shapes();
  /** A composite `c` is `words[starts[c]] … words[starts[c + 1] - 1]`: its shape, then the numbers of its parts. */
  #words = new Int32Array(1024);
  #starts = new Int32Array(256);
  #composites = 0;
  /** Open addressing: composite + 1, or 0 where free. */
  #table = new Int32Array(1024);
  /** Parts of values not yet finished; each composite owns the words above the depth at which it began. */
  #stack = new Int32Array(256);
  #depth = 0;
  #scratch = new Int32Array(16);
  /** Numbers of the parts of the value remembered. */
  readonly #parts = new Map<object, number>();

  /** How many different objects and arrays were met. */
  get size(): number {
    return this.#composites;
  }

  /**
   * The number of a value, encoded afresh.
   *
   * @throws TypeError for what is not plain JSON (undefined, functions, symbols, bigint, NaN, infinities, instances).
   */
  number(value: unknown): number {
    this.#depth = 0;
    return this.#number(value, false, false);
  }

  /**
   * As {@link number}, and remembers each part of this value by identity until the next call, so that
   * {@link sharing} encodes what was made from it at the cost of what changed.
   */
  remember(value: unknown): number {
    this.#parts.clear();
    this.#depth = 0;
    return this.#number(value, true, false);
  }

  /** As {@link number}, for a value that may share parts with the value remembered. */
  sharing(value: unknown): number {
    this.#depth = 0;
    return this.#number(value, false, true);
  }

  #number(value: unknown, remember: boolean, sharing: boolean): number {
    if (typeof value !== "object" || value === null) return this.#scalar(value);
    if (sharing) {
      const known = this.#parts.get(value);
      if (known !== undefined) return known;
    }
    const began = this.#depth;
    let shape = 0;
    if (Array.isArray(value)) {
      this.#push(0);
      for (let at = 0; at < value.length; at++) this.#push(this.#number(value[at], remember, sharing));
    } else {
      const prototype = Object.getPrototypeOf(value);
      if (prototype !== Object.prototype && prototype !== null) {
        throw new TypeError("expected plain JSON, got an instance of a class");
      }
      this.#push(0);
      let trail = this.#shapes.root;
      for (const field of Object.keys(value)) {
        trail = this.#shapes.follow(trail, field);
        this.#push(this.#number((value as Record<string, unknown>)[field], remember, sharing));
      }
      const sorted = this.#shapes.sorted(trail);
      shape = sorted.shape;
      if (sorted.order !== undefined) this.#reorder(began + 1, sorted.order);
    }
    this.#stack[began] = shape;
    const number = this.#composite(began) * 2 + 1;
    this.#depth = began;
    if (remember) this.#parts.set(value, number);
    return number;
  }

  #scalar(value: unknown): number {
    const known = this.#scalars.get(value);
    if (known !== undefined) return known;
    const plain =
      value === null ||
      typeof value === "string" ||
      typeof value === "boolean" ||
      (typeof value === "number" && Number.isFinite(value));
    if (!plain) throw new TypeError(`expected plain JSON, got ${typeof value === "number" ? value : typeof value}`);
    const number = this.#scalars.size * 2;
    this.#scalars.set(value, number);
    return number;
  }

  #push(word: number): void {
    if (this.#depth === this.#stack.length) this.#stack = grown(this.#stack);
    this.#stack[this.#depth++] = word;
  }

  #reorder(from: number, order: readonly number[]): void {
    while (this.#scratch.length < order.length) this.#scratch = grown(this.#scratch);
    for (let at = 0; at < order.length; at++) this.#scratch[at] = this.#stack[from + at] as number;
    for (let at = 0; at < order.length; at++) this.#stack[from + at] = this.#scratch[order[at] as number] as number;
  }

  /** The composite whose words are on the stack from `began`, entered if it is new. */
  #composite(began: number): number {
    const length = this.#depth - began;
    const mask = this.#table.length - 1;
    let slot = this.#hash(began) & mask;
    for (let entry = this.#table[slot]; entry !== 0; entry = this.#table[slot]) {
      if (this.#same((entry as number) - 1, began, length)) return (entry as number) - 1;
      slot = (slot + 1) & mask;
    }
    const composite = this.#composites++;
    const start = this.#starts[composite] as number;
    while (start + length > this.#words.length) this.#words = grown(this.#words);
    for (let at = 0; at < length; at++) this.#words[start + at] = this.#stack[began + at] as number;
    if (composite + 1 === this.#starts.length) this.#starts = grown(this.#starts);
    this.#starts[composite + 1] = start + length;
    this.#table[slot] = composite + 1;
    if (this.#composites * 2 > this.#table.length) this.#rehash();
    return composite;
  }

  #same(composite: number, began: number, length: number): boolean {
    const start = this.#starts[composite] as number;
    if ((this.#starts[composite + 1] as number) - start !== length) return false;
    for (let at = 0; at < length; at++) {
      if (this.#words[start + at] !== this.#stack[began + at]) return false;
    }
    return true;
  }

  #hash(began: number): number {
    let hash = 0x811c9dc5;
    for (let at = began; at < this.#depth; at++) hash = mix(hash, this.#stack[at] as number);
    return hash ^ (hash >>> 15);
  }

  #rehash(): void {
    const table = new Int32Array(this.#table.length * 2);
    const mask = table.length - 1;
    for (let composite = 0; composite < this.#composites; composite++) {
      let hash = 0x811c9dc5;
      const end = this.#starts[composite + 1] as number;
      for (let at = this.#starts[composite] as number; at < end; at++) hash = mix(hash, this.#words[at] as number);
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = composite + 1;
    }
    this.#table = table;
  }
}

/** Where an object's fields, in the order in which they were written, have led. */
interface Trail {
  readonly next: Map<string, Trail>;
  readonly fields: readonly string[];
  sorted: Sorted | undefined;
}

/** The same fields sorted: one shape for every order, and where the sorted fields stand in the written order. */
interface Sorted {
  readonly shape: number;
  readonly order: readonly number[] | undefined;
}

/** Numbers the sets of fields that objects have; 0 is kept for arrays. */
class Shapes {
  readonly root: Trail = { next: new Map(), fields: [], sorted: undefined };
  readonly #shapes = new Map<string, number>();

  follow(trail: Trail, field: string): Trail {
    const known = trail.next.get(field);
    if (known !== undefined) return known;
    const next: Trail = { next: new Map(), fields: [...trail.fields, field], sorted: undefined };
    trail.next.set(field, next);
    return next;
  }

  sorted(trail: Trail): Sorted {
    trail.sorted ??= this.#sort(trail.fields);
    return trail.sorted;
  }

  #sort(fields: readonly string[]): Sorted {
    const sorted = fields.toSorted();
    const text = JSON.stringify(sorted);
    const shape = this.#shapes.get(text) ?? this.#shapes.size + 1;
    this.#shapes.set(text, shape);
    const inOrder = sorted.every((field, at) => field === fields[at]);
    return { shape, order: inOrder ? undefined : sorted.map((field) => fields.indexOf(field)) };
  }
}

function mix(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x9e3779b1);
  return mixed ^ (mixed >>> 16);
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
