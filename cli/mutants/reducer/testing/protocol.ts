import {
  type ClosedSystem,
  type ConformanceModels,
  enumerated,
  fuzzing,
  model,
  type Refinement,
  sizes,
} from "../../../../conformance/engine/index.ts";
import { add } from "./counter/counter.ts";

interface Move {
  readonly by: number;
}

/** The counter, added to by up to so much. */
const system = (most: number): ClosedSystem<number, Move> => ({
  initials: () => [0],
  moves: () => Array.from({ length: most }, (_, less) => ({ by: less + 1 })),
  apply: (count, { by }) => {
    const outcome = add(count, by);
    return outcome.kind === "took" ? { kind: "took", world: outcome.count } : outcome;
  },
});

const refinement: Refinement<number, Move> = {
  module: "Counter",
  actions: ["One", "Two"],
  view: (count) => ({ count }),
  moved: (_, { by }) => [{ name: by === 1 ? "One" : "Two" }],
};

/** The counter of the tests, as a protocol. */
export const counterModels: ConformanceModels = {
  protocol: "counter",
  modelOf: () => model(system(2), refinement),
  notConformed: {},
  fuzzing: fuzzing(
    enumerated({
      settings: sizes(1, 3),
      open: (most) => ({
        system: system(most),
        refinement,
        properties: {
          invariants: [{ name: "InRange", holds: (count: number) => count >= 0 && count <= 3 }],
          steps: [],
          atRest: [],
        },
      }),
      actions: refinement.actions,
    }),
  ),
};
