import { createHash } from "node:crypto";
import { join } from "node:path";
import { Command } from "commander";
import type { Item, Results, Shard } from "../conformance/engine/index.ts";
import { UserError } from "../tla/errors.ts";
import { readText } from "../tla/values/file.ts";
import { BAD_INPUT, NOT_CHECKED } from "./exit-codes.ts";
import { type Located, located } from "./located.ts";
import { modelsOf } from "./manifest.ts";
import { count, ProgressLine } from "./progress.ts";
import { type NamedFile, traceFiles } from "./replay-files.ts";
import { countsText, exitOfReplayed, type Replayed, Replayer, replayedCounts, replayedLines } from "./replayer.ts";
import { writeResults } from "./results-file.ts";
import { isMine, shardOption } from "./shard.ts";
import { sourceHash } from "./source-hash.ts";

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
  const replayer = new Replayer(where, await modelsOf(where.spec), flags.cfg);
  const done: Replayed[] = [];
  const progress = new ProgressLine("replay");
  let told = began;
  const mine = files.filter((_, number) => isMine(flags.shard, number));
  for (const file of mine) {
    const one = await replayer.replay(file);
    done.push(one);
    process.stdout.write(`${replayedLines(one).join("\n")}\n`);
    const now = performance.now();
    if (now - told < 1000 && done.length < mine.length) continue;
    told = now;
    const rate = (replayedCounts(done)["steps"] ?? 0) / ((now - began) / 1000);
    progress.tell(`${done.length} of ${mine.length} files, ${count(Math.round(rate))} steps/s`);
  }
  progress.done();
  const kept = flags.write === true ? [join(where.results, "replay.json")] : [];
  for (const path of [...(flags.results === undefined ? [] : [flags.results]), ...kept]) {
    await writeResults(path, await results(where, files, flags, done, (performance.now() - began) / 1000));
  }
  const exit = exitOfReplayed(done);
  process.stdout.write(`${lastLine(done, flags.shard, exit)}\n`);
  return exit;
}

function lastLine(done: readonly Replayed[], { index, of }: Shard, exit: number): string {
  const part = of === 1 ? "" : ` of part ${index} of ${of}`;
  const words = [`${count(done.length)} files${part}`, ...countsText(replayedCounts(done))];
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
  const taken: Record<string, number> = {};
  for (const { actions } of done.flatMap(({ judged }) => judged ?? [])) {
    for (const [name, times] of actions) taken[`taken ${name}`] = (taken[`taken ${name}`] ?? 0) + times;
  }
  return { ...replayedCounts(done), ...taken };
}

function itemOf({ name, cfg, judged, faults: found, unchecked }: Replayed): Item {
  const faults = unchecked === undefined ? found : [...found, unchecked];
  if (judged === undefined) return { id: name, cfg, outcome: "stale", faults };
  const { expected, replayed, steps, compared, flagged, reached, both } = judged;
  const stuck =
    replayed.kind === "stuck" ? { at: replayed.at, differences: replayed.differences, refused: replayed.refused } : {};
  return { id: name, cfg, expected, outcome: replayed.kind, ...stuck, steps, compared, flagged, reached, both, faults };
}
