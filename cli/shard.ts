import { InvalidArgumentError, Option } from "commander";
import type { Shard } from "../conformance/engine/index.ts";

/** `--shard I/N`: this process does the I-th of N parts of a job, and `lockstep merge` adds them up. */
export function shardOption(): Option {
  return new Option("--shard <I/N>", "do the I-th of N parts").argParser(shardOf).default({ index: 1, of: 1 }, "1/1");
}

/** Whether the item with this number, counted from 0, falls to a shard. */
export function isMine({ index, of }: Shard, number: number): boolean {
  return number % of === index - 1;
}

function shardOf(text: string): Shard {
  const [, index, of] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (index === undefined || shard.index > shard.of) throw new InvalidArgumentError("It must be I/N with 1 <= I <= N.");
  return shard;
}
