import type { Item } from "../../conformance/engine/index.ts";
import { count } from "../progress.ts";

/** What is changed. */
export type Side = "spec" | "reducer";

export const SIDES: readonly Side[] = ["spec", "reducer"];

/** What adds up of mutants, for each side: how many there are, are killed, by what, and have a reason to survive. */
export function countsOf(items: readonly Item[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { side, killedBy, reason, same, guard } of items) {
    const add = (name: string, number = 1): void => {
      counts[`${side} ${name}`] = (counts[`${side} ${name}`] ?? 0) + number;
    };
    const killed = killedBy === undefined ? 0 : 1;
    add("total");
    add("killed", killed);
    add("reasoned", reason === undefined ? 0 : 1);
    add("same graph", killed === 0 && same !== undefined ? 1 : 0);
    add("guards", guard === true ? 1 : 0);
    add("guards killed", guard === true ? killed : 0);
    if (typeof killedBy === "string") add(`killed by ${killedBy}`);
  }
  return counts;
}

/**
 * The score of a side in words: of all its mutants, and of those that have no reason to survive, which is another
 * number; undefined where it has none.
 */
export function summaryOf(counts: Readonly<Record<string, number>>, side: Side): string | undefined {
  const of = (name: string): number => counts[`${side} ${name}`] ?? 0;
  const [total, killed, reasoned] = [of("total"), of("killed"), of("reasoned")];
  if (total === 0) return undefined;
  const prefix = `${side} killed by `;
  const by = Object.entries(counts)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, number]) => `${name.slice(prefix.length)} ${count(number)}`);
  const left = total - reasoned;
  const rest = reasoned === 0 ? "" : `; of the ${count(left)} without a reason to survive ${share(killed, left)}`;
  const anew = `judged anew: ${count(of("judged"))}`;
  const guards = `guards removed: ${count(of("guards killed"))} of ${count(of("guards"))} killed`;
  const score = `${count(killed)} of ${count(total)} mutants killed (${share(killed, total)}${rest})`;
  return `${score}: ${by.join(", ")}; ${guards}; ${anew}`;
}

function share(part: number, whole: number): string {
  return whole === 0 ? "none" : `${((100 * part) / whole).toFixed(1)} %`;
}
