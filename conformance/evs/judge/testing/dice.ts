/** Numbers that follow from a seed (mulberry32), for choices that have to be the same at every run. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to one less than `sides`. */
  roll(sides: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  }

  one<T>(of: readonly T[]): T | undefined {
    return of.length === 0 ? undefined : of[this.roll(of.length)];
  }

  some<T>(of: readonly T[]): T[] {
    return of.filter(() => this.roll(2) === 0);
  }
}
