import { family, isLinkLocal, spelling } from "./address.ts";

/** The name of a server, as the group communication's member lists spell it. */
export type Member = string;

/** A virtual IP address on an interface of this host; `prefix` is the length of the network's prefix in bits. */
export interface Address {
  readonly ip: string;
  readonly prefix: number;
  readonly interface: string;
}

/** An indivisible set of addresses, covered as a whole (W20). */
export interface Group {
  readonly name: string;
  readonly addresses: readonly Address[];
}

/** What one server is started with. Groups are the same on all servers, in the same order. */
export interface Config {
  readonly self: Member;
  readonly groups: readonly Group[];
  /** Names of the groups that this server would rather cover (W15). */
  readonly prefers: readonly string[];
  /** How long an immature server waits for a mature one, in milliseconds (W18). */
  readonly matureTimeoutMs: number;
  /** How often the representative balances, in milliseconds (W13). */
  readonly balanceTimeoutMs: number;
  /** How often a server shares what its address resolution cache holds, in milliseconds (W22). */
  readonly shareTimeoutMs: number;
  /** How many hosts to be notified are remembered at most (W22). */
  readonly hostsMax: number;
}

/** Whether a text can name a server or a group: `__proto__` cannot be a key of a plain record. */
export function isName(text: unknown): text is string {
  return typeof text === "string" && text !== "" && text !== "__proto__";
}

/** Timers of the common hosts hold no more milliseconds than this, and fire at once for more. */
const TIME_MAX_MS = 2 ** 31 - 1;

/** What is wrong with a configuration, one sentence each; empty when it is a {@link Config} that can be used. */
export function problems(config: unknown): readonly string[] {
  if (!isRecord(config)) return ["config: expected an object"];
  const { self, groups, prefers } = config;
  const found: string[] = [];
  if (!isName(self)) found.push(`self: expected the name of this server, got ${show(self)}`);
  if (!Array.isArray(groups) || !groups.every(isRecord)) return [...found, "groups: expected a list of groups"];
  const names = groups.map((group) => group["name"]).filter(isName);
  if (groups.length === 0) found.push("groups: expected at least one group of addresses, got none");
  for (const name of repeated(names)) found.push(`groups: expected distinct names, got ${name} twice`);
  for (const ip of repeated(groups.flatMap(placesOf)))
    found.push(`groups: expected each address in one group, got ${ip} twice`);
  for (const group of groups) found.push(...problemsOf(group));
  if (!Array.isArray(prefers)) found.push("prefers: expected a list of names of groups");
  else {
    for (const name of repeated(prefers)) found.push(`prefers: expected distinct names, got ${name} twice`);
    for (const name of prefers) {
      if (!names.includes(name)) found.push(`prefers: expected the name of a group, got ${show(name)}`);
    }
  }
  for (const key of ["matureTimeoutMs", "balanceTimeoutMs", "shareTimeoutMs"])
    found.push(...notPositive(config, key, TIME_MAX_MS));
  return [...found, ...notPositive(config, "hostsMax", Number.MAX_SAFE_INTEGER)];
}

/** A value as a sentence can show it. */
function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

type Loose = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Loose {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function notPositive(config: Loose, key: string, most: number): string[] {
  const value = config[key];
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 1 && value <= most) return [];
  return [`${key}: expected a positive integer of at most ${most}, got ${show(value)}`];
}

function problemsOf(group: Loose): string[] {
  const { name, addresses } = group;
  if (!isName(name)) return [`groups: expected a name, got ${show(name)}`];
  if (!Array.isArray(addresses) || !addresses.every(isRecord)) return [`group ${name}: expected a list of addresses`];
  if (addresses.length === 0) return [`group ${name}: expected at least one address, got none`];
  return addresses.flatMap(({ ip, prefix, interface: device }) => {
    const version = typeof ip === "string" ? family(ip) : undefined;
    if (version === undefined) return [`group ${name}: expected an IP address, got ${show(ip)}`];
    const bits = version === 6 ? 128 : 32;
    const found: string[] = [];
    if (typeof prefix !== "number" || !Number.isInteger(prefix) || prefix < 0 || prefix > bits) {
      found.push(`group ${name}: expected a prefix of 0 to ${bits} for ${ip}, got ${show(prefix)}`);
    }
    if (typeof device !== "string" || device === "") {
      found.push(`group ${name}: expected an interface for ${ip}, got ${show(device)}`);
    }
    return found;
  });
}

/** Where addresses are: a link-local one may be on each link, every other one is the same wherever it is. */
function placesOf(group: Loose): string[] {
  const addresses: readonly unknown[] = Array.isArray(group["addresses"]) ? group["addresses"] : [];
  return addresses.filter(isRecord).flatMap(({ ip, interface: device }) => {
    if (typeof ip !== "string") return [];
    return [isLinkLocal(ip) ? `${spelling(ip)} on ${String(device)}` : spelling(ip)];
  });
}

function repeated<T>(texts: readonly T[]): readonly T[] {
  return [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))];
}
