import { join } from "node:path";
import type { Item, Shard } from "../conformance/engine/index.ts";
import type { SpecMutant } from "../conformance/engine/mutants/spec/mutants.ts";
import { UserError } from "../tla/errors.ts";
import { resolveJar } from "../tla/tlc/index.ts";
import { NOT_CHECKED } from "./exit-codes.ts";
import { interruptible } from "./interrupt.ts";
import { inLanes } from "./lanes.ts";
import type { Located } from "./located.ts";
import { Countdown } from "./mutants/countdown.ts";
import { Memory } from "./mutants/memory.ts";
import { Desk } from "./mutants/spec/desk.ts";
import { genuineOf } from "./mutants/spec/genuine.ts";
import { changesGraph, type Fate, judge, subjectsFor } from "./mutants/spec/judge.ts";
import { type Keys, keysOf } from "./mutants/spec/keys.ts";
import { modulesOf, mutantsIn, type SpecModule } from "./mutants/spec/mutants-of.ts";
import { programsKey } from "./mutants/spec/programs.ts";
import { type Subject, subjectsOf } from "./mutants/spec/subjects.ts";
import { type Genuine, tried } from "./mutants/spec/trial.ts";
import { type Reasons, readReasons } from "./mutants/survivors.ts";
import type { Trial } from "./mutants/verdict.ts";
import { isMine } from "./shard.ts";

/** What of the mutants is done, and how. */
export interface SpecMutation {
  readonly shard: Shard;
  /** Only mutants whose names begin so. */
  readonly only?: string;
  /** How many are judged at the same time. */
  readonly lanes: number;
  /** A file that remembers what was found; without it all is judged. */
  readonly memory?: string;
  /** Which models mutants are put to. */
  readonly bounds: "quick" | "full";
}

/** What became of the mutants of a specification. */
export interface MutatedSpec {
  readonly items: readonly Item[];
  /** How many there are, those of other shards included. */
  readonly all: number;
  /** How many were judged now; of the others all was remembered. */
  readonly judged: number;
  /** Names of mutants that a reason is given for and that do not exist or are killed: an error. */
  readonly stale: readonly string[];
}

/**
 * Makes every mutant of a protocol's specification, and puts each to one model after another until one kills it.
 *
 * @throws UserError (2) where a tool is missing, (4) where a model does not do what it should before anything is
 *   changed, or there is no mutant, (64) for a manifest or a file of reasons that is none, (130) where the user ends
 *   it; what was found until then is remembered.
 */
export async function mutateSpec(protocol: Located, mutation: SpecMutation): Promise<MutatedSpec> {
  const reasons = await readReasons(join(protocol.spec, "survivors.json"));
  const read = await subjectsOf(protocol, mutation.lanes);
  const modules = await modulesOf(protocol, read);
  const all = mutantsIn(modules, read.subjects);
  if (all.length === 0) throw new UserError(`${protocol.models.protocol} has no definition to change.`, NOT_CHECKED);
  const chosen = all.filter(({ id }, number) => isMine(mutation.shard, number) && id.startsWith(mutation.only ?? ""));
  const reducers = await programsKey([protocol.reducer, protocol.binding]);
  const keys = keysOf(modules, reducers, { jar: (await resolveJar(process.env)).sha256, judges: await judges() });
  const { lanes, memory, bounds } = mutation;
  const bench = { protocol, modules, subjects: read.subjects, keys, lanes, memory, bounds };
  const fates = await interruptible((signal) => judged(bench, chosen, signal));
  const items = chosen.map((mutant, index) => itemOf(mutant, fates[index], reasons[mutant.id]));
  const anew = fates.filter(({ judged }) => judged).length;
  return { items, all: all.length, judged: anew, stale: staleOf(reasons, all, items) };
}

/** The programs that say what becomes of a mutant: a change of them may change what was found. */
async function judges(): Promise<string> {
  const root = join(import.meta.dirname, "..");
  return programsKey(["conformance/engine", "tla", "cli/mutants/spec"].map((folder) => join(root, folder)));
}

/** What becomes of a mutant, and whether that is found now. */
interface Judged extends Fate {
  readonly judged: boolean;
}

interface Bench {
  readonly protocol: Located;
  readonly modules: readonly SpecModule[];
  readonly subjects: readonly Subject[];
  readonly keys: Keys;
  readonly lanes: number;
  readonly memory: string | undefined;
  readonly bounds: SpecMutation["bounds"];
}

