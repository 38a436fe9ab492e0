import { family } from "./address.ts";
import { type Config, isName } from "./config.ts";
import type { Event } from "./messages.ts";

/**
 * Whether what came has the shape of an {@link Event}. Peers may send anything, so nothing is taken for granted; the
 * specification has only well-formed events, so this refuses nothing in the closed system.
 */
export function isWellFormed(config: Config, event: unknown): event is Event {
  if (!isRecord(event)) return false;
  switch (event["type"]) {
    case "DISCONNECT":
    case "MATURE_TIMEOUT":
    case "BALANCE_TIMEOUT":
      return true;
    case "SHARE_TIMEOUT":
      return areHosts(event["cache"]);
    case "VIEW_CHANGE":
      return isView(config, event["view"]);
    case "STATE_MSG":
      return (
        isName(event["sender"]) &&
        typeof event["view"] === "string" &&
        typeof event["mature"] === "boolean" &&
        areGroups(config, event["owns"]) &&
        areGroups(config, event["prefers"])
      );
    case "BALANCE_MSG":
      return isName(event["sender"]) && isAllocation(config, event["table"]);
    case "RELEASED_MSG":
      return isName(event["sender"]) && areGroups(config, event["released"]);
    case "HOSTS_MSG":
      return isName(event["sender"]) && areHosts(event["hosts"]);
    default:
      return false;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A list of distinct members, the server among them. */
function isView(config: Config, view: unknown): boolean {
  if (!isRecord(view) || typeof view["id"] !== "string") return false;
  const members = view["members"];
  return areAll(members, isName) && new Set(members).size === members.length && members.includes(config.self);
}

/** Names of configured groups, each once. */
function areGroups(config: Config, names: unknown): boolean {
  if (!Array.isArray(names) || names.length > config.groups.length) return false;
  const isGroup = (name: unknown): boolean => config.groups.some((group) => group.name === name);
  return areAll(names, isGroup) && new Set(names).size === names.length;
}

/** An owner for every configured group and for nothing else. */
function isAllocation(config: Config, table: unknown): boolean {
  return (
    isRecord(table) &&
    Object.keys(table).length === config.groups.length &&
    config.groups.every(({ name }) => Object.hasOwn(table, name) && isName(table[name]))
  );
}

/** An IP address and the name of an interface, neither longer than such a text can be. */
function areHosts(hosts: unknown): boolean {
  return areAll(hosts, (host) => {
    if (!isRecord(host)) return false;
    const { ip, interface: device } = host;
    if (typeof ip !== "string" || ip.length > IP_LENGTH_MAX || family(ip) === undefined) return false;
    return typeof device === "string" && device !== "" && device.length <= INTERFACE_LENGTH_MAX;
  });
}

const IP_LENGTH_MAX = 45;
const INTERFACE_LENGTH_MAX = 64;

/** Whether this is an array whose items are all so; the holes of a sparse array, which `every` skips, are not. */
function areAll(items: unknown, isSo: (item: unknown) => boolean): items is readonly unknown[] {
  return Array.isArray(items) && items.findIndex((item) => !isSo(item)) === -1;
}
