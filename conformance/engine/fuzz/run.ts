import fc from "fast-check";
import { Dice } from "./dice.ts";
import { type Drawn, Game, type Watch } from "./game.ts";
import type { Guide } from "./guide.ts";
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

/** Runs of so many steps. */
export function runs<S>(
  { kinds, settings }: Pick<FuzzTarget<S, never, never>, "kinds" | "settings">,
  swarm: Swarm,
  steps: number,
): fc.Arbitrary<Run<S>> {
  return fc.record({
    settings,
    start: seeds,
    swarm: fc.tuple(...kinds.map((kind) => levels(kind, swarm))),
    choices: fc.array(seeds, { minLength: steps, maxLength: steps, size: "max" }),
  });
}

const seeds = fc.nat();

function levels({ fault }: Kind, swarm: Swarm): fc.Arbitrary<number> {
  if (swarm === "usual") return fc.constant(USUAL);
  return fc.integer({ min: fault ? 0 : 1, max: LEVELS.length - 1 });
}

/** Plays a run until it is broken, and lets it settle. A guide changes choices; those that were made are told. */
export function play<S, W, M>(
  { kinds }: Pick<FuzzTarget<S, W, M>, "kinds">,
  cluster: Cluster<W, M>,
  run: Omit<Run<S>, "settings">,
  watch?: Watch<W, M>,
  guide?: Guide<W, M>,
): { readonly game: Game<W, M>; readonly choices: readonly number[] } {
  const game = new Game(cluster, run.start, watch);
  const weights = kinds.map(({ weight }, index) => weight * (LEVELS[run.swarm[index] ?? USUAL] ?? 0));
  const choices: number[] = [];
  for (const choice of run.choices) {
    if (game.breach !== undefined) break;
    const draw = (seed: number): Drawn<W, M> | undefined => step(game, cluster, kinds, weights, new Dice(seed));
    const [best, drawn] = chosen(game, draw, choice, guide);
    if (drawn === undefined) break;
    choices.push(best);
    game.do(drawn);
  }
  game.settle();
  return { game, choices };
}

/** Steps of which a guide takes the best. */
const AMONG = 8;

/** The choice itself, or the best of some that are made from it. */
function chosen<W, M>(
  game: Game<W, M>,
  draw: (seed: number) => Drawn<W, M> | undefined,
  choice: number,
  guide: Guide<W, M> | undefined,
): readonly [number, Drawn<W, M> | undefined] {
  let best = choice;
  let drawn = draw(choice);
  if (guide === undefined || drawn === undefined || "threw" in drawn) return [best, drawn];
  let least = guide.rank(game.world, drawn.move, drawn.world);
  const dice = new Dice(choice);
  for (let more = 1; more < AMONG && least > 0; more++) {
    const seed = dice.seed();
    const other = draw(seed);
    if (other === undefined) continue;
    const rank = "threw" in other ? 0 : guide.rank(game.world, other.move, other.world);
    if (rank < least) [best, drawn, least] = [seed, other, rank];
  }
  return [best, drawn];
}

/** How many steps, about, are done where nothing changes any more: they are steps of the specification all the same. */
const LAST_STEPS = 4;

/** One step, of another kind where nothing of the kind chosen first can happen; none where nothing can at all. */
function step<W, M>(
  game: Game<W, M>,
  cluster: Cluster<W, M>,
  kinds: readonly Kind[],
  weights: readonly number[],
  dice: Dice,
): Drawn<W, M> | undefined {
  if (cluster.isOver(game.world) && dice.below(LAST_STEPS) === 0) return undefined;
  let left = weights;
  for (let index = dice.weighted(left); index >= 0; index = dice.weighted(left)) {
    const { name } = kinds[index] as Kind;
    const drawn = game.draw((world) => cluster.pick(world, name, dice));
    if (drawn !== undefined || game.breach !== undefined) return drawn;
    left = left.with(index, 0);
  }
  return undefined;
}