async function judged(bench: Bench, mutants: readonly SpecMutant[], signal: AbortSignal): Promise<Judged[]> {
  const { protocol, modules, subjects, keys, lanes } = bench;
  const memory = await Memory.open<Trial>(bench.memory);
  const subjectsOfMutant = (mutant: SpecMutant): readonly Subject[] => subjectsFor(mutant, subjects, bench.bounds);
  const needed = new Set(mutants.flatMap(subjectsOfMutant));
  const progress = new Countdown(`mutants of the specification of ${protocol.models.protocol}`, mutants.length);
  const desks: Desk[] = [];
  try {
    for (let lane = 0; lane < lanes; lane++) desks.push(await Desk.open(protocol));
    const genuines = await genuinesOf(bench, [...needed], desks, progress, signal);
    return await atDesks(mutants, desks, signal, async (mutant, desk, signal) => {
      let remembered = true;
      const attempt = async (subject: Subject): Promise<Trial> => {
        const genuine = changesGraph(mutant) ? genuines.get(subject) : undefined;
        const key = keys.trial(mutant, subject, genuine?.print);
        const known = memory.get(key);
        if (known !== undefined) return known;
        remembered = false;
        const module = modules.find(({ name }) => name === mutant.module);
        if (module === undefined) throw new TypeError(`${mutant.id} is of no module`);
        const trial = await desk.with(mutant, module, () => tried(mutant, subject, genuine, desk, signal));
        // How long something takes depends on what else the machine does.
        if (trial.killedBy !== "timeout") await memory.put(key, trial);
        return trial;
      };
      const fate = await judge(subjectsOfMutant(mutant), attempt);
      progress.count(fate.killedBy !== undefined, remembered);
      return { ...fate, judged: !remembered };
    });
  } finally {
    progress.done();
    for (const desk of desks) await desk.close();
  }
}

/** Runs each model as it is, or remembers that it did what it should. */
async function genuinesOf(
  { keys, memory: path }: Bench,
  subjects: readonly Subject[],
  desks: readonly Desk[],
  progress: Countdown,
  signal: AbortSignal,
): Promise<ReadonlyMap<Subject, Genuine>> {
  const memory = await Memory.open<Genuine | null>(path === undefined ? undefined : `${path}.genuine`);
  const genuines = new Map<Subject, Genuine>();
  await atDesks(subjects, desks, signal, async (subject, desk, signal) => {
    const known = memory.get(keys.genuine(subject));
    const genuine = known === undefined ? await genuineOf(subject, desk, signal) : known;
    if (known === undefined) {
      progress.prepare(`${subject.model.cfg} does what it should with nothing changed`);
      await memory.put(keys.genuine(subject), genuine);
    }
    if (genuine !== null) genuines.set(subject, genuine);
  });
  return genuines;
}

/**
 * Does the items at the desks, one at a time at each, and gives the results in the order of the items. Where one fails
 * the others are given up, so that no desk is in use when this ends.
 */
async function atDesks<T, R>(
  items: readonly T[],
  desks: readonly Desk[],
  signal: AbortSignal,
  body: (item: T, desk: Desk, signal: AbortSignal) => Promise<R>,
): Promise<R[]> {
  const failed = new AbortController();
  const failures: unknown[] = [];
  const left = items.entries();
  const results = new Array<R>(items.length);
  await inLanes(desks, desks.length, async (desk) => {
    try {
      for (const [index, item] of left) {
        if (failures.length > 0) return;
        results[index] = await body(item, desk, AbortSignal.any([signal, failed.signal]));
      }
    } catch (error) {
      failures.push(error);
      failed.abort();
    }
  });
  if (failures.length > 0) throw failures[0];
  return results;
}

function itemOf(
  { id, definition, operator, diff, guard }: SpecMutant,
  fate: Fate | undefined,
  reason: string | undefined,
): Item {
  const { killedBy, where, says, same, tried: models = 0 } = fate ?? {};
  const killed = killedBy === undefined ? {} : { killedBy, where, says };
  const survived = killedBy !== undefined || same === undefined ? {} : { same };
  const reasoned = killedBy === undefined && reason !== undefined ? { reason } : {};
  return {
    id,
    side: "spec",
    definition,
    operator,
    diff,
    guard,
    ...killed,
    ...survived,
    ...reasoned,
    tried: models,
  };
}

function staleOf(reasons: Reasons, all: readonly SpecMutant[], items: readonly Item[]): readonly string[] {
  const known = new Set(all.map(({ id }) => id));
  const killed = new Set(items.filter((item) => item["killedBy"] !== undefined).map(({ id }) => id));
  return Object.keys(reasons).filter((id) => !known.has(id) || killed.has(id));
}
