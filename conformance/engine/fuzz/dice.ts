import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Chance that is told by one number: the same number, the same throws. */
export class Dice {
  readonly #generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number) {
    // Seeds that are close to each other would begin alike.
    this.#generator = xoroshiro128plus(Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1));
  }

  /** A whole number of at least 0 and less than `bound`, which is at least 1. */
  below(bound: number): number {
    return uniformInt(this.#generator, 0, bound - 1);
  }

  /** A seed for dice of their own. */
  seed(): number {
    return this.#generator.next() >>> 1;
  }

  /** One of these, if there are any. */
  pick<T>(items: readonly T[]): T | undefined {
    return items.length === 0 ? undefined : items[this.below(items.length)];
  }

  /** The index of one of these weights, by its share of their sum; -1 where all are 0. */
  weighted(weights: readonly number[]): number {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (sum === 0) return -1;
    let left = this.below(sum);
    return weights.findIndex((weight) => {
      left -= weight;
      return left < 0;
    });
  }

  /** The same items in some order. */
  shuffled<T>(items: readonly T[]): T[] {
    const order = [...items];
    for (let at = order.length - 1; at > 0; at--) {
      const other = this.below(at + 1);
      [order[at], order[other]] = [order[other] as T, order[at] as T];
    }
    return order;
  }
}
