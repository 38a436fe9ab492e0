import { IntList } from "./growable.ts";

/**
 * Numbers TLC's 64-bit fingerprints `0, 1, 2 …` in the order in which they are first seen. A fingerprint is given as its
 * sign and magnitude in two halves of 32 bits, since numbers of JavaScript hold no 64.
 */
export class Fingerprints {
  readonly #high = new IntList();
  readonly #low = new IntList();
  /** Open addressing; a slot holds a number plus one, so that zero is free. */
  #slots: Int32Array = new Int32Array(1024);

  get size(): number {
    return this.#high.length;
  }

  number(high: number, low: number): number {
    let slot = this.#slot(high, low);
    for (;;) {
      const number = (this.#slots[slot] ?? 0) - 1;
      if (number < 0) return this.#add(high, low, slot);
      if (this.#low.at(number) === low && this.#high.at(number) === high) return number;
      slot = (slot + 1) & (this.#slots.length - 1);
    }
  }

  /** The fingerprint as TLC writes it. */
  text(number: number): string {
    const high = this.#high.at(number);
    const magnitude = (BigInt(high & 0x7fffffff) << 32n) | BigInt(this.#low.at(number) >>> 0);
    return `${high < 0 ? "-" : ""}${magnitude}`;
  }

  #slot(high: number, low: number): number {
    // A fingerprint is a good hash already.
    return (high ^ low) & (this.#slots.length - 1);
  }

  #add(high: number, low: number, slot: number): number {
    const number = this.size;
    this.#high.push(high);
    this.#low.push(low);
    this.#slots[slot] = number + 1;
    if (this.size * 2 > this.#slots.length) this.#rehash();
    return number;
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let number = 0; number < this.size; number += 1) {
      let slot = this.#slot(this.#high.at(number), this.#low.at(number));
      while (this.#slots[slot] !== 0) slot = (slot + 1) & (this.#slots.length - 1);
      this.#slots[slot] = number + 1;
    }
  }
}
