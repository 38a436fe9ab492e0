import { IntList } from "./growable.ts";

/** Numbers distinct byte strings `0, 1, 2 …` in the order in which they are first seen, and keeps one copy of each. */
export class ByteInterner {
  #arena: Uint8Array = new Uint8Array(4096);
  readonly #starts = new IntList();
  readonly #hashes = new IntList();
  /** Open addressing; a slot holds a number plus one, so that zero is free. */
  #slots: Int32Array = new Int32Array(64);

  constructor() {
    this.#starts.push(0);
  }

  get size(): number {
    return this.#hashes.length;
  }

  /** The number of `bytes[from … to)`, of which `hash` is {@link hashByte} folded over every byte from {@link HASH_SEED}. */
  number(bytes: Uint8Array, from: number, to: number, hash: number): number {
    let slot = this.#slot(hash);
    for (;;) {
      const number = (this.#slots[slot] ?? 0) - 1;
      if (number < 0) return this.#add(bytes, from, to, hash, slot);
      if (this.#hashes.at(number) === hash && this.#same(number, bytes, from, to)) return number;
      slot = (slot + 1) & (this.#slots.length - 1);
    }
  }

  /** The bytes behind a number, in the interner's own memory. */
  bytes(number: number): Uint8Array {
    return this.#arena.subarray(this.#starts.at(number), this.#starts.at(number + 1));
  }

  #slot(hash: number): number {
    // The low bits of an FNV hash of texts that end alike are poor; fold the high ones in.
    return (hash ^ (hash >>> 15)) & (this.#slots.length - 1);
  }

  #same(number: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#starts.at(number);
    if (this.#starts.at(number + 1) - start !== to - from) return false;
    for (let at = from; at < to; at += 1) {
      if (this.#arena[start + at - from] !== bytes[at]) return false;
    }
    return true;
  }

  #add(bytes: Uint8Array, from: number, to: number, hash: number, slot: number): number {
    const number = this.size;
    const start = this.#starts.at(number);
    const end = start + to - from;
    if (end > this.#arena.length) {
      const larger = new Uint8Array(Math.max(end, this.#arena.length * 2));
      larger.set(this.#arena.subarray(0, start));
      this.#arena = larger;
    }
    this.#arena.set(bytes.subarray(from, to), start);
    this.#starts.push(end);
    this.#hashes.push(hash);
    this.#slots[slot] = number + 1;
    if (this.size * 2 > this.#slots.length) this.#rehash();
    return number;
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let number = 0; number < this.size; number += 1) {
      let slot = this.#slot(this.#hashes.at(number));
      while (this.#slots[slot] !== 0) slot = (slot + 1) & (this.#slots.length - 1);
      this.#slots[slot] = number + 1;
    }
  }
}

/** Where the hash of a byte string starts. */
export const HASH_SEED: number = 0x811c9dc5 | 0;

/** One step of the hash (FNV-1a), inlined by the engine. */
export function hashByte(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193);
}
