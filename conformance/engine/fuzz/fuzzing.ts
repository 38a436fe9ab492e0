import type { TlaState } from "../../../tla/values/value.ts";
import type { SpecAction } from "../contract.ts";
import { type Campaign, type CampaignOptions, campaign, type Tick } from "./campaign.ts";
import { type Breach, Game, type Watch } from "./game.ts";
import type { GraphMap } from "./graph-map.ts";
import { type Script, watching } from "./shorten.ts";
import type { Cluster, FuzzTarget } from "./target.ts";

/** A script that was played: the states of the specification that it shows, and what is wrong, if something is. */
export interface Played {
  /** The initial state, which no action led to, and one for each step, those of settling too. */
  readonly states: readonly { readonly actions: readonly SpecAction[]; readonly state: TlaState }[];
  readonly breach?: Breach;
  /** The move at which it ended because it was refused, counted from 1, and the conjunct that refused it. */
  readonly refused?: { readonly move: number; readonly because: string };
}

/** Whatever can be fuzzed, with its settings, worlds and moves inside. */
export interface Fuzzing {
  campaign(options: CampaignOptions, map?: GraphMap<unknown, unknown>): Generator<Tick, Campaign<unknown, unknown>>;
  /**
   * Plays a script that may come from outside, lets it settle, and says what is wrong.
   *
   * @throws RangeError for settings that no cluster has, and for a move that the system cannot try where it comes.
   */
  replay(script: Script<unknown, unknown>, map?: GraphMap<unknown, unknown>): Played;
}

/** Puts a target away with all that is inside. What comes back untyped was made here, or is checked before use. */
export function fuzzing<S, W, M>(target: FuzzTarget<S, W, M>): Fuzzing {
  return {
    campaign: (options, map) => campaign(target, options, map as GraphMap<W, M> | undefined),
    replay(script, map) {
      if (!target.settings.canShrinkWithoutContext(script.settings)) {
        throw new RangeError(`there is no cluster with the settings ${JSON.stringify(script.settings)}`);
      }
      return replayed(target.open(script.settings), script, map as GraphMap<W, M> | undefined);
    },
  };
}

function replayed<W, M>(
  cluster: Cluster<W, M>,
  { start, moves }: Pick<Script<unknown, unknown>, "start" | "moves">,
  map: GraphMap<W, M> | undefined,
): Played {
  const states: Played["states"][number][] = [];
  const game = new Game(cluster, start, recording(cluster, watching(cluster, map), states));
  const result = (): Played => ({ states, ...(game.breach === undefined ? {} : { breach: game.breach }) });
  for (const [at, move] of moves.entries()) {
    if (game.breach !== undefined) return result();
    const { world } = game;
    if (!cluster.has(world, move)) throw new RangeError(`move ${at + 1} is none that can be tried where it comes`);
    if (game.take(() => [move as M])) continue;
    const tried = cluster.system.apply(world, move as M);
    if (tried.kind === "refused") return { ...result(), refused: { move: at + 1, because: tried.because } };
  }
  game.settle();
  return result();
}

/** Watches as another does, and keeps what the specification sees. */
function recording<W, M>(
  { refinement }: Cluster<W, M>,
  watch: Watch<W, M> | undefined,
  states: Played["states"][number][],
): Watch<W, M> {
  return {
    began(world) {
      states.push({ actions: [], state: refinement.view(world) });
      return watch?.began(world);
    },
    stepped(before, move, after) {
      states.push({ actions: refinement.moved(before, move), state: refinement.view(after) });
      return watch?.stepped(before, move, after);
    },
  };
}
