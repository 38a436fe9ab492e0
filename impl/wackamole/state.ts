import type { Config, Member } from "./config.ts";
import type { Effect, Host, Table, View } from "./messages.ts";

/** What one server knows and covers. The fields are the variables of `Wackamole.tla`; `hosts` alone is beyond it. */
export interface State {
  readonly state: "DISCONNECTED" | "GATHER" | "RUN";
  /** Whether this server may manage addresses (W16). */
  readonly mature: boolean;
  readonly view: View | null;
  /** Who covers what in this view, as far as this server knows (W4). */
  readonly current_table: Table;
  /** In GATHER: the table before it, less what was let go since (R1). */
  readonly old_table: Table;
  /** In GATHER: whose state messages have come, sorted. */
  readonly received: readonly Member[];
  /** What the members of the view prefer, of those whose state message has come (W15). */
  readonly prefs: Readonly<Record<Member, readonly string[]>>;
  /** In RUN: to whom groups are on their way (R3). */
  readonly handover: Table;
  /** What this server covers, in the order of the configuration's groups. */
  readonly held: readonly string[];
  /** Hosts to be told when an address moves, the latest heard of first (W22). */
  readonly hosts: readonly Host[];
}

/** A table in which nobody covers anything. */
export function nobody(config: Config): Table {
  return Object.fromEntries(config.groups.map((group) => [group.name, null]));
}

/**
 * A server that has just started: immature and without addresses (W16). What a predecessor that was killed may have
 * left on the interfaces is released before the server joins the group.
 */
export function initial(config: Config): { readonly state: State; readonly effects: readonly Effect[] } {
  const state: State = {
    state: "DISCONNECTED",
    mature: false,
    view: null,
    current_table: nobody(config),
    old_table: nobody(config),
    received: [],
    prefs: {},
    handover: nobody(config),
    held: [],
    hosts: [],
  };
  const releases = config.groups.map(
    ({ name, addresses }): Effect => ({ type: "release", group: name, addresses: [...addresses] }),
  );
  return { state, effects: [...releases, { type: "connect" }] };
}
