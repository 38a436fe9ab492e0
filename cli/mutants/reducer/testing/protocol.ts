import {
  type ClosedSystem,
  type ConformanceModels,
  model,
  type Refinement,
} from "../../../../conformance/engine/index.ts";
import { add } from "./counter/counter.ts";

interface Move {
  readonly by: number;
}

const system: ClosedSystem<number, Move> = {
  initials: () => [0],
  moves: () => [{ by: 1 }, { by: 2 }],
  apply: (count, { by }) => {
    const outcome = add(count, by);
    return outcome.kind === "took" ? { kind: "took", world: outcome.count } : outcome;
  },
};

const refinement: Refinement<number, Move> = {
  module: "Counter",
  actions: ["One", "Two"],
  view: (count) => ({ count }),
  moved: (_, { by }) => [{ name: by === 1 ? "One" : "Two" }],
};

/** The counter of the tests, as a protocol. */
export const counterModels: ConformanceModels = {
  protocol: "counter",
  modelOf: () => model(system, refinement),
  notConformed: {},
};
