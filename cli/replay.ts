import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { Command } from "commander";
import { type Item, type Results, type Shard, stuckText } from "../conformance/engine/index.ts";
import { UserError } from "../tla/errors.ts";
import { readTrace } from "../tla/trace/index.ts";
import { readText } from "../tla/values/file.ts";
import { BAD_INPUT, MISMATCH, NOT_CHECKED } from "./exit-codes.ts";
import { type Judged, judge } from "./judge.ts";
import { type Located, located } from "./located.ts";
import { type ModelFile, modelsOf } from "./manifest.ts";
import { originIn, staleness } from "./origin.ts";
import { count, ProgressLine } from "./progress.ts";
import { type NamedFile, traceFiles } from "./replay-files.ts";
import { writeResults } from "./results-file.ts";
import { isMine, shardOption } from "./shard.ts";
import { sourceHash } from "./source-hash.ts";
import { type Unbroken, unbroken } from "./unbroken.ts";

interface ReplayFlags {
  readonly protocol: string;
  readonly cfg?: string;
  readonly shard: Shard;
  readonly results?: string;
  readonly write?: true;
}

/** `lockstep replay`: behaviours of the specification, driven through the reducers. */
export function replayCommand(): Command {
  return new Command("replay")
    .description("drive the reducers through behaviours: ITF, counterexamples as TLC prints them, files of -simulate")
    .argument("[paths...]", "files, and folders of them (default: what is kept of the protocol in traces/)")
    .requiredOption("--protocol <name>", "the protocol: a name of ours, or the path of a module that exports one")
    .option("--cfg <name>", "the configuration of those files that do not name theirs")
    .addOption(shardOption())
    .option("--results <file>", "write what was found as JSON, so that `lockstep merge` can add up all shards")
    .option("--write", "keep what was found of all that is kept as the protocol's results")
    .action(async (paths: readonly string[], flags: ReplayFlags) => {
      process.exitCode = await replay(paths, flags);
    });
}

async function replay(paths: readonly string[], flags: ReplayFlags): Promise<number> {
  const began = performance.now();
  if (flags.write === true && (paths.length > 0 || flags.cfg !== undefined || flags.shard.of > 1)) {
    throw new UserError("Only the replay of all that is kept is kept: leave out paths, --cfg and --shard.", BAD_INPUT);
  }
  const where = await located(flags.protocol);
  const files = await traceFiles(paths.length > 0 ? paths : [where.traces]);
  if (files.length === 0) throw new UserError("There is no behaviour to replay.", NOT_CHECKED);
  const replayer = new Replayer(where, await modelsOf(dirname(where.spec), basename(where.spec)), flags.cfg);
  const done: Replayed[] = [];
  const progress = new ProgressLine("replay");
  let told = began;
  const mine = files.filter((_, number) => isMine(flags.shard, number));
  for (const file of mine) {
    const one = await replayer.replay(file);
    done.push(one);
    process.stdout.write(`${line(one).join("\n")}\n`);
    const now = performance.now();
    if (now - told < 1000 && done.length < mine.length) continue;
    told = now;
    const rate = sum(done, ({ steps }) => steps) / ((now - began) / 1000);
    progress.tell(`${done.length} of ${mine.length} files, ${count(Math.round(rate))} steps/s`);
  }
  progress.done();
  const kept = flags.write === true ? [join(where.results, "replay.json")] : [];
  for (const path of [...(flags.results === undefined ? [] : [flags.results]), ...kept]) {
    await writeResults(path, await results(where, files, flags, done, (performance.now() - began) / 1000));
  }
  const exit = exitOf(done, mine.length);
  process.stdout.write(`${lastLine(done, flags.shard, exit)}\n`);
  return exit;
}

/** One file that was replayed, or why it was not. */
interface Replayed {
  readonly name: string;
  readonly cfg: string;
  readonly stale?: string;
  readonly judged?: Judged;
}

class Replayer {
  readonly #where: Located;
  readonly #models: readonly ModelFile[];
  readonly #cfg: string | undefined;
  readonly #systems = new Map<string, Unbroken>();

  constructor(where: Located, models: readonly ModelFile[], cfg: string | undefined) {
    this.#where = where;
    this.#models = models;
    this.#cfg = cfg;
    if (cfg !== undefined) this.#model(cfg, "--cfg");
  }

