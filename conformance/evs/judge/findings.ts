import { SPECIFICATIONS, type Specification } from "./specification.ts";

/** A specification that does not hold, and the lines of the recording that show it. */
export interface Violation {
  /**
   * More than one where no run violates one of them alone, 2.3 and 2.4 or 6.1 and 6.2; and 1.3 and 1.4 where it cannot
   * be told any more which of them it is.
   */
  readonly specifications: readonly Specification[];
  readonly says: string;
  /** In the order in which the events precede one another, where there is one. */
  readonly lines: readonly number[];
}

/** What was compared for each specification, and what was found. */
export class Findings {
  readonly compared: Record<Specification, number>;
  readonly violations: Violation[] = [];
  /** Violations beyond those that are kept. */
  more = 0;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
    this.compared = Object.fromEntries(SPECIFICATIONS.map((name) => [name, 0])) as Record<Specification, number>;
  }

  /** Whether another violation would still be kept, so that its evidence is worth the search. */
  get isOpen(): boolean {
    return this.violations.length < this.#most;
  }

  compare(specification: Specification, times = 1): void {
    this.compared[specification] += times;
  }

  violate(specifications: readonly Specification[], says: string, lines: readonly number[]): void {
    if (this.isOpen) this.violations.push({ specifications, says, lines: [...new Set(lines)] });
    else this.more++;
  }
}
