import type { ClosedSystem, Tried } from "./contract.ts";
import { fitted } from "./fitted.ts";
import { Interner } from "./intern.ts";

/** A way from an initial world: which of them, counted from 0, and the moves in order. */
export interface Path<M> {
  readonly initial: number;
  readonly moves: readonly M[];
}

/** What is told while a system is walked. Worlds are numbered in the order in which breadth-first search meets them. */
export interface Visitor<W, M> {
  /** A world met for the first time. False leaves it as it is: its moves are not tried. */
  met(world: W, id: number): boolean;
  /** The moves of a world are about to be tried. */
  entered?(world: W, id: number): void;
  /** One move was tried at the world entered last; `landed` is the world that it led to, -1 where it was refused. */
  tried(move: M, tried: Tried<W>, landed: number): void;
  /** One move was neither taken nor refused: the system threw. */
  threw(move: M, error: unknown): void;
  /** All moves of the world were tried. */
  left?(world: W, id: number): void;
  /** A world is no longer what it was when it was met: something changed it in place. */
  mutated(id: number): void;
}

export interface WalkOptions {
  /** The walk stops when it has met this many worlds (default 10,000,000). */
  readonly maxWorlds?: number;
  /** Asked before the moves of a world are tried; the walk stops where the answer is true. */
  readonly stop?: () => boolean;
  /** Called now and then. */
  readonly progress?: (progress: Progress) => void;
}

/** Worlds met, worlds not yet entered, moves tried and taken, and how deep the search is. */
export interface Progress {
  readonly worlds: number;
  readonly queue: number;
  readonly tries: number;
  readonly edges: number;
  readonly depth: number;
}

/** What a walk came to; it is `complete` when no world was left out. */
export interface Walked extends Progress {
  readonly complete: boolean;
}

const worldsBetweenProgress = 4096;

/**
 * Breadth-first search over a closed system: each distinct world once, each of its moves once. Whether a world was
 * changed in place since it was met is checked by encoding it afresh, once its moves have been tried.
 */
export class Walk<W, M> {
  readonly #system: ClosedSystem<W, M>;
  readonly #interner = new Interner();
  /** World of each number of the interner, plus 1; 0 where there is none. */
  #worldOf = new Int32Array(1024);
  #numbers = new Int32Array(1024);
  /** The world that a world was first reached from, or -1 - n for initial world n. */
  #parents = new Int32Array(1024);
  /** Which of the parent's moves led here, counted from 0: moves themselves need not be kept. */
  #ordinals = new Int32Array(1024);
  #worlds = 0;

  constructor(system: ClosedSystem<W, M>) {
    this.#system = system;
  }

  run(visitor: Visitor<W, M>, options: WalkOptions = {}): Walked {
    const maxWorlds = options.maxWorlds ?? 10_000_000;
    let level: Met<W>[] = [];
    let next: Met<W>[] = [];
    let tries = 0;
    let edges = 0;
    let depth = 0;
    let entered = 0;
    let at = 0;
    const now = (): Progress => ({ worlds: this.#worlds, queue: level.length - at + next.length, tries, edges, depth });
    const meet = (world: W, number: number, parent: number, ordinal: number): number => {
      const id = this.#enter(number, parent, ordinal);
      if (visitor.met(world, id)) next.push({ world, id });
      return id;
    };

    let initial = 0;
    for (const world of this.#system.initials()) {
      const number = this.#interner.number(world);
      if (this.#find(number) < 0) meet(world, number, -1 - initial, 0);
      initial++;
    }
    for (; next.length > 0; depth++) {
      [level, next] = [next, []];
      for (at = 0; at < level.length; at++) {
        if (this.#worlds >= maxWorlds || options.stop?.() === true) return { ...now(), complete: false };
        const { world, id } = level[at] as Met<W>;
        // A world that was entered is no longer needed, and a level can hold most of them.
        level[at] = undefined as unknown as Met<W>;
        this.#interner.remember(world);
        visitor.entered?.(world, id);
        let ordinal = 0;
        for (const move of this.#system.moves(world)) {
          tries++;
          const tried = attempt(this.#system, world, move);
          if (tried.kind === "took") {
            edges++;
            const number = this.#interner.sharing(tried.world);
            const known = this.#find(number);
            visitor.tried(move, tried, known < 0 ? meet(tried.world, number, id, ordinal) : known);
          } else if (tried.kind === "refused") visitor.tried(move, tried, -1);
          else visitor.threw(move, tried.error);
          ordinal++;
        }
        if (this.#interner.number(world) !== this.#numbers[id]) visitor.mutated(id);
        visitor.left?.(world, id);
        if (++entered % worldsBetweenProgress === 0) options.progress?.(now());
      }
    }
    at = level.length;
    return { ...now(), complete: true };
  }

  /** The shortest way to a world that was met. */
  path(id: number): Path<M> {
    return this.rebuild(id).path;
  }

  /** Makes a world again from its initial world, and says how it came about. */
  rebuild(id: number): { readonly world: W; readonly path: Path<M> } {
    const ordinals: number[] = [];
    let from = id;
    for (; (this.#parents[from] as number) >= 0; from = this.#parents[from] as number) {
      ordinals.push(this.#ordinals[from] as number);
    }
    const initial = -1 - (this.#parents[from] as number);
    let world = nth(this.#system.initials(), initial);
    const moves: M[] = [];
    for (const ordinal of ordinals.reverse()) {
      const move = nth(this.#system.moves(world), ordinal);
      const tried = this.#system.apply(world, move);
      if (tried.kind !== "took") throw new Unsteady();
      moves.push(move);
      world = tried.world;
    }
    return { world, path: { initial, moves } };
  }

  /** Whether a world is the one that was met under this number; it is encoded afresh. */
  is(id: number, world: W): boolean {
    return this.#interner.number(world) === this.#numbers[id];
  }

  #find(number: number): number {
    return number < this.#worldOf.length ? (this.#worldOf[number] as number) - 1 : -1;
  }

  #enter(number: number, parent: number, ordinal: number): number {
    const id = this.#worlds++;
    this.#worldOf = fitted(this.#worldOf, number);
    this.#numbers = fitted(this.#numbers, id);
    this.#parents = fitted(this.#parents, id);
    this.#ordinals = fitted(this.#ordinals, id);
    this.#worldOf[number] = id + 1;
    this.#numbers[id] = number;
    this.#parents[id] = parent;
    this.#ordinals[id] = ordinal;
    return id;
  }
}

interface Met<W> {
  readonly world: W;
  readonly id: number;
}

type Attempt<W> = Tried<W> | { readonly kind: "threw"; readonly error: unknown };

/** Tries a move; what the system throws is a finding, and never ends the search for others. */
export function attempt<W, M>(system: ClosedSystem<W, M>, world: W, move: M): Attempt<W> {
  try {
    return system.apply(world, move);
  } catch (error) {
    return { kind: "threw", error };
  }
}

/** The words of what was thrown. */
export function thrown(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A way that was found could not be gone again, so that nothing can be shown or reproduced. */
export class Unsteady extends Error {
  constructor() {
    super("the closed system is not deterministic: the same moves from the same initial world were not taken again");
  }
}

function nth<T>(items: Iterable<T>, n: number): T {
  let at = 0;
  for (const item of items) if (at++ === n) return item;
  throw new Unsteady();
}
