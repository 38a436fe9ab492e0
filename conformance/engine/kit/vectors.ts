/** What a node answers to one event; the new state is a number of {@link Vectors.states}. */
export type Answer =
  | {
      readonly kind: "took";
      readonly action: string;
      readonly state: number;
      readonly effects: readonly unknown[];
    }
  | { readonly kind: "refused"; readonly action: string; readonly because: string };

/** How a node starts with a configuration. */
export interface Initial {
  readonly config: number;
  readonly outcome: { readonly state: number; readonly effects: readonly unknown[] };
}

/** What one event does to a node in one state. */
export interface Step {
  readonly config: number;
  readonly state: number;
  readonly event: number;
  readonly outcome: Answer;
}

/** Calls of a reducer with what it answered, each once: plain JSON, values by their number, counted from 0. */
export interface Vectors {
  readonly configs: readonly unknown[];
  readonly events: readonly unknown[];
  readonly states: readonly unknown[];
  readonly initials: readonly Initial[];
  readonly steps: readonly Step[];
}

/** Vectors, with how many of the steps a walk of the closed systems asked: those come first, all others after. */
export interface Recorded extends Vectors {
  readonly walked: number;
}

/** How often each action was taken, and how often it was refused because of each conjunct. */
export interface Tallied {
  readonly took: Readonly<Record<string, number>>;
  readonly refused: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Counts vectors by what was answered; names are sorted. */
export function tallied({ steps }: Vectors): Tallied {
  const took = new Map<string, number>();
  const refused = new Map<string, Map<string, number>>();
  for (const { outcome } of steps) {
    const { action } = outcome;
    if (outcome.kind === "took") took.set(action, (took.get(action) ?? 0) + 1);
    else {
      const conjuncts = refused.get(action) ?? new Map<string, number>();
      refused.set(action, conjuncts.set(outcome.because, (conjuncts.get(outcome.because) ?? 0) + 1));
    }
  }
  return {
    took: sorted(took),
    refused: sorted(new Map([...refused].map(([action, conjuncts]) => [action, sorted(conjuncts)]))),
  };
}

function sorted<T>(counts: ReadonlyMap<string, T>): Record<string, T> {
  return Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What a reducer can answer: of each action whether it is ever taken, and the conjuncts that may refuse it. */
export type Answers = Readonly<Record<string, { readonly taken: boolean; readonly refusedFor: readonly string[] }>>;

/** Which of the answers that a reducer can give have no vector, and which vectors have one that it cannot give. */
export function gaps(vectors: Vectors, answers: Answers): string[] {
  const { took, refused } = tallied(vectors);
  const wanted = Object.entries(answers).flatMap(([action, { taken, refusedFor }]) => [
    ...(taken ? [`${action} taken`] : []),
    ...refusedFor.map((conjunct) => `${action} refused because of ${conjunct}`),
  ]);
  const there = [
    ...Object.keys(took).map((action) => `${action} taken`),
    ...Object.entries(refused).flatMap(([action, conjuncts]) =>
      Object.keys(conjuncts).map((conjunct) => `${action} refused because of ${conjunct}`),
    ),
  ];
  const begun = new Set(vectors.initials.map(({ config }) => config));
  const unbegun = vectors.configs.map((_, config) => config).filter((config) => !begun.has(config));
  return [
    ...unbegun.map((config) => `no vector tells how a node with configuration ${config} starts`),
    ...wanted.filter((answer) => !there.includes(answer)).map((answer) => `no vector has ${answer}`),
    ...there.filter((answer) => !wanted.includes(answer)).map((answer) => `${answer} is not said to be possible`),
  ];
}
