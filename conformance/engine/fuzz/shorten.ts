import fc from "fast-check";
import { Dice } from "./dice.ts";
import { type Breach, Game, type Watch } from "./game.ts";
import type { GraphMap } from "./graph-map.ts";
import { Place } from "./place.ts";
import { play, type Run } from "./run.ts";
import type { Cluster, FuzzTarget } from "./target.ts";

/** A run told by its moves, so that it stays what it is when moves are chosen in another way. */
export interface Script<S, M> {
  readonly settings: S;
  /** The seed of the choice among initial worlds. */
  readonly start: number;
  readonly moves: readonly M[];
}

/** Steps that may be spent on finding a smaller cluster, and again on dropping moves. */
const BUDGET = 60_000;
/** Runs that are tried in a smaller cluster. */
const ATTEMPTS = 16;

/**
 * A run that is broken in the same way with as little as can be: first fast-check looks for a smaller cluster in which
 * some run is, then moves are dropped until each is needed. The moves are those up to the breach, or up to where it
 * settles, where it takes that to see it.
 */
export function shortened<S, W, M>(
  target: FuzzTarget<S, W, M>,
  run: Run<S>,
  breach: Breach,
  map?: GraphMap<W, M>,
): Script<S, M> {
  const smaller = inSmallerCluster(target, run, breach, map);
  const cluster = target.open(smaller.settings);
  const { game } = play(target, cluster, smaller, watching(cluster, map));
  const { settings, start } = smaller;
  const settles = isOfTheEnd(breach);
  const scriptOf = ({ moves, settledAt }: Game<W, M>): readonly M[] => (settles ? moves.slice(0, settledAt) : moves);
  let spent = 0;
  const same = (moves: readonly M[]): readonly M[] | undefined => {
    if (spent > BUDGET) return undefined;
    const again = follow(cluster, { settings, start, moves }, map, settles);
    spent += again.moves.length + 1;
    return isAlike(again.breach, breach) ? scriptOf(again) : undefined;
  };
  return { settings, start, moves: needed(scriptOf(game), same) };
}

/** Plays the moves of a script, and leaves out those that cannot be taken; then it may settle. */
export function follow<S, W, M>(
  cluster: Cluster<W, M>,
  { start, moves }: Script<S, M>,
  map: GraphMap<W, M> | undefined,
  settles: boolean,
): Game<W, M> {
  const game = new Game(cluster, start, watching(cluster, map));
  for (const move of moves) {
    if (game.breach !== undefined) break;
    if (cluster.has(game.world, move)) game.take(() => [move]);
  }
  if (settles) game.settle();
  return game;
}

/** Watches for steps that the graph does not have, and for nothing else. */
export function watching<W, M>(cluster: Cluster<W, M>, map: GraphMap<W, M> | undefined): Watch<W, M> | undefined {
  if (map === undefined) return undefined;
  const place = new Place(map);
  return {
    began: (world) => place.began(world),
    stepped(before, move, after) {
      const hit = place.stepped(cluster.refinement.moved(before, move), after);
      return "kind" in hit ? hit : undefined;
    },
  };
}

/** Whether it takes settling to see it. */
function isOfTheEnd({ kind }: Breach): boolean {
  return kind === "at rest" || kind === "unsettled";
}

/** What was thrown may tell numbers, which change with the cluster. */
function isAlike(one: Breach | undefined, other: Breach): boolean {
  return one?.kind === other.kind && (one.kind === "threw" || one.says === other.says);
}

function inSmallerCluster<S, W, M>(
  target: FuzzTarget<S, W, M>,
  run: Run<S>,
  breach: Breach,
  map: GraphMap<W, M> | undefined,
): Run<S> {
  let best = run;
  let spent = 0;
  const holds = (settings: S): boolean => {
    const cluster = target.open(settings);
    for (let attempt = 0; attempt < ATTEMPTS && spent < BUDGET; attempt++) {
      const tried = { ...again(run, attempt), settings };
      const { game } = play(target, cluster, tried, watching(cluster, map));
      spent += game.moves.length + 1;
      if (isAlike(game.breach, breach)) {
        best = tried;
        return false;
      }
    }
    return true;
  };
  fc.check(fc.property(target.settings, holds), { examples: [[run.settings]], numRuns: 1 });
  return best;
}

/** The run itself, or one that makes other choices. */
function again<S>(run: Run<S>, attempt: number): Run<S> {
  if (attempt === 0) return run;
  const dice = new Dice(attempt);
  return { ...run, start: dice.seed(), choices: run.choices.map(() => dice.seed()) };
}

/** Drops moves, many at once and then one by one, as long as what is left is broken in the same way. */
function needed<M>(all: readonly M[], same: (moves: readonly M[]) => readonly M[] | undefined): readonly M[] {
  let moves = same(all) ?? all;
  for (let size = Math.max(moves.length >> 1, 1); size >= 1; ) {
    let dropped = false;
    for (let end = moves.length; end > 0; end -= size) {
      const fewer = same([...moves.slice(0, Math.max(end - size, 0)), ...moves.slice(end)]);
      if (fewer === undefined || fewer.length >= moves.length) continue;
      [moves, dropped] = [fewer, true];
      end = Math.min(end, moves.length + size);
    }
    if (size === 1 && !dropped) break;
    size = Math.max(size >> 1, 1);
  }
  return moves;
}
