import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Item, Shard } from "../conformance/engine/index.ts";
import { interruptible } from "./interrupt.ts";
import type { Located } from "./located.ts";
import { Memory } from "./mutants/memory.ts";
import { allLayers } from "./mutants/reducer/all-layers.ts";
import type { Verdict } from "./mutants/reducer/layers.ts";
import { mutantsOf, type ReducerMutant } from "./mutants/reducer/mutant.ts";
import { sourcesOf } from "./mutants/reducer/sources.ts";
import { type Fate, through } from "./mutants/reducer/through.ts";
import { instrument } from "./mutants/reducer/tools.ts";
import { type Reasons, readReasons } from "./mutants/survivors.ts";
import { ProgressLine } from "./progress.ts";
import { isMine } from "./shard.ts";

/** What of the mutants is done, and how. */
export interface ReducerMutation {
  readonly shard: Shard;
  /** Only mutants whose names begin so. */
  readonly only?: string;
  /** How many are judged at the same time. */
  readonly lanes: number;
  /** Seconds that a mutant has at least, beside several times what the reducer takes (default 20). */
  readonly patience?: number;
  /** A file that remembers what was found; without it all is judged. */
  readonly memory?: string;
}

/** What became of the mutants of a reducer. */
export interface MutatedReducer {
  readonly items: readonly Item[];
  /** How many there are, those of other shards included. */
  readonly all: number;
  /** How many were judged now; of the others all was remembered. */
  readonly judged: number;
  /** Names of mutants that a reason is given for and that do not exist or are killed: an error. */
  readonly stale: readonly string[];
}

/**
 * Makes every mutant of a protocol's reducer, and holds each against one layer after another until one kills it: the
 * compiler, conformance with the graphs of the quick models, the kept behaviours, fuzzing, the reducer's own tests.
 *
 * @throws UserError (2) where the tools or the sources are missing, (4) where there is nothing to judge by, (64) for a
 *   file of reasons that is none, (130) where the user ends it; what was found until then is remembered.
 */
export async function mutateReducer(protocol: Located, mutation: ReducerMutation): Promise<MutatedReducer> {
  const reducer = await sourcesOf(protocol.reducer);
  const reasons = await readReasons(reducer.reasons);
  const { files, mutants: raw } = await instrument(reducer.sources);
  const instrumented = new Map(files.map(({ name, content }) => [name, content]));
  const all = mutantsOf(raw, reducer.sources);
  const { only = "", shard, lanes, patience = 20 } = mutation;
  const chosen = all.filter(({ id }, number) => isMine(shard, number) && id.startsWith(only));
  const memory = await Memory.open<Verdict>(mutation.memory);
  const progress = new ProgressLine(`mutants of the reducer of ${protocol.models.protocol}`);
  const note = (line: string): void => progress.note(line);
  const fates = await interruptible(async (signal) => {
    const temporary = await mkdtemp(join(tmpdir(), "lockstep-mutants-"));
    try {
      const layers = await allLayers({ protocol, reducer, instrumented, temporary, lanes, patience, note });
      return await through(layers, chosen, memory, progress, signal);
    } finally {
      progress.done();
      await rm(temporary, { recursive: true, force: true });
    }
  });
  const items = chosen.map((mutant) => itemOf(mutant, fates.get(mutant), reasons[mutant.id]));
  const judged = [...fates.values()].filter((fate) => fate.judged).length;
  return { items, all: all.length, judged, stale: staleOf(reasons, all, items) };
}

function itemOf(mutant: ReducerMutant, fate: Fate | undefined, reason: string | undefined): Item {
  const { id, definition, operator, line, diff, guard } = mutant;
  const { killed, survived = [] } = fate ?? {};
  const fated = killed === undefined ? { survived } : { killedBy: killed.by, where: killed.where, says: killed.says };
  const reasoned = killed === undefined && reason !== undefined ? { reason } : {};
  return {
    id,
    side: "reducer",
    definition,
    operator,
    line,
    diff,
    guard,
    ...fated,
    ...reasoned,
  };
}

function staleOf(reasons: Reasons, all: readonly ReducerMutant[], items: readonly Item[]): readonly string[] {
  const known = new Set(all.map(({ id }) => id));
  const killed = new Set(items.filter((item) => item["killedBy"] !== undefined).map(({ id }) => id));
  return Object.keys(reasons).filter((id) => !known.has(id) || killed.has(id));
}
