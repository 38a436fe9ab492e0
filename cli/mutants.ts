import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Command, Option } from "commander";
import envPaths from "env-paths";
import type { Item, Results, Shard } from "../conformance/engine/index.ts";
import { UserError } from "../tla/errors.ts";
import { CACHE_VARIABLE } from "../tla/tlc/index.ts";
import { BAD_INPUT, MISMATCH, NOT_CHECKED } from "./exit-codes.ts";
import { located } from "./located.ts";
import { countsOf, summaryOf } from "./mutants/score.ts";
import { mutateSpec } from "./mutants-spec.ts";
import { integer } from "./numbers.ts";
import { writeResults } from "./results-file.ts";
import { shardOption } from "./shard.ts";
import { sourceHash } from "./source-hash.ts";

interface MutantsFlags {
  readonly protocol: string;
  readonly side: "spec" | "reducer" | "both";
  readonly bounds: "quick" | "full";
  readonly only?: string;
  readonly lanes: number;
  readonly shard: Shard;
  readonly results?: string;
  readonly write?: true;
  readonly memory: boolean;
}

/** `lockstep mutants`: changes one thing at a time, and shows which check notices. */
export function mutantsCommand(): Command {
  return new Command("mutants")
    .description("change one thing at a time in a specification or its reducer, and show which check notices first")
    .requiredOption("--protocol <name>", "the protocol, or the path of a module that exports one")
    .addOption(new Option("--side <side>", "what is changed").choices(["spec", "reducer", "both"]).default("spec"))
    .addOption(new Option("--bounds <bounds>", "how large the models are").choices(["quick", "full"]).default("quick"))
    .option("--only <prefix>", "only mutants whose names begin so")
    .option("--lanes <n>", "how many are judged at the same time", integer, availableParallelism())
    .addOption(shardOption())
    .option("--results <file>", "write what was found, for lockstep merge")
    .option("--write", "keep what was found as the protocol's results")
    .option("--no-memory", "judge all again, whatever was found before")
    .action(async (flags: MutantsFlags) => {
      process.exitCode = await mutants(flags);
    });
}

async function mutants(flags: MutantsFlags): Promise<number> {
  const { side, bounds, only, shard, lanes } = flags;
  if (lanes < 1) throw new UserError("The number of lanes must be at least 1.", BAD_INPUT);
  if (flags.write === true && (only !== undefined || shard.of > 1)) {
    throw new UserError("Only the results of all mutants are kept: leave out --only and --shard.", BAD_INPUT);
  }
  if (side !== "spec") throw new UserError("The reducer's mutants are not here yet.", BAD_INPUT);
  const protocol = await located(flags.protocol);
  const memory = flags.memory ? { memory: memoryPath(protocol.models.protocol, side) } : {};
  const narrowed = only === undefined ? {} : { only };
  const began = performance.now();
  const { items, stale } = await mutateSpec(protocol, { shard, lanes, bounds, ...narrowed, ...memory });
  const seconds = (performance.now() - began) / 1000;
  if (items.length === 0) throw new UserError(`There is no mutant whose name begins with ${only}.`, NOT_CHECKED);
  const sha256 = (await sourceHash(protocol)) ?? "0".repeat(64);
  const results: Results = {
    format: "lockstep-results",
    version: 1,
    kind: "mutants",
    protocol: protocol.models.protocol,
    sha256,
    settings: { side, bounds, ...narrowed },
    shard,
    counts: countsOf(items),
    sets: {},
    items: [...items].sort((one, other) => (one.id < other.id ? -1 : 1)),
    seconds,
  };
  if (flags.results !== undefined) await writeResults(flags.results, results);
  if (flags.write === true) await writeResults(join(protocol.results, "mutants.json"), results);
  return told(results, stale);
}

function told(results: Results, stale: readonly string[]): number {
  for (const id of stale)
    process.stdout.write(`STALE ${id}: a reason is given for a mutant that is killed or not there\n`);
  for (const item of results.items.filter(isSurvivor)) process.stdout.write(`${survivorText(item)}\n`);
  const passed = stale.length === 0 && !results.items.some((item) => isSurvivor(item) && item["reason"] === undefined);
  process.stdout.write(`${passed ? "PASS" : "FAIL"} ${results.protocol}: ${summaryOf(results.counts)}\n`);
  return passed ? 0 : MISMATCH;
}

function isSurvivor(item: Item): boolean {
  return item["killedBy"] === undefined;
}

function survivorText({ id, diff, reason }: Item): string {
  return `SURVIVED ${id}: ${diff}\n  ${reason ?? "no reason is given"}`;
}

function memoryPath(protocol: string, side: string): string {
  const own = process.env[CACHE_VARIABLE];
  const folder = own === undefined || own === "" ? envPaths("lockstep", { suffix: "" }).cache : own;
  return join(folder, "mutants", `${protocol}.${side}.ndjson`);
}
