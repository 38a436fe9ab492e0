import { freeze } from "immer";
import { canonical } from "../../../impl/kernel/index.ts";
import { attempt, thrown } from "../walk.ts";
import { Dice } from "./dice.ts";
import type { Cluster } from "./target.ts";

/**
 * What must not happen: a property does not hold (of a world, of a step, of the world at rest), something threw (a
 * world is frozen, so that changing it in place throws, too), the world never comes to rest, or a step is none of the
 * specification's.
 */
export interface Breach {
  readonly kind: "invariant" | "step" | "at rest" | "threw" | "unsettled" | "stray";
  /** The name of the property, or what was thrown, or what is wrong with the step. */
  readonly says: string;
}

/** Is told of every step, and may object to it. */
export interface Watch<W, M> {
  began(world: W): Breach | undefined;
  stepped(before: W, move: M, after: W): Breach | undefined;
}

/** A move that is not refused, and the world that it leads to or what it throws. */
export type Drawn<W, M> = { readonly move: M; readonly world: W } | { readonly move: M; readonly threw: string };

/** Steps that it may take to come to rest, and those after which it is watched for going round in circles. */
const LONGEST_SETTLING = 10_000;
const LONG_SETTLING = 64;

/** A cluster while it is driven: the world it is in, and the moves that were taken, the one that broke it last. */
export class Game<W, M> {
  readonly #cluster: Cluster<W, M>;
  readonly #watch: Watch<W, M> | undefined;
  readonly #moves: M[] = [];
  #world: W;
  #breach: Breach | undefined;
  #settledAt: number | undefined;

  /** `start` is the seed of the choice among initial worlds. */
  constructor(cluster: Cluster<W, M>, start: number, watch?: Watch<W, M>) {
    this.#cluster = cluster;
    this.#watch = watch;
    this.#world = freeze(cluster.start(new Dice(start)), true);
    this.#guarded(() => {
      const objection = this.#watch?.began(this.#world);
      return this.#judged(this.#world) ?? objection;
    });
  }

  get world(): W {
    return this.#world;
  }

  get moves(): readonly M[] {
    return this.#moves;
  }

  /** How many moves were taken before it settled. */
  get settledAt(): number {
    return this.#settledAt ?? this.#moves.length;
  }

  get breach(): Breach | undefined {
    return this.#breach;
  }

  /** What the first of these moves that is not refused would do, if there is one. */
  draw(candidates: (world: W) => Iterable<M>): Drawn<W, M> | undefined {
    let drawn: Drawn<W, M> | undefined;
    this.#guarded(() => {
      for (const move of candidates(this.#world)) {
        const tried = attempt(this.#cluster.system, this.#world, move);
        if (tried.kind === "refused") continue;
        drawn = tried.kind === "took" ? { move, world: tried.world } : { move, threw: thrown(tried.error) };
        break;
      }
      return undefined;
    });
    return drawn;
  }

  /** Does what was drawn at this world. */
  do({ move, ...drawn }: Drawn<W, M>): void {
    this.#moves.push(move);
    this.#guarded(() => ("threw" in drawn ? { kind: "threw", says: drawn.threw } : this.#entered(move, drawn.world)));
  }

  /** Takes the first of these moves that is not refused; whether there was one. */
  take(candidates: (world: W) => Iterable<M>): boolean {
    const drawn = this.draw(candidates);
    if (drawn !== undefined) this.do(drawn);
    return drawn !== undefined;
  }

  /** Nothing but what has to happen happens from here on; what must hold at rest is judged then. */
  settle(): void {
    this.#settledAt = this.#moves.length;
    let mark: W | undefined;
    for (let steps = 1; this.#breach === undefined; steps++) {
      if (!this.take((world) => this.#cluster.settle(world))) break;
      // A protocol that promises nothing of a world at rest need not come to rest.
      if (steps > LONG_SETTLING && this.#cluster.properties.atRest.length === 0) return;
      if (steps === LONGEST_SETTLING || (mark !== undefined && canonical(mark) === canonical(this.#world))) {
        this.#breach = { kind: "unsettled", says: "it never comes to rest without faults" };
      }
      // Marks are set ever further apart, so that a circle of any length is gone round from one of them.
      if (steps >= LONG_SETTLING && Number.isInteger(Math.log2(steps / LONG_SETTLING))) mark = this.#world;
    }
    this.#guarded(() => {
      const broken = this.#cluster.properties.atRest.find(({ holds }) => !holds(this.#world));
      return broken === undefined ? undefined : { kind: "at rest", says: broken.name };
    });
  }

  #entered(move: M, world: W): Breach | undefined {
    const before = this.#world;
    this.#world = freeze(world, true);
    const objection = this.#watch?.stepped(before, move, world);
    const broken = this.#cluster.properties.steps.find(({ holds }) => !holds(before, world));
    if (broken !== undefined) return { kind: "step", says: broken.name };
    return this.#judged(world) ?? objection;
  }

  #judged(world: W): Breach | undefined {
    const broken = this.#cluster.properties.invariants.find(({ holds }) => !holds(world));
    return broken === undefined ? undefined : { kind: "invariant", says: broken.name };
  }

  /** Whatever throws, be it a property that cannot make sense of a world, is a breach. The first one counts. */
  #guarded(body: () => Breach | undefined): void {
    if (this.#breach !== undefined) return;
    try {
      this.#breach = body();
    } catch (error) {
      this.#breach = { kind: "threw", says: thrown(error) };
    }
  }
}
