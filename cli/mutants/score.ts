import type { Item } from "../../conformance/engine/index.ts";
import { count } from "../progress.ts";

/** What adds up of some mutants: how many there are, are killed, by what, and survive with a reason. */
export function countsOf(items: readonly Item[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {
    total: items.length,
    killed: 0,
    reasoned: 0,
    "same graph": 0,
    guards: 0,
    "guards killed": 0,
  };
  const add = (name: string): void => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  for (const { killedBy, reason, same, guard } of items) {
    if (killedBy !== undefined) add("killed");
    if (typeof killedBy === "string") add(`killed by ${killedBy}`);
    if (guard === true) add("guards");
    if (guard === true && killedBy !== undefined) add("guards killed");
    if (reason !== undefined) add("reasoned");
    if (killedBy === undefined && same !== undefined) add("same graph");
  }
  return counts;
}

/** The score in words: of all, and of those that have no reason to survive, which is another number. */
export function summaryOf(counts: Readonly<Record<string, number>>): string {
  const { total = 0, killed = 0, reasoned = 0 } = counts;
  const by = Object.entries(counts)
    .filter(([name]) => name.startsWith("killed by "))
    .map(([name, number]) => `${name.slice("killed by ".length)} ${count(number)}`);
  const rest =
    reasoned === 0
      ? ""
      : `; of the ${count(total - reasoned)} without a reason to survive ${share(killed, total - reasoned)}`;
  const guards = `guards removed: ${count(counts["guards killed"] ?? 0)} of ${count(counts["guards"] ?? 0)} killed`;
  return `${count(killed)} of ${count(total)} mutants killed (${share(killed, total)}${rest}): ${by.join(", ")}; ${guards}`;
}

function share(part: number, whole: number): string {
  return whole === 0 ? "none" : `${((100 * part) / whole).toFixed(1)} %`;
}
