import type { Claim, Count } from "./findings.ts";

/** Counts one claim for each action; index `undefined` is for what no action was told of, such as an initial world. */
export class Tally {
  readonly #names: readonly string[];
  readonly #agreed: Float64Array;
  readonly #mismatched: Float64Array;

  constructor(names: readonly string[]) {
    this.#names = names;
    this.#agreed = new Float64Array(names.length);
    this.#mismatched = new Float64Array(names.length + 1);
  }

  agree(label: number): void {
    this.#agreed[label] = (this.#agreed[label] as number) + 1;
  }

  mismatch(label: number | undefined): void {
    const at = label ?? this.#names.length;
    this.#mismatched[at] = (this.#mismatched[at] as number) + 1;
  }

  agreed(label: number): number {
    return this.#agreed[label] as number;
  }

  total(): Count {
    const mismatches = sum(this.#mismatched);
    return { compared: sum(this.#agreed) + mismatches, mismatches };
  }

  claim(): Claim {
    const actions = this.#names.map((name, label): [string, Count] => {
      const mismatches = this.#mismatched[label] as number;
      return [name, { compared: this.agreed(label) + mismatches, mismatches }];
    });
    return { ...this.total(), actions: Object.fromEntries(actions) };
  }
}

function sum(counts: Float64Array): number {
  return counts.reduce((total, count) => total + count, 0);
}
