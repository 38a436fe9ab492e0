import fc from "fast-check";
import { Dice } from "./dice.ts";
import type { Breach, Watch } from "./game.ts";
import type { GraphMap } from "./graph-map.ts";
import { TowardsUnhit } from "./guide.ts";
import { Place } from "./place.ts";
import { play, type Run, runs } from "./run.ts";
import { type Script, shortened } from "./shorten.ts";
import type { Cluster, FuzzTarget } from "./target.ts";

/**
 * How runs are chosen. `uniform`: each kind of move is as likely as its weight says, in every run. `swarm`: each run
 * leaves out some faults, and does some things more often than others. `guided`: runs of either sort by turns, and where
 * there is a graph each step goes towards edges that were not hit.
 */
export const strategies = ["uniform", "swarm", "guided"] as const;
export type Strategy = (typeof strategies)[number];

/** What decides all that happens in a campaign. */
export interface CampaignOptions {
  /** A whole number of 32 bits, the same for all campaigns. */
  readonly seed: number;
  /** Which campaign this is, counted from 0: no two do the same, and none depends on another. */
  readonly number: number;
  readonly strategy: Strategy;
  readonly runs: number;
  /** Steps of a run, at most, before it settles. */
  readonly steps: number;
}

/** What a campaign has done; it ends with its first failure. */
export interface Campaign<S, M> {
  readonly runs: number;
  readonly steps: number;
  /** Steps that were held against a graph. */
  readonly compared: number;
  /** Runs that came to rest, with what must hold there. */
  readonly settled: number;
  /** How often each action of the specification was taken. */
  readonly actions: Readonly<Record<string, number>>;
  /** What was worth seeing, and which action followed which. */
  readonly features: ReadonlySet<string>;
  /** States and edges of the graph that were hit, by their numbers. */
  readonly states: ReadonlySet<number>;
  readonly edges: ReadonlySet<number>;
  readonly failure?: Failure<S, M>;
}

/** A run that was broken, shortened. */
export interface Failure<S, M> extends Script<S, M> {
  readonly breach: Breach;
  readonly campaign: number;
  /** Which run of it, counted from 0. */
  readonly run: number;
  /** How many moves it had before it was shortened. */
  readonly before: number;
}

/** How far a campaign has come, and the breach whose run it is about to shorten. */
export interface Tick {
  readonly runs: number;
  readonly steps: number;
  readonly features: number;
  readonly edges: number;
  readonly breach: Breach | undefined;
}

/** Plays the runs of a campaign, one each time that it is asked for more; the last answer is the whole. */
export function* campaign<S, W, M>(
  target: FuzzTarget<S, W, M>,
  options: CampaignOptions,
  map?: GraphMap<W, M>,
): Generator<Tick, Campaign<S, M>> {
  const dice = new Dice(options.seed ^ Math.imul(options.number + 1, 0x85ebca6b));
  const usual = fc.noBias(runs(target, "usual", options.steps));
  const swarmed = fc.noBias(runs(target, "any", options.steps));
  const guiding = options.strategy === "guided" ? map : undefined;
  const tally = new Tally();
  let guide: TowardsUnhit<W, M> | undefined;
  while (tally.runs < options.runs) {
    // Some faults show sooner in usual runs, and some hardly ever; neither kind is left out.
    const isUsual = options.strategy === "uniform" || (options.strategy === "guided" && tally.runs % 2 === 0);
    const [made] = fc.sample(isUsual ? usual : swarmed, { seed: dice.seed(), numRuns: 1 });
    if (made === undefined) break;
    const cluster = target.open(made.settings);
    tally.know(cluster.refinement.actions);
    // In a large graph it takes longer to look for the way than to go it, so that it is gone several times.
    if (guiding?.size === tally.edges.size) guide = undefined;
    else if (guiding !== undefined && tally.runs % Math.ceil(guiding.size / EDGES_A_LOOK) === 0) {
      guide = new TowardsUnhit(guiding, cluster.refinement, tally.edges);
    }
    const run: Run<S> = guide === undefined ? made : { ...made, start: nearest(cluster, guide, dice) };
    const { game, choices } = play(target, cluster, run, new Observer(cluster, tally, map), guide);
    tally.runs++;
    if (game.breach === undefined) tally.settled++;
    const { steps, features, edges } = tally;
    yield { runs: tally.runs, steps, features: features.size, edges: edges.size, breach: game.breach };
    if (game.breach === undefined) continue;
    const short = shortened(target, { ...run, choices }, game.breach, map);
    const found = { campaign: options.number, run: tally.runs - 1, before: game.moves.length };
    return { ...tally.whole(), failure: { breach: game.breach, ...found, ...short } };
  }
  return tally.whole();
}

const EDGES_A_LOOK = 20_000;
const STARTS = 4;

/** The seed of the initial world that is nearest to what is wanted, of a few picked at random. */
function nearest<W, M>(cluster: Cluster<W, M>, guide: TowardsUnhit<W, M>, dice: Dice): number {
  const starts = Array.from({ length: STARTS }, () => {
    const seed = dice.seed();
    return { seed, distance: guide.distance(cluster.start(new Dice(seed))) };
  });
  return starts.reduce((near, one) => (one.distance < near.distance ? one : near)).seed;
}

class Tally {
  runs = 0;
  steps = 0;
  compared = 0;
  settled = 0;
  readonly actions = new Map<string, number>();
  readonly features = new Set<string>();
  readonly states = new Set<number>();
  readonly edges = new Set<number>();

  /** An action that is never taken counts as well, with 0. */
  know(actions: readonly string[]): void {
    for (const action of actions) if (!this.actions.has(action)) this.actions.set(action, 0);
  }

  whole(): Campaign<never, never> {
    const { runs, steps, compared, settled, features, states, edges } = this;
    const actions = Object.fromEntries([...this.actions].sort(([one], [other]) => (one < other ? -1 : 1)));
    return { runs, steps, compared, settled, actions, features, states, edges };
  }
}

/** Watches one run for a campaign: counts, and keeps what is seen. */
class Observer<W, M> implements Watch<W, M> {
  readonly #cluster: Cluster<W, M>;
  readonly #tally: Tally;
  readonly #place: Place<W, M> | undefined;
  #last = "start";

  constructor(cluster: Cluster<W, M>, tally: Tally, map: GraphMap<W, M> | undefined) {
    this.#cluster = cluster;
    this.#tally = tally;
    this.#place = map === undefined ? undefined : new Place(map);
  }

  began(world: W): Breach | undefined {
    const breach = this.#place?.began(world);
    if (breach === undefined) this.#arrive();
    return breach;
  }

  stepped(before: W, move: M, after: W): Breach | undefined {
    const tally = this.#tally;
    const actions = this.#cluster.refinement.moved(before, move);
    const words = actions.map(({ name }) => name).join(" then ");
    tally.steps++;
    for (const { name } of actions) tally.actions.set(name, (tally.actions.get(name) ?? 0) + 1);
    for (const feature of this.#cluster.features(before, move, after)) tally.features.add(feature);
    tally.features.add(`${words} after ${this.#last}`);
    this.#last = words;
    if (this.#place === undefined) return undefined;
    tally.compared++;
    const hit = this.#place.stepped(actions, after);
    if ("kind" in hit) return hit;
    for (const edge of hit) tally.edges.add(edge);
    this.#arrive();
    return undefined;
  }

  #arrive(): void {
    if (this.#place !== undefined) this.#tally.states.add(this.#place.state);
  }
}
