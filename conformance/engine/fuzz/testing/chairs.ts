import type { ClosedSystem, Refinement, Tried } from "../../contract.ts";
import { type Enumerable, sizes } from "../enumerated.ts";

/** People around a table, of whom any may sit down and stand up; a storm, which is a fault, blows over all chairs. */
export interface World {
  readonly seated: readonly boolean[];
  readonly storms: number;
}
export type Move = { readonly sit: number } | { readonly stand: number } | "storm";

const most = 2;

function system(people: number): ClosedSystem<World, Move> {
  const each = Array.from({ length: people }, (_, who) => who);
  return {
    initials: () => [{ seated: each.map(() => false), storms: 0 }],
    moves: () => [...each.map((sit) => ({ sit })), ...each.map((stand) => ({ stand })), "storm"],
    apply(world, move) {
      if (move === "storm") {
        if (world.storms === most) return { kind: "refused", because: "calm" };
        return { kind: "took", world: { seated: world.seated.map(() => false), storms: world.storms + 1 } };
      }
      if ("stand" in move) return { kind: "refused", because: "comfortable" };
      if (world.seated[move.sit]) return { kind: "refused", because: "standing" };
      return { kind: "took", world: { ...world, seated: world.seated.with(move.sit, true) } };
    },
  };
}

const refinement: Refinement<World, Move> = {
  module: "Chairs",
  actions: ["Sit", "Stand", "Storm"],
  view: ({ seated, storms }) => ({ seated: { "#tup": seated }, storms }),
  moved: (_, move) => [{ name: move === "storm" ? "Storm" : "sit" in move ? "Sit" : "Stand" }],
};

/** Tables of 1 to 6 people, with another answer to some tries. */
export function chairs(
  answer: (world: World, move: Move) => Tried<World> | undefined = () => undefined,
): Enumerable<number, World, Move> {
  return {
    settings: sizes(1, 6),
    actions: refinement.actions,
    faults: ["Storm"],
    open(people) {
      const genuine = system(people);
      return {
        system: { ...genuine, apply: (world, move) => answer(world, move) ?? genuine.apply(world, move) },
        refinement,
        properties: {
          invariants: [{ name: "FewStorms", holds: ({ storms }) => storms <= most }],
          steps: [
            {
              name: "OneByOne",
              holds: (before, after) => count(after) - count(before) <= 1,
            },
          ],
          atRest: [{ name: "AllSeated", holds: ({ seated }) => seated.every(Boolean) }],
        },
      };
    },
  };
}

export function count({ seated }: World): number {
  return seated.filter(Boolean).length;
}
