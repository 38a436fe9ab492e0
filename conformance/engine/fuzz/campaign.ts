import fc from "fast-check";
import { Corpus } from "./corpus.ts";
import { Dice } from "./dice.ts";
import type { Breach, Watch } from "./game.ts";
import type { GraphMap } from "./graph-map.ts";
import { Place } from "./place.ts";
import { play, type Run, runs } from "./run.ts";
import { type Script, shortened } from "./shorten.ts";
import type { Cluster, FuzzTarget } from "./target.ts";

/**
 * How runs are chosen. `uniform`: each kind of move is as likely as its weight says, in every run. `swarm`: each run
 * leaves out some faults, and does some things more often than others. `guided`: so are these, and most of them begin
 * like a run that saw something rare.
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
  /** Worlds at rest that were judged. */
  readonly settled: number;
  /** How often each action of the specification was taken. */
  readonly actions: Readonly<Record<string, number>>;
  /** What was seen, but for what follows: sorted names. */
  readonly features: readonly string[];
  /** States and edges of the graph that were hit, by their numbers. */
  readonly states: ReadonlySet<number>;
  readonly edges: ReadonlySet<number>;
  readonly failure?: Failure<S, M>;
}

export interface Failure<S, M> extends Script<S, M> {
  readonly breach: Breach;
  readonly campaign: number;
  /** Which run of it, counted from 0. */
  readonly run: number;
  /** Its moves before it was shortened. */
  readonly before: number;
}

/** How far a campaign has come: its steps, how much it has seen, edges of the graph among it, and the breach that it is about to shorten the run of. */
export interface Tick {
  readonly steps: number;
  readonly seen: number;
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
  const fresh = runs(target, options.strategy === "uniform" ? "usual" : "any", options.steps, options.steps);
  const corpus = new Corpus<S>();
  const tally = new Tally();
  for (let number = 0; number < options.runs; number++) {
    const [made] = fc.sample(fc.noBias(fresh), { seed: dice.seed(), numRuns: 1 });
    if (made === undefined) break;
    const known = options.strategy === "guided" && corpus.size > 0 && dice.below(4) > 0;
    const run = known ? corpus.next(dice, made, options.steps) : made;
    const cluster = target.open(run.settings);
    const game = play(target, cluster, run, new Observer(cluster, run, corpus, tally, map));
    tally.runs++;
    if (game.breach === undefined) tally.settled++;
    yield { steps: tally.steps, seen: corpus.size, edges: tally.edges.size, breach: game.breach };
    if (game.breach !== undefined) {
      const failure = {
        breach: game.breach,
        campaign: options.number,
        run: number,
        before: game.moves.length,
        ...shortened(target, run, game.breach, map),
      };
      return { ...tally.whole(), failure };
    }
  }
  return tally.whole();
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

  whole(): Omit<Campaign<never, never>, "failure"> {
    const { runs, steps, compared, settled, states, edges } = this;
    const actions = Object.fromEntries([...this.actions].sort(([one], [other]) => (one < other ? -1 : 1)));
    return { runs, steps, compared, settled, actions, features: [...this.features].sort(), states, edges };
  }
}

/** Watches one run for a campaign: counts, and enters what is seen. */
class Observer<S, W, M> implements Watch<W, M> {
  readonly #cluster: Cluster<W, M>;
  readonly #run: Run<S>;
  readonly #corpus: Corpus<S>;
  readonly #tally: Tally;
  readonly #place: Place<W, M> | undefined;
  #taken = 0;
  #last = "";

  constructor(cluster: Cluster<W, M>, run: Run<S>, corpus: Corpus<S>, tally: Tally, map: GraphMap<W, M> | undefined) {
    this.#cluster = cluster;
    this.#run = run;
    this.#corpus = corpus;
    this.#tally = tally;
    this.#place = map === undefined ? undefined : new Place(map);
  }

  began(world: W): Breach | undefined {
    const breach = this.#place?.began(world);
    if (breach === undefined) this.#arrive();
    return breach;
  }

  stepped(before: W, move: M, after: W): Breach | undefined {
    const { refinement } = this.#cluster;
    const actions = refinement.moved(before, move);
    const words = actions.map(({ name }) => name).join(" then ");
    this.#tally.steps++;
    this.#taken++;
    for (const { name } of actions) this.#tally.actions.set(name, (this.#tally.actions.get(name) ?? 0) + 1);
    for (const feature of this.#cluster.features(before, move, after)) this.#see(feature);
    this.#see(`${this.#last} > ${words}`);
    this.#last = words;
    if (this.#place === undefined) return undefined;
    this.#tally.compared++;
    const hit = this.#place.stepped(actions, after);
    if ("kind" in hit) return hit;
    for (const edge of hit) {
      this.#tally.edges.add(edge);
      this.#enter(edge);
    }
    this.#arrive();
    return undefined;
  }

  #arrive(): void {
    if (this.#place !== undefined) this.#tally.states.add(this.#place.state);
  }

  #see(feature: string): void {
    this.#tally.features.add(feature);
    this.#enter(feature);
  }

  /** What is seen while a run settles is seen after all of its choices. */
  #enter(feature: string | number): void {
    this.#corpus.add(feature, this.#run, Math.min(this.#taken, this.#run.choices.length));
  }
}
