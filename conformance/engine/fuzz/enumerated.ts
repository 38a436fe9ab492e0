import fc, { type Arbitrary } from "fast-check";
import { canonical } from "../../../impl/kernel/index.ts";
import type { ClosedSystem, Properties, Refinement } from "../contract.ts";
import { has } from "../replay.ts";
import { attempt } from "../walk.ts";
import type { Cluster, FuzzTarget, Kind } from "./target.ts";

/** A closed system of some size. */
export interface Sized<W, M> {
  readonly system: ClosedSystem<W, M>;
  readonly refinement: Refinement<W, M>;
  /** Default: none. */
  readonly properties?: Properties<W>;
}

/** A closed system of any size, and what its sizes have in common. */
export interface Enumerable<S, W, M> {
  readonly settings: Arbitrary<S>;
  open(settings: S): Sized<W, M>;
  /** Every action of the specification, by name. */
  readonly actions: readonly string[];
  /** The actions that are faults: a run may do without them, and they end when it settles. Default: none. */
  readonly faults?: readonly string[];
}

const noProperties: Properties<never> = { invariants: [], steps: [], atRest: [] };
const stutter = "stutter";

/** Settings that are one number, of things that the system has so many of. */
export function sizes(min: number, max: number): Arbitrary<number> {
  return fc.integer({ min, max });
}

/**
 * Fuzzes any closed system by going through all its moves: its kinds are the actions of the specification. Of a step
 * nothing is worth seeing but what every fuzzer sees: which action follows which.
 */
export function enumerated<S, W, M>(of: Enumerable<S, W, M>): FuzzTarget<S, W, M> {
  const { actions, faults = [] } = of;
  let opened: { readonly settings: S; readonly cluster: Cluster<W, M> } | undefined;
  return {
    kinds: [...actions, stutter].map((name): Kind => ({ name, weight: 1, fault: faults.includes(name) })),
    settings: of.settings,
    open(settings) {
      if (opened?.settings !== settings) opened = { settings, cluster: clusterOf(of.open(settings), faults) };
      return opened.cluster;
    },
  };
}

function clusterOf<W, M>(
  { system, refinement, properties = noProperties }: Sized<W, M>,
  faults: readonly string[],
): Cluster<W, M> {
  // A move that is several actions counts as the first.
  const kindOf = (world: W, move: M): string => refinement.moved(world, move)[0]?.name ?? stutter;
  // Several steps are drawn at a world before one is done.
  let last: { readonly world: W; readonly moves: ReadonlyMap<string, readonly M[]> } | undefined;
  const movesAt = (world: W): ReadonlyMap<string, readonly M[]> => {
    if (last?.world !== world) last = { world, moves: grouped(system.moves(world), (move) => kindOf(world, move)) };
    return last.moves;
  };
  const changes = (world: W, move: M): boolean => {
    const tried = attempt(system, world, move);
    return tried.kind === "threw" || (tried.kind === "took" && canonical(tried.world) !== canonical(world));
  };
  let over: { readonly world: W; readonly is: boolean } | undefined;
  let initials: readonly W[] | undefined;
  return {
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
    isOver(world) {
      if (over?.world !== world) over = { world, is: ![...system.moves(world)].some((move) => changes(world, move)) };
      return over.is;
    },
    has: (world, move) => has(system.moves(world), move),
    features: () => [],
  };
}

function grouped<M>(moves: Iterable<M>, kindOf: (move: M) => string): Map<string, M[]> {
  const groups = new Map<string, M[]>();
  for (const move of moves) {
    const kind = kindOf(move);
    const group = groups.get(kind);
    if (group === undefined) groups.set(kind, [move]);
    else group.push(move);
  }
  return groups;
}
