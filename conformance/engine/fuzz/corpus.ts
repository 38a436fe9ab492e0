import type { Dice } from "./dice.ts";
import type { Run } from "./run.ts";

/** What was seen: how often, and the run that came to it with the fewest choices. */
interface Seen<S> {
  hits: number;
  run: Run<S>;
  choices: number;
}

/** Candidates among which the rarest is gone back to. */
const DRAWN = 4;

/** Everything that the runs of a campaign have seen, with a way to each. */
export class Corpus<S> {
  readonly #seen = new Map<string | number, Seen<S>>();
  readonly #all: Seen<S>[] = [];

  get size(): number {
    return this.#all.length;
  }

  /** Enters what a run has seen after so many of its choices. */
  add(feature: string | number, run: Run<S>, choices: number): void {
    const seen = this.#seen.get(feature);
    if (seen === undefined) {
      const first = { hits: 1, run, choices };
      this.#seen.set(feature, first);
      this.#all.push(first);
      return;
    }
    seen.hits++;
    if (choices < seen.choices) {
      seen.run = run;
      seen.choices = choices;
    }
  }

  /**
   * A run made of one that was seen: as a rule it goes to where something rare was seen, and goes on like `fresh`, which
   * is a run that nothing is known of; now and then it goes on like another one, or does some things differently.
   */
  next(dice: Dice, fresh: Run<S>, steps: number): Run<S> {
    const drawn = Array.from({ length: DRAWN }, () => this.#all[dice.below(this.#all.length)]);
    const seen = drawn.reduce((rarest, one) => ((one?.hits ?? 0) < (rarest?.hits ?? 0) ? one : rarest));
    if (seen === undefined) return fresh;
    const { run, choices } = seen;
    const way = run.choices.slice(0, choices);
    switch (dice.below(8)) {
      case 0:
        return { ...run, choices: changed(dice, run.choices, fresh.choices) };
      case 1:
        return {
          ...run,
          choices: [...way, ...(dice.pick(this.#all)?.run.choices.slice(choices) ?? [])].slice(0, steps),
        };
      default:
        return { ...run, choices: [...way, ...fresh.choices].slice(0, steps) };
    }
  }
}

/** Some choices made anew. */
function changed(dice: Dice, choices: readonly number[], fresh: readonly number[]): number[] {
  const share = 1 + dice.below(8);
  return choices.map((choice, at) => (dice.below(8) < share ? choice : (fresh[at] ?? choice)));
}
