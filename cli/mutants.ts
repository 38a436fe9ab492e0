import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Command, Option } from "commander";
import envPaths from "env-paths";
import type { Item, Results, Shard } from "../conformance/engine/index.ts";
import { UserError } from "../tla/errors.ts";
import { CACHE_VARIABLE } from "../tla/tlc/index.ts";
import { BAD_INPUT, MISMATCH, NOT_CHECKED } from "./exit-codes.ts";
import { type Located, located } from "./located.ts";
import { keepMutants } from "./mutants/kept.ts";
import { countsOf, SIDES, type Side, summaryOf } from "./mutants/score.ts";
import { mutateReducer } from "./mutants-reducer.ts";
import { mutateSpec } from "./mutants-spec.ts";
import { integer } from "./numbers.ts";
import { writeResults } from "./results-file.ts";
import { shardOption } from "./shard.ts";
import { sourceHash } from "./source-hash.ts";

interface MutantsFlags {
  readonly protocol: string;
  readonly side: Side | "both";
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
    .addOption(new Option("--side <side>", "what is changed").choices([...SIDES, "both"]).default("both"))
    .addOption(
      new Option("--bounds <bounds>", "how large the models are that mutants of the specification are put to")
        .choices(["quick", "full"])
        .default("quick"),
    )
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
  const protocol = await located(flags.protocol);
  const sha256 = await sourceHash(protocol);
  if (sha256 === undefined) throw new UserError(`The sources of ${flags.protocol} are not here to be changed.`, 2);
  const began = performance.now();
  const { items, stale, counts } = await mutated(protocol, flags);
  if (items.length === 0) throw new UserError(`There is no mutant whose name begins with ${only}.`, NOT_CHECKED);
  const results: Results = {
    format: "lockstep-results",
    version: 1,
    kind: "mutants",
    protocol: protocol.models.protocol,
    sha256,
    settings: { side, bounds, ...(only === undefined ? {} : { only }) },
    shard,
    complete: true,
    counts: { ...countsOf(items), ...counts },
    sets: {},
    items: [...items].sort((one, other) => (one.id < other.id ? -1 : 1)),
    seconds: (performance.now() - began) / 1000,
  };
  if (flags.results !== undefined) await writeResults(flags.results, results);
  if (flags.write === true) await keepMutants(join(protocol.results, "mutants.json"), results);
  return told(results, stale);
}

interface Mutated {
  readonly items: readonly Item[];
  readonly stale: readonly string[];
  /** For each side how many were judged now, and not remembered. */
  readonly counts: Readonly<Record<string, number>>;
}

async function mutated(protocol: Located, { side, bounds, shard, lanes, ...flags }: MutantsFlags): Promise<Mutated> {
  const of = (one: Side): { readonly shard: Shard; readonly lanes: number; only?: string; memory?: string } => ({
    shard,
    lanes,
    ...(flags.only === undefined ? {} : { only: flags.only }),
    ...(flags.memory ? { memory: memoryPath(protocol.models.protocol, one) } : {}),
  });
  const spec = side === "reducer" ? undefined : await mutateSpec(protocol, { ...of("spec"), bounds });
  const reducer = side === "spec" ? undefined : await mutateReducer(protocol, of("reducer"));
  return {
    items: [...(spec?.items ?? []), ...(reducer?.items ?? [])],
    stale: [...(spec?.stale ?? []), ...(reducer?.stale ?? [])],
    counts: {
      ...(spec === undefined ? {} : { "spec judged": spec.judged }),
      ...(reducer === undefined ? {} : { "reducer judged": reducer.judged }),
    },
  };
}

function told(results: Results, stale: readonly string[]): number {
  const say = (line: string): boolean => process.stdout.write(`${line}\n`);
  const survivors = results.items.filter(({ killedBy }) => killedBy === undefined);
  for (const { id, diff, reason } of survivors) {
    say(`SURVIVED ${id}: ${diff}\n  ${reason ?? "no reason is given"}`);
  }
  for (const id of stale) say(`STALE ${id}: a reason is given for a mutant that is killed or not there`);
  for (const side of SIDES) {
    const words = summaryOf(results.counts, side);
    if (words !== undefined) say(`${side}: ${words}`);
  }
  const open = survivors.filter(({ reason }) => reason === undefined).length;
  const passed = stale.length === 0 && open === 0;
  const words = `${survivors.length} survivors, ${open} without a reason, ${stale.length} stale reasons`;
  say(`${passed ? "PASS" : "FAIL"} ${results.protocol}: ${results.items.length} mutants, ${words}`);
  return passed ? 0 : MISMATCH;
}

function memoryPath(protocol: string, side: Side): string {
  const own = process.env[CACHE_VARIABLE];
  const folder = own === undefined || own === "" ? envPaths("lockstep", { suffix: "" }).cache : own;
  return join(folder, "mutants", `${protocol}.${side}.ndjson`);
}
