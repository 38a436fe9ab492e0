import { family, spelling } from "./address.ts";

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

/** What is wrong with a configuration, one sentence each; empty when it can be used. */
export function problems(config: Config): readonly string[] {
  const found: string[] = [];
  const names = config.groups.map((group) => group.name);
  const ips = config.groups.flatMap((group) => group.addresses.map((address) => spelling(address.ip)));
  if (!isName(config.self)) found.push(`self: expected the name of this server, got ${JSON.stringify(config.self)}`);
  if (names.length === 0) found.push("groups: expected at least one group of addresses, got none");
  for (const name of repeated(names)) found.push(`groups: expected distinct names, got ${name} twice`);
  for (const ip of repeated(ips)) found.push(`groups: expected each address in one group, got ${ip} twice`);
  for (const group of config.groups) found.push(...problemsOf(group));
  for (const name of repeated(config.prefers)) found.push(`prefers: expected distinct names, got ${name} twice`);
  for (const name of config.prefers) {
    if (!names.includes(name)) found.push(`prefers: expected the name of a group, got ${name}`);
  }
  for (const key of ["matureTimeoutMs", "balanceTimeoutMs", "shareTimeoutMs", "hostsMax"] as const) {
    const value = config[key];
    if (!Number.isSafeInteger(value) || value < 1) found.push(`${key}: expected a positive integer, got ${value}`);
  }
  return found;
}

function problemsOf(group: Group): string[] {
  const found: string[] = [];
  if (!isName(group.name)) found.push(`groups: expected a name, got ${JSON.stringify(group.name)}`);
  if (group.addresses.length === 0) found.push(`group ${group.name}: expected at least one address, got none`);
  for (const { ip, prefix, interface: name } of group.addresses) {
    const version = family(ip);
    if (version === undefined) found.push(`group ${group.name}: expected an IP address, got ${ip}`);
    const bits = version === 6 ? 128 : 32;
    if (!Number.isInteger(prefix) || prefix < 0 || prefix > bits) {
      found.push(`group ${group.name}: expected a prefix of 0 to ${bits} for ${ip}, got ${prefix}`);
    }
    if (name === "") found.push(`group ${group.name}: expected an interface for ${ip}, got an empty string`);
  }
  return found;
}

function repeated(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))];
}
