import { Dice } from "../../../engine/fuzz/dice.ts";
import { evsFuzz } from "../fuzz.ts";
import type { Move, World } from "../world.ts";

const target = evsFuzz();

/** The worlds of a run, with the moves between them; the same for the same number. */
export function played(processes: number, number: number, steps: number): { worlds: World[]; moves: Move[] } {
  const cluster = target.open({ processes });
  const dice = new Dice(number);
  const weights = target.kinds.map(({ weight }) => weight);
  const worlds = [cluster.start(dice)];
  const moves: Move[] = [];
  for (let step = 0; step < steps; step++) {
    const world = worlds.at(-1) as World;
    const kind = target.kinds[dice.weighted(weights)]?.name ?? "";
    for (const move of cluster.pick(world, kind, dice)) {
      const tried = cluster.system.apply(world, move);
      if (tried.kind === "refused") continue;
      worlds.push(tried.world);
      moves.push(move);
      break;
    }
  }
  return { worlds, moves };
}
