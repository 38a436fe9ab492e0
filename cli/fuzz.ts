import { Command, Option } from "commander";
import { type Fuzzing, type Shard, strategies } from "../conformance/engine/index.ts";
import { UserError } from "../tla/errors.ts";
import { exceptionOf } from "./excepted.ts";
import { BAD_INPUT, MISMATCH, NOT_CHECKED } from "./exit-codes.ts";
import { type Coverage, coverageText, edgesByAction } from "./fuzz-coverage.ts";
import { FuzzJob, type FuzzPlan } from "./fuzz-job.ts";
import { playedAgain, playedText, readScript } from "./fuzz-script.ts";
import { duration } from "./fuzz-time.ts";
import { INTERRUPTED, interruptible } from "./interrupt.ts";
import { graphOf } from "./kept-graph.ts";
import { type Located, located } from "./located.ts";
import { modelsOf } from "./manifest.ts";
import { integer } from "./numbers.ts";
import { shardOption } from "./shard.ts";
import { Watchdog } from "./watchdog.ts";

interface FuzzFlags {
  readonly protocol: string;
  readonly cfg?: string;
  readonly for?: number;
  readonly campaigns?: number;
  readonly runs: number;
  readonly steps: number;
  readonly seed: number;
  readonly patience: number;
  readonly strategy: FuzzPlan["strategy"];
  readonly shard: Shard;
  readonly results?: string;
  readonly write?: true;
  readonly out: string;
  readonly replay?: string;
}

/** `lockstep fuzz`: clusters beyond what is exhausted, or within the bounds of a model beside its graph. */
export function fuzzCommand(): Command {
  return new Command("fuzz")
    .description("drive clusters through faults, and evaluate the properties after every step and at rest")
    .requiredOption("--protocol <name>", "the protocol, or the path of a module that exports one")
    .option("--cfg <file>", "stay within this configuration, and tell how much of its graph is covered")
    .option("--for <time>", "finish the campaign under way after 60s, 5m, 1h (default: 60s)", duration)
    .option("--campaigns <n>", "do so many campaigns in all: the same ones whenever the seed is the same", integer)
    .option("--runs <n>", "runs of a campaign", integer, 100)
    .option("--steps <n>", "steps of a run, before it settles", integer, 200)
    .option("--seed <n>", "what is drawn (default: another one each time)", integer, Date.now() % 2 ** 31)
    .addOption(new Option("--strategy <name>", "how runs are drawn").choices([...strategies]).default("guided"))
    .option("--patience <seconds>", "how long a run may take before it is said to be stuck", integer, 120)
    .addOption(shardOption())
    .option("--results <file>", "write what was found after each campaign, for lockstep merge")
    .option("--write", "keep what was found as the protocol's results")
    .option("--out <folder>", "where runs that fail go, as ITF", "fuzz")
    .option("--replay <file>", "take the steps of such a file again, and nothing else")
    .action(async (flags: FuzzFlags) => {
      process.exitCode = await fuzz(flags);
    });
}

async function fuzz(flags: FuzzFlags): Promise<number> {
  const where = await located(flags.protocol);
  const bound = flags.cfg === undefined ? undefined : await boundOf(where, flags.cfg);
  const target = bound?.fuzzing ?? where.models.fuzzing;
  if (target === undefined) {
    throw new UserError(
      `${where.models.protocol} supplies no clusters beyond its models; name one with --cfg.`,
      BAD_INPUT,
    );
  }
  requirePositive(flags);
  if (flags.replay !== undefined) return again(target, flags.replay, flags.patience, bound?.coverage);
  const job = await FuzzJob.open(where, planOf(flags, bound?.coverage));
  await interruptible((signal) => job.run(target, bound?.coverage, signal));
  const { campaigns, violations, compared } = job.counts;
  const isEmpty = flags.campaigns !== undefined && flags.shard.index > flags.campaigns;
  if (bound !== undefined) process.stdout.write(`${coverageText(bound.coverage, job.hit)}\n`);
  const none = campaigns === 0 || (bound !== undefined && compared === 0);
  // What no run did was not looked at; a shard is only a part of what was drawn.
  const never = flags.shard.of > 1 ? [] : job.neverTaken.filter((action) => isInGraph(bound?.coverage, action));
  for (const action of never) process.stdout.write(`never taken: ${action}\n`);
  const unlooked = (none && !isEmpty) || never.length > 0;
  const exit = violations > 0 ? MISMATCH : !job.complete ? INTERRUPTED : unlooked ? NOT_CHECKED : 0;
  const word = exit === INTERRUPTED ? "INTERRUPTED" : exit === 0 ? "PASS" : "FAIL";
  process.stdout.write(`${word} ${where.models.protocol}: ${job.summary()}\n`);
  return exit;
}

