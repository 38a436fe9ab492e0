import fc from "fast-check";
import { canonical } from "../../../impl/kernel/index.ts";
import type { ClosedSystem, Properties, Refinement } from "../contract.ts";
import { has } from "../replay.ts";
import type { FuzzTarget, Kind } from "./target.ts";

/** What is known of a closed system beside its moves. */
export interface EnumeratedOptions<W> {
  /** Default: none. */
  readonly properties?: Properties<W>;
  /** The actions that are faults: a run may do without them, and they end when it settles. Default: none. */
  readonly faults?: readonly string[];
}

const noProperties: Properties<never> = { invariants: [], steps: [], atRest: [] };
const stutter = "stutter";

/**
 * Fuzzes any closed system within its bounds by going through all its moves: its kinds are the actions of the
 * specification. Of a step nothing is worth seeing but what every fuzzer sees: which action follows which.
 */
export function enumerated<W, M>(
  system: ClosedSystem<W, M>,
  refinement: Refinement<W, M>,
  { properties = noProperties, faults = [] }: EnumeratedOptions<W> = {},
): FuzzTarget<null, W, M> {
  // A move that is several actions counts as the first.
  const kindOf = (world: W, move: M): string => refinement.moved(world, move)[0]?.name ?? stutter;
  const kinds = [...refinement.actions, stutter].map(
    (name): Kind => ({ name, weight: 1, fault: faults.includes(name) }),
  );
  const changes = (world: W, move: M): boolean => {
    const tried = system.apply(world, move);
    return tried.kind === "took" && canonical(tried.world) !== canonical(world);
  };
  // Several steps are drawn at a world before one is done.
  let last: { readonly world: W; readonly moves: ReadonlyMap<string, readonly M[]> } | undefined;
  const movesAt = (world: W): ReadonlyMap<string, readonly M[]> => {
    if (last?.world === world) return last.moves;
    const moves = new Map<string, M[]>();
    for (const move of system.moves(world)) {
      const kind = kindOf(world, move);
      const same = moves.get(kind);
      if (same === undefined) moves.set(kind, [move]);
      else same.push(move);
    }
    last = { world, moves };
    return moves;
  };
  let initials: readonly W[] | undefined;
  return {
    kinds,
    settings: fc.constant(null),
    open: () => ({
      system,
      refinement,
      properties,
      start(dice) {
        initials ??= [...system.initials()];
        const world = dice.pick(initials);
        if (world === undefined) throw new RangeError("the closed system has no initial world");
        return world;
      },
      pick: (world, kind, dice) => dice.shuffled(movesAt(world).get(kind) ?? []),
      *settle(world) {
        for (const move of system.moves(world)) {
          if (!faults.includes(kindOf(world, move)) && changes(world, move)) yield move;
        }
      },
      has: (world, move) => has(system.moves(world), move),
      features: () => [],
    }),
  };
}
