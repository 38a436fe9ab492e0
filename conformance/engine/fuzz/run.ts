import fc from "fast-check";
import { Dice } from "./dice.ts";
import { Game, type Watch } from "./game.ts";
import type { Cluster, FuzzTarget, Kind } from "./target.ts";

/**
 * All that decides what happens in a run. Each choice is the seed of one step, so that a run can be cut, spliced and
 * shortened, and what is left still means the same at the same world.
 */
export interface Run<S> {
  readonly settings: S;
  /** The seed of the choice among initial worlds. */
  readonly start: number;
  /** For each kind of move how often it is chosen: an index into {@link LEVELS}. */
  readonly swarm: readonly number[];
  readonly choices: readonly number[];
}

/** Off, slow, as usual, quick. */
const LEVELS = [0, 1, 4, 16] as const;
const USUAL = 2;

/** Whether each kind is as likely as usual in every run, or every run is likely to do other things. */
export type Swarm = "usual" | "any";

/** Runs of at most so many steps; `least` keeps them long where they are made, and is 0 where they are shrunk. */
export function runs<S>(
  { kinds, settings }: Pick<FuzzTarget<S, never, never>, "kinds" | "settings">,
  swarm: Swarm,
  steps: number,
  least: number,
): fc.Arbitrary<Run<S>> {
  return fc.record({
    settings,
    start: seeds,
    swarm: fc.tuple(...kinds.map((kind) => levels(kind, swarm))),
    choices: fc.array(seeds, { minLength: least, maxLength: steps, size: "max" }),
  });
}

const seeds = fc.nat();

function levels({ fault }: Kind, swarm: Swarm): fc.Arbitrary<number> {
  if (swarm === "usual") return fc.constant(USUAL);
  return fc.integer({ min: fault ? 0 : 1, max: LEVELS.length - 1 });
}

/** Plays a run until it is broken, and lets it settle. */
export function play<S, W, M>(
  { kinds }: Pick<FuzzTarget<S, W, M>, "kinds">,
  cluster: Cluster<W, M>,
  run: Omit<Run<S>, "settings">,
  watch?: Watch<W, M>,
): Game<W, M> {
  const game = new Game(cluster, run.start, watch);
  const weights = kinds.map(({ weight }, index) => weight * (LEVELS[run.swarm[index] ?? USUAL] ?? 0));
  for (const choice of run.choices) {
    if (game.breach !== undefined || !step(game, cluster, kinds, weights, new Dice(choice))) break;
  }
  game.settle();
  return game;
}

/** One step, of another kind where nothing of the kind chosen first can happen; false where nothing can happen at all. */
function step<W, M>(
  game: Game<W, M>,
  cluster: Cluster<W, M>,
  kinds: readonly Kind[],
  weights: readonly number[],
  dice: Dice,
): boolean {
  let left = weights;
  for (let index = dice.weighted(left); index >= 0; index = dice.weighted(left)) {
    const kind = kinds[index];
    if (kind !== undefined && game.take((world) => cluster.pick(world, kind.name, dice))) return true;
    if (game.breach !== undefined) return true;
    left = left.with(index, 0);
  }
  return false;
}