/** An action that labels no edge of the graph cannot be taken there. */
function isInGraph(coverage: Coverage | undefined, action: string): boolean {
  return coverage === undefined || (edgesByAction(coverage)[action] ?? 0) > 0;
}

function planOf(flags: FuzzFlags, coverage: Coverage | undefined): FuzzPlan {
  const { seed, strategy, runs, steps, shard, out, results, patience } = flags;
  const kept = flags.write === true ? [coverage === undefined ? "fuzz.json" : "coverage.json"] : [];
  if (flags.write === true && (flags.campaigns === undefined || shard.of > 1)) {
    throw new UserError(
      "Only a number of --campaigns that one process did is kept: others cannot be made again.",
      BAD_INPUT,
    );
  }
  return {
    protocol: flags.protocol,
    ...(flags.cfg === undefined ? {} : { cfg: flags.cfg }),
    ...{ seed, strategy, runs, steps, shard, out, kept, patience },
    ...(results === undefined ? {} : { results }),
    // Both bounds may be given; where none is, it is one minute.
    ...(flags.campaigns === undefined ? {} : { campaigns: flags.campaigns }),
    ...(flags.for === undefined && flags.campaigns !== undefined ? {} : { seconds: flags.for ?? 60 }),
  };
}

const MOST = 1_000_000;

function requirePositive({ campaigns = 1, runs, steps, seed, patience }: FuzzFlags): void {
  const wrong = Object.entries({ campaigns, runs, steps, patience }).find(([, number]) => number < 1 || number > MOST);
  if (wrong !== undefined) throw new UserError(`--${wrong[0]} must be a number from 1 to 1,000,000.`, BAD_INPUT);
  if (seed < 0 || seed >= 2 ** 31) throw new UserError("--seed must be a number from 0 to 2,147,483,647.", BAD_INPUT);
}

/** A configuration's own closed system, and its graph as TLC has it. */
async function boundOf(where: Located, cfg: string): Promise<{ fuzzing: Fuzzing; coverage: Coverage }> {
  const models = await modelsOf(where.spec);
  const model = models.find((one) => one.cfg === cfg && one.purpose.kind === "good");
  const system = model === undefined ? undefined : where.models.modelOf(model.text);
  if (model === undefined || system === undefined || typeof system === "string") {
    throw new UserError(`${where.models.protocol} has no closed system for a model ${cfg} that must hold.`, BAD_INPUT);
  }
  const excepted = exceptionOf(model, where.models);
  if (excepted !== undefined) throw new UserError(`${cfg} is not conformed: ${excepted}.`, BAD_INPUT);
  const graph = await graphOf(where, model, undefined);
  return { fuzzing: system.fuzzing, coverage: { cfg, graph, map: system.map(graph) } };
}

async function again(target: Fuzzing, path: string, patience: number, coverage?: Coverage): Promise<number> {
  const script = await readScript(path);
  const stuck = `The steps of ${path} have not ended in ${patience} seconds: one of them may never return.`;
  const watchdog = new Watchdog(patience, stuck);
  watchdog.beat(0);
  const played = playedAgain(target, script, path, coverage?.map);
  await watchdog.close();
  process.stdout.write(`${playedText(played)}\n`);
  return played.breach === undefined && played.refused === undefined ? 0 : MISMATCH;
}