  /** @throws UserError (64) for a file that holds no behaviour, or is of no configuration that is known. */
  async replay({ name, path }: NamedFile): Promise<Replayed> {
    const { trace, meta } = readTrace(await readText(path), path);
    const origin = originIn(meta);
    const cfg = origin?.cfg ?? this.#cfg;
    if (cfg === undefined)
      throw new UserError(`${path} does not say its configuration: name it with --cfg.`, BAD_INPUT);
    const model = this.#model(cfg, path);
    const stale = origin === undefined ? undefined : await staleness(name, origin, model, this.#where.libraries);
    if (stale !== undefined) return { name, cfg, stale };
    return { name, cfg, judged: judge(trace, model, this.#system(model)) };
  }

  #model(cfg: string, of: string): ModelFile {
    const found = this.#models.find((model) => model.cfg === cfg);
    if (found !== undefined) return found;
    throw new UserError(`${of}: ${this.#where.models.protocol} has no configuration ${cfg}.`, BAD_INPUT);
  }

  #system({ cfg, text }: ModelFile): Unbroken {
    const system = this.#systems.get(cfg) ?? unbroken(cfg, text, this.#where.models);
    this.#systems.set(cfg, system);
    return system;
  }
}

function line({ name, cfg, stale, judged }: Replayed): string[] {
  if (judged === undefined) return [`FAIL ${name}: ${stale}`];
  const { replayed, faults } = judged;
  const words = [outcome(judged), ...bothText(judged), ...faults].join("; ");
  return [
    `${faults.length === 0 ? "PASS" : "FAIL"} ${name} (${cfg}): ${words}`,
    ...(replayed.kind === "stuck" ? stuckText(replayed).map((text) => `  ${text}`) : []),
  ];
}

function outcome({ expected, replayed, steps }: Judged): string {
  if (replayed.kind === "stuck") {
    return `parts at state ${replayed.at + 1}, after ${steps} steps${expected === "parts" ? ", as it must" : ""}`;
  }
  const rounds = replayed.kind === "replayed" ? replayed.loop?.rounds : replayed.rounds;
  const loop = rounds === undefined ? "" : `, its loop ${rounds === 1 ? "once" : `${rounds} times`}`;
  return `replayed in full, ${steps} steps${loop}`;
}

function bothText({ both }: Judged): string[] {
  if (both?.at !== undefined) return [`${both.property} flagged by both at state ${both.at + 1}`];
  return both?.reason === undefined ? [] : [`${both.property} by TLC alone: ${both.reason}`];
}

function exitOf(done: readonly Replayed[], mine: number): number {
  if (done.some(({ judged }) => judged !== undefined && judged.faults.length > 0)) return MISMATCH;
  // A counterexample may have to part at its first step, and then that is what was found.
  const nothing = mine > 0 && sum(done, ({ steps, replayed }) => steps + (replayed.kind === "stuck" ? 1 : 0)) === 0;
  return nothing || done.some(({ stale }) => stale !== undefined) ? NOT_CHECKED : 0;
}

function lastLine(done: readonly Replayed[], { index, of }: Shard, exit: number): string {
  const counts = countsOf(done);
  const part = of === 1 ? "" : ` of part ${index} of ${of}`;
  const words = [
    `${count(counts["files"] ?? 0)} files${part}`,
    `${count(counts["steps"] ?? 0)} steps`,
    `${count(counts["compared"] ?? 0)} states compared`,
    `${counts["replayed"]} in full`,
    `${counts["parted"]} parted`,
    `${counts["flaggedByBoth"]} flagged by both`,
    `${counts["byTlcAlone"]} by TLC alone`,
    ...(counts["stale"] === 0 ? [] : [`${counts["stale"]} stale`]),
    ...(exit === 0 ? [] : [`${counts["failed"]} failed`]),
  ];
  return `${exit === 0 ? "PASS" : "FAIL"} ${words.join(", ")}`;
}

async function results(
  where: Located,
  files: readonly NamedFile[],
  { cfg, shard }: ReplayFlags,
  done: readonly Replayed[],
  seconds: number,
): Promise<Results> {
  const sha256 = await sourceHash(where);
  if (sha256 === undefined)
    throw new UserError("The sources are not here, so no results can be told of them.", BAD_INPUT);
  const bytes = createHash("sha256");
  for (const { name, path } of files) bytes.update(`${name}\n${await readText(path)}\n`);
  return {
    format: "lockstep-results",
    version: 1,
    kind: "replay",
    protocol: where.models.protocol,
    sha256,
    settings: { cfg: cfg ?? null, files: files.length, content: bytes.digest("hex") },
    shard,
    complete: true,
    counts: countsOf(done),
    sets: { actions: [...new Set(done.flatMap(({ judged }) => [...(judged?.actions.keys() ?? [])]))].sort() },
    items: done.map(itemOf),
    seconds,
  };
}

function countsOf(done: readonly Replayed[]): Record<string, number> {
  const judged = done.flatMap((one) => one.judged ?? []);
  const taken: Record<string, number> = {};
  for (const { actions } of judged) {
    for (const [name, times] of actions) taken[`taken ${name}`] = (taken[`taken ${name}`] ?? 0) + times;
  }
  return {
    files: done.length,
    steps: sum(done, ({ steps }) => steps),
    compared: sum(done, ({ compared }) => compared),
    replayed: judged.filter(({ replayed }) => replayed.kind === "replayed").length,
    parted: judged.filter(({ replayed }) => replayed.kind === "stuck").length,
    flaggedByBoth: judged.filter(({ both }) => both?.at !== undefined).length,
    byTlcAlone: judged.filter(({ both }) => both?.reason !== undefined).length,
    stale: done.filter(({ stale }) => stale !== undefined).length,
    failed: done.filter(({ stale, judged: one }) => stale !== undefined || (one?.faults.length ?? 0) > 0).length,
    ...taken,
  };
}

function itemOf({ name, cfg, stale, judged }: Replayed): Item {
  if (judged === undefined) return { id: name, cfg, outcome: "stale", faults: [stale] };
  const { expected, replayed, steps, compared, flagged, both, faults } = judged;
  const stuck =
    replayed.kind === "stuck" ? { at: replayed.at, differences: replayed.differences, refused: replayed.refused } : {};
  return { id: name, cfg, expected, outcome: replayed.kind, ...stuck, steps, compared, flagged, both, faults };
}

function sum(done: readonly Replayed[], of: (judged: Judged) => number): number {
  return done.reduce((total, { judged }) => total + (judged === undefined ? 0 : of(judged)), 0);
}
