import type { Event, Member, State, Table, Timer, View } from "../../impl/wackamole/index.ts";
import { canonical } from "../../tla/values/canonical.ts";
import {
  isMap,
  isModelValue,
  isSet,
  isTuple,
  type TlaRecord,
  type TlaState,
  type TlaValue,
} from "../../tla/values/value.ts";
import { type Bounds, nameOf, viewOf, type World } from "./world.ts";

// The inverse of the projection in refine.ts. What it leaves out is settled by the rest of a state: which timers are
// armed, and whose preferences are known. Hosts (W22) are beyond the specification, so there are none.

/**
 * The world that shows a state of `Wackamole.tla`.
 *
 * @throws TypeError for a state that is none of `Wackamole.tla` within these bounds.
 */
export function restore(bounds: Bounds, state: TlaState): World {
  const each = <T>(part: (server: Member) => T): Record<Member, T> =>
    Object.fromEntries(bounds.servers.map((server) => [server, part(server)]));
  const of = (variable: string, server: Member): TlaValue => entry(state[variable], server);
  const names = (value: TlaValue): string[] => groups(bounds, value);
  const servers = each((server): State => {
    const phase = text(of("state", server)) as State["state"];
    const view = viewIn(of("view", server));
    const received = elements(of("received", server)).map(text).sort();
    const known = phase === "RUN" ? (view?.members ?? []) : received;
    const prefs = of("prefs", server);
    return {
      state: phase,
      mature: of("mature", server) === true,
      view,
      current_table: table(bounds, of("current_table", server)),
      old_table: table(bounds, of("old_table", server)),
      received,
      prefs: Object.fromEntries(known.map((member) => [member, names(entry(prefs, member))])),
      handover: table(bounds, of("handover", server)),
      held: names(of("held", server)),
      hosts: [],
    };
  });
  return {
    epoch: number(state["epoch"]),
    net: each((server) => viewIn(of("net", server))),
    inbox: each((server) => sequence(of("inbox", server)).map((value) => event(bounds, value))),
    servers,
    covers: each((server) => names(of("held", server)).sort()),
    armed: each((server) => armed(server, servers[server])),
  };
}

function armed(server: Member, state: State | undefined): Timer[] {
  if (state === undefined || state.view === null) return [];
  const balances = state.state === "RUN" && state.view.members[0] === server;
  return [...(balances ? (["balance"] as const) : []), ...(state.mature ? [] : (["mature"] as const)), "share"];
}

function event(bounds: Bounds, value: TlaValue): Event {
  const type = text(field(value, "type"));
  switch (type) {
    case "VIEW_CHANGE":
      return { type, view: viewIn(field(value, "view")) ?? wrong("a view", value) };
    case "STATE_MSG":
      return {
        type,
        sender: text(field(value, "sender")),
        view: viewIn(field(value, "view"))?.id ?? wrong("a view", value),
        owns: groups(bounds, field(value, "owns")),
        mature: field(value, "mature") === true,
        prefers: groups(bounds, field(value, "prefers")),
      };
    case "BALANCE_MSG":
      return { type, sender: text(field(value, "sender")), table: owners(bounds, field(value, "table")) };
    case "RELEASED_MSG":
      return { type, sender: text(field(value, "sender")), released: groups(bounds, field(value, "released")) };
    case "DISCONNECT":
      return { type };
    default:
      return wrong("an event", value);
  }
}

/** The group of the bounds that has these addresses, by its name. */
function group(bounds: Bounds, value: TlaValue): string {
  const names = namesOf.get(bounds) ?? new Map(bounds.groups.map((one) => [canonical({ "#set": one }), nameOf(one)]));
  namesOf.set(bounds, names);
  return names.get(canonical(value)) ?? wrong("a group of these bounds", value);
}

const namesOf = new WeakMap<Bounds, ReadonlyMap<string, string>>();

/** The groups of a set, in the order of the configuration. */
function groups(bounds: Bounds, value: TlaValue): string[] {
  const names = elements(value).map((one) => group(bounds, one));
  return bounds.groups.map(nameOf).filter((name) => names.includes(name));
}

function table(bounds: Bounds, value: TlaValue): Table {
  const pairs = isMap(value) ? value["#map"] : wrong("a table", value);
  return Object.fromEntries(
    pairs.map(([one, owner]) => [group(bounds, one), isModelValue(owner) ? null : text(owner)]),
  );
}

/** The table of a BALANCE_MSG, in which everything has an owner. */
function owners(bounds: Bounds, value: TlaValue): Record<string, Member> {
  return Object.fromEntries(
    Object.entries(table(bounds, value)).map(([name, owner]) => [name, owner ?? wrong("a table without holes", value)]),
  );
}

function viewIn(value: TlaValue): View | null {
  if (isModelValue(value)) return null;
  return viewOf(number(field(value, "epoch")), sequence(field(value, "members")).map(text));
}

// ---------------------------------------------------------------------------------------------------------------------
// Parts of values

/** The value of a function on servers, which has the shape of a record. */
function entry(value: TlaValue | undefined, server: Member): TlaValue {
  return field(value, server);
}

function field(value: TlaValue | undefined, name: string): TlaValue {
  const part = typeof value === "object" && Object.hasOwn(value, name) ? (value as TlaRecord)[name] : undefined;
  return part ?? wrong(`something with ${name}`, value);
}

function text(value: TlaValue): string {
  return typeof value === "string" ? value : wrong("a string", value);
}

function number(value: TlaValue | undefined): number {
  if (typeof value === "number") return value;
  const digits = typeof value === "object" ? (value as TlaRecord)["#bigint"] : undefined;
  return typeof digits === "string" ? Number(digits) : wrong("a number", value);
}

function sequence(value: TlaValue): readonly TlaValue[] {
  return isTuple(value) ? value["#tup"] : wrong("a sequence", value);
}

function elements(value: TlaValue): readonly TlaValue[] {
  return isSet(value) ? value["#set"] : wrong("a set", value);
}

function wrong(what: string, value: TlaValue | undefined): never {
  throw new TypeError(`expected ${what}, got ${value === undefined ? "nothing" : canonical(value)}`);
}
