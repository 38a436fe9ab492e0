import { canonical } from "../../../impl/kernel/index.ts";
import type { Item, Results } from "./results.ts";

/** Why parts do not add up: one sentence each. */
export interface Misfit {
  readonly kind: "misfit";
  readonly because: readonly string[];
}

/**
 * Adds up all parts of a job, in whatever order they come. The sum is what the job would have found undivided, except
 * for `seconds`.
 */
export function merge(parts: readonly Results[]): Results | Misfit {
  const [first] = parts;
  if (first === undefined) return { kind: "misfit", because: ["there is nothing to add up."] };
  const because = [
    ...strangers(first, parts),
    ...incomplete(first.shard.of, parts),
    ...unfinished(parts),
    ...repeated(parts),
  ];
  if (because.length > 0) return { kind: "misfit", because };
  return {
    ...first,
    shard: { index: 1, of: 1 },
    counts: sums(parts.map(({ counts }) => counts)),
    sets: unions(parts.map(({ sets }) => sets)),
    items: parts.flatMap(({ items }) => items).sort(byId),
    seconds: parts.reduce((total, { seconds }) => total + seconds, 0),
  };
}

/** Only parts of the same job add up. */
function strangers(first: Results, parts: readonly Results[]): string[] {
  const whole = ({ format, version, kind, protocol, sha256, settings, shard }: Results): string =>
    canonical({ format, version, kind, protocol, sha256, settings, of: shard.of });
  return parts
    .filter((part) => whole(part) !== whole(first))
    .map(({ kind, protocol, shard }) => `part ${shard.index} of ${shard.of} (${kind}, ${protocol}) is of another job.`);
}

/** A part that is missing, or there twice, must not pass for the whole. */
function incomplete(of: number, parts: readonly Results[]): string[] {
  const numbers = parts.map(({ shard }) => shard.index);
  return Array.from({ length: of }, (_, at) => at + 1).flatMap((index) => {
    const times = numbers.filter((number) => number === index).length;
    return times === 1 ? [] : [`part ${index} of ${of} is ${times === 0 ? "missing" : `there ${times} times`}.`];
  });
}

/** A part that was cut short has the right settings, and less than these ask for. */
function unfinished(parts: readonly Results[]): string[] {
  return parts
    .filter(({ complete }) => !complete)
    .map(({ shard }) => `part ${shard.index} of ${shard.of} was not done to its end.`);
}

function repeated(parts: readonly Results[]): string[] {
  const seen = new Set<string>();
  const twice = parts.flatMap(({ items }) => items).filter(({ id }) => seen.size === seen.add(id).size);
  return twice.map(({ id }) => `${id} was found by two parts.`);
}

function sums(all: readonly Results["counts"][]): Results["counts"] {
  const names = [...new Set(all.flatMap(Object.keys))].sort();
  return Object.fromEntries(names.map((name) => [name, all.reduce((sum, counts) => sum + (counts[name] ?? 0), 0)]));
}

function unions(all: readonly Results["sets"][]): Results["sets"] {
  const names = [...new Set(all.flatMap(Object.keys))].sort();
  return Object.fromEntries(names.map((name) => [name, [...new Set(all.flatMap((sets) => sets[name] ?? []))].sort()]));
}

function byId(one: Item, other: Item): number {
  return one.id < other.id ? -1 : 1;
}
