import type { ClosedSystem, Properties } from "./contract.ts";
import { type Path, thrown, Walk, type Walked, type WalkOptions } from "./walk.ts";

export interface ExploreOptions<W> extends WalkOptions {
  /** What is evaluated at each world and for each step; what holds at rest is not. */
  readonly properties?: Pick<Properties<W>, "invariants" | "steps">;
  /** How many violations of each kind are kept with their paths; the first ones found are the shortest. Default 1. */
  readonly keep?: number;
}

/** What went wrong, how often, and the shortest ways to it. */
export interface Violation<M> {
  /** `invariant` or `step`: a property does not hold; `threw`: a move threw; `mutated`: a world was changed in place. */
  readonly kind: "invariant" | "step" | "threw" | "mutated";
  /** The name of the property, or what was thrown. */
  readonly says: string;
  readonly count: number;
  readonly paths: readonly Path<M>[];
}

export interface Explored<M> extends Walked {
  readonly seconds: number;
  /** Moves taken in a second. */
  readonly rate: number;
  readonly violations: readonly Violation<M>[];
}

/** Visits every reachable world of a closed system, breadth first, and evaluates the properties. */
export function explore<W, M>(system: ClosedSystem<W, M>, options: ExploreOptions<W> = {}): Explored<M> {
  const began = performance.now();
  const walk = new Walk(system);
  const violations = new Map<string, Found<M>>();
  const found = (kind: Violation<M>["kind"], says: string, id: number, move?: M): void => {
    const known = violations.get(`${kind} ${says}`) ?? { kind, says, count: 0, paths: [] };
    violations.set(`${kind} ${says}`, known);
    known.count++;
    if (known.paths.length >= (options.keep ?? 1)) return;
    const path = walk.path(id);
    known.paths.push(move === undefined ? path : { ...path, moves: [...path.moves, move] });
  };

  const { invariants = [], steps = [] } = options.properties ?? {};
  let here = -1;
  let before: W | undefined;
  const walked = walk.run(
    {
      met(world, id) {
        for (const invariant of invariants) {
          if (!invariant.holds(world)) found("invariant", invariant.name, id);
        }
        return true;
      },
      entered(world, id) {
        here = id;
        before = world;
      },
      tried(move, tried) {
        if (tried.kind === "refused") return;
        for (const property of steps) {
          if (!property.holds(before as W, tried.world)) found("step", property.name, here, move);
        }
      },
      threw(move, error) {
        found("threw", thrown(error), here, move);
      },
      mutated(id) {
        found("mutated", "a move changed the world that it was tried at", id);
      },
    },
    options,
  );
  const seconds = (performance.now() - began) / 1000;
  return { ...walked, seconds, rate: walked.edges / seconds, violations: [...violations.values()] };
}

type Found<M> = { -readonly [K in keyof Violation<M>]: Violation<M>[K] } & { paths: Path<M>[] };
