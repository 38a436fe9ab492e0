import { family } from "./address.ts";
import type { Config, Group } from "./config.ts";
import type { Effect, Host, Message, Timer } from "./messages.ts";

export function send(message: Message): Effect {
  return { type: "send", message };
}

/** Removes groups from the interfaces. */
export function release(config: Config, names: readonly string[]): Effect[] {
  return pick(config, names).map(({ name, addresses }) => ({
    type: "release",
    group: name,
    addresses: [...addresses],
  }));
}

/** Puts groups on the interfaces, and announces each address once all are there (W20, W21). */
export function acquire(config: Config, names: readonly string[], hosts: readonly Host[]): Effect[] {
  const put = pick(config, names).map(
    ({ name, addresses }): Effect => ({ type: "acquire", group: name, addresses: [...addresses] }),
  );
  return [...put, ...announce(config, names, hosts)];
}

/**
 * Tells where the addresses of groups are (W21). An address matters to the hosts of its family on its interface; hosts
 * learnt elsewhere do not resolve it (W22).
 */
export function announce(config: Config, names: readonly string[], hosts: readonly Host[]): Effect[] {
  const addresses = pick(config, names).flatMap((group) => group.addresses);
  return addresses.map((address) => ({
    type: "announce",
    how: family(address.ip) === 6 ? "unsolicited-na" : "gratuitous-arp",
    address,
    hosts: hosts.filter((host) => host.interface === address.interface && family(host.ip) === family(address.ip)),
  }));
}

export function arm(config: Config, timer: Timer): Effect {
  const ms = { mature: config.matureTimeoutMs, balance: config.balanceTimeoutMs, share: config.shareTimeoutMs };
  return { type: "arm", timer, ms: ms[timer] };
}

export function disarm(timer: Timer): Effect {
  return { type: "disarm", timer };
}

function pick(config: Config, names: readonly string[]): readonly Group[] {
  return config.groups.filter((group) => names.includes(group.name));
}
