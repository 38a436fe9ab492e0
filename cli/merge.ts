import { Command } from "commander";
import { merge, type Results } from "../conformance/engine/index.ts";
import { UserError } from "../tla/errors.ts";
import { BAD_INPUT } from "./exit-codes.ts";
import { count } from "./progress.ts";
import { readResults, writeResults } from "./results-file.ts";

/** `lockstep merge`: the parts of a job, done by whatever processes and machines, become the whole. */
export function mergeCommand(): Command {
  return new Command("merge")
    .description("add up the results of all shards of a fuzz, replay or mutants job")
    .argument("<files...>", "the results of every shard, in any order")
    .requiredOption("--out <file>", "where the results of the whole job go")
    .action(async (files: readonly string[], { out }: { readonly out: string }) => {
      const parts: Results[] = [];
      for (const file of files) parts.push(await readResults(file));
      const whole = merge(parts);
      if ("because" in whole) throw new UserError(`The parts do not add up: ${whole.because.join(" ")}`, BAD_INPUT);
      await writeResults(out, whole);
      const counts = Object.entries(whole.counts).map(([name, number]) => `${name} ${count(number)}`);
      process.stdout.write(`${whole.kind} of ${whole.protocol}, ${parts.length} parts: ${counts.join(", ")}\n`);
    });
}
