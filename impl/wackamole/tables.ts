import type { Config, Member } from "./config.ts";
import type { Table } from "./messages.ts";

type Prefs = Readonly<Record<Member, readonly string[]>>;

/** The groups of these names, each once, in the order of the configuration. */
export function inOrder(config: Config, names: readonly string[]): string[] {
  return config.groups.map((group) => group.name).filter((name) => names.includes(name));
}

/** The groups that a member owns in a table, in the order of the configuration. @spec Wackamole!Owned */
export function owned(config: Config, table: Table, member: Member): string[] {
  return config.groups.map((group) => group.name).filter((name) => table[name] === member);
}

function load(table: Table, member: Member): number {
  let count = 0;
  for (const name in table) if (table[name] === member) count += 1;
  return count;
}

/**
 * Whether the first of two members comes later in the list; whoever is not in it comes before all.
 * @spec Wackamole!Later
 */
export function later(list: readonly Member[], first: Member, second: Member): boolean {
  return list.indexOf(first) > list.indexOf(second);
}

/**
 * W8, W9: enters a member's claims; of two members that claim a group, the later one in the list has it.
 * @spec Wackamole!ResolveConflicts
 */
export function resolveConflicts(
  list: readonly Member[],
  table: Table,
  member: Member,
  claims: readonly string[],
): Table {
  const resolved: Record<string, Member | null> = { ...table };
  for (const name of claims) {
    const owner = resolved[name] ?? null;
    if (owner === null || later(list, member, owner)) resolved[name] = member;
  }
  return resolved;
}

/** The first member of the list among those with the least load. @spec Wackamole!LeastLoaded */
function leastLoaded(list: readonly Member[], table: Table): Member {
  return list.reduce((least, member) => (load(table, member) < load(table, least) ? member : least));
}

/**
 * W10: gives each hole, in the order of the groups, to the member with the least load by then.
 * @spec Wackamole!Reallocate_IPs
 */
export function reallocateIps(config: Config, list: readonly Member[], table: Table): Table {
  const filled: Record<string, Member | null> = { ...table };
  for (const { name } of config.groups) filled[name] ??= leastLoaded(list, filled);
  return filled;
}

/**
 * W13, W15: first gives each group that somebody prefers to the first member that prefers it, unless its owner does;
 * then moves groups that their owner does not prefer, one at a time, from the most loaded member that has such a group
 * to the least loaded one, until they differ by one at most. @spec Wackamole!Balance_IPs
 */
export function balanceIps(config: Config, list: readonly Member[], table: Table, prefs: Prefs): Table {
  const balanced: Record<string, Member | null> = { ...table };
  for (const { name } of config.groups) {
    const owner = balanced[name] ?? null;
    const fan = list.find((member) => prefers(prefs, member, name));
    if (fan !== undefined && (owner === null || !prefers(prefs, owner, name))) balanced[name] = fan;
  }
  for (;;) {
    const giver = mostLoaded(config, list, balanced, prefs);
    if (giver === undefined) return balanced;
    const taker = leastLoaded(list, balanced);
    if (load(balanced, giver) <= load(balanced, taker) + 1) return balanced;
    const given = movable(config, balanced, prefs, giver).at(-1);
    if (given === undefined) return balanced;
    balanced[given] = taker;
  }
}

function mostLoaded(config: Config, list: readonly Member[], table: Table, prefs: Prefs): Member | undefined {
  const givers = list.filter((member) => movable(config, table, prefs, member).length > 0);
  return givers.reduce<Member | undefined>(
    (most, member) => (most === undefined || load(table, member) > load(table, most) ? member : most),
    undefined,
  );
}

function movable(config: Config, table: Table, prefs: Prefs, member: Member): string[] {
  return owned(config, table, member).filter((name) => !prefers(prefs, member, name));
}

function prefers(prefs: Prefs, member: Member, name: string): boolean {
  return Object.hasOwn(prefs, member) && (prefs[member]?.includes(name) ?? false);
}

/** Where the second table differs from the first: its owner; null elsewhere. @spec Wackamole!Moves */
export function moves(from: Table, to: Table): Table {
  return Object.fromEntries(
    Object.keys(from).map((name) => [name, from[name] === to[name] ? null : (to[name] ?? null)]),
  );
}

/** The table with some groups owned by nobody. @spec Wackamole!Forget */
export function forget(table: Table, names: readonly string[]): Table {
  return Object.fromEntries(Object.entries(table).map(([name, owner]) => [name, names.includes(name) ? null : owner]));
}

/** Whether nobody owns anything. */
export function isEmpty(table: Table): boolean {
  return Object.values(table).every((owner) => owner === null);
}
