/** A list of 32-bit integers in one typed array that doubles as it fills. */
export class IntList {
  #items: Int32Array = new Int32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(item: number): void {
    if (this.#length === this.#items.length) this.#items = grown(this.#items, this.#length + 1);
    this.#items[this.#length] = item;
    this.#length += 1;
  }

  /** Lengthens the list to `length` items, the new ones being `item`. */
  fill(length: number, item: number): void {
    if (length <= this.#length) return;
    if (length > this.#items.length) this.#items = grown(this.#items, length);
    this.#items.fill(item, this.#length, length);
    this.#length = length;
  }

  at(index: number): number {
    return this.#items[index] ?? 0;
  }

  set(index: number, item: number): void {
    this.#items[index] = item;
  }

  /** The items, in the list's own memory: valid until it next grows. */
  items(): Int32Array {
    return this.#items.subarray(0, this.#length);
  }
}

/** A copy with room for `length` items at least. */
function grown(items: Int32Array, length: number): Int32Array {
  const larger = new Int32Array(Math.max(length, items.length * 2));
  larger.set(items);
  return larger;
}
