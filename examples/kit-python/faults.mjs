// @ts-check
import { initial, step } from "lockstep/wackamole";

/**
 * Mistakes that a port is likely to make.
 *
 * @typedef {typeof import("lockstep/wackamole").wackamole} Wackamole
 * @typedef {ReturnType<Wackamole["step"]>} Outcome
 * @typedef {import("lockstep/wackamole").Config} Config
 * @type {Readonly<Record<string, Partial<Wackamole>>>}
 */
export const faults = {
  // What a killed predecessor left on the interfaces stays there.
  "initial-releases-nothing": {
    initial: (config) => ({ ...initial(config), effects: [{ type: "connect" }] }),
  },
  // A state message of an earlier view is believed (W7).
  "old-state-believed": {
    step: (config, state, event) =>
      step(config, state, event?.type === "STATE_MSG" && state.view ? { ...event, view: state.view.id } : event),
  },
  // Others hear of a release before it is done (R3).
  "sends-before-it-releases": { step: changed((outcome) => ({ ...outcome, effects: outcome.effects.toReversed() })) },
  // Nobody hears that an address has moved (W21).
  "announces-nothing": {
    step: changed((outcome) => ({ ...outcome, effects: outcome.effects.filter(({ type }) => type !== "announce") })),
  },
  // A server that lost its connection is immature again (R5).
  "maturity-forgotten": {
    step: changed((outcome) =>
      outcome.action === "Disconnect" ? { ...outcome, state: { ...outcome.state, mature: false } } : outcome,
    ),
  },
  // The right refusal for the wrong reason.
  "another-conjunct": {
    step: (config, state, event) => {
      const outcome = step(config, state, event);
      return outcome.kind === "refused" && outcome.because === "Representative"
        ? { ...outcome, because: "SomethingToMove" }
        : outcome;
    },
  },
  // More hosts are remembered than the configuration allows (W22).
  "hosts-without-limit": { step: (config, state, event) => step({ ...config, hostsMax: 1_000 }, state, event) },
  // Malformed events are answered as if they were only late.
  "malformed-let-in": {
    step: (config, state, event) => {
      const outcome = step(config, state, event);
      return outcome.action === "Malformed" ? { kind: "took", action: "Malformed", state, effects: [] } : outcome;
    },
  },
  // A boolean that was written as a number.
  "numbers-for-booleans": {
    step: changed((outcome) => {
      const mature = /** @type {unknown} */ (Number(outcome.state.mature));
      return { ...outcome, state: { ...outcome.state, mature: /** @type {boolean} */ (mature) } };
    }),
  },
  // A table without owners for what nobody covers.
  "absent-for-null": {
    step: changed((outcome) => ({
      ...outcome,
      state: {
        ...outcome.state,
        handover: Object.fromEntries(Object.entries(outcome.state.handover).filter(([, owner]) => owner !== null)),
      },
    })),
  },
  // One timer's interval for another's.
  "balances-as-often-as-it-shares": seeing((config) => ({ ...config, balanceTimeoutMs: config.shareTimeoutMs })),
  // Numbers that are to be read from the configuration.
  "mature-timeout-fixed": seeing((config) => ({ ...config, matureTimeoutMs: 5_000 })),
  "hosts-limit-fixed": seeing((config) => ({ ...config, hostsMax: 4 })),
  "prefix-fixed": seeing(withAddresses((addresses) => addresses.map((address) => ({ ...address, prefix: 24 })))),
  "interface-fixed": seeing(
    withAddresses((addresses) => addresses.map((address) => ({ ...address, interface: "eth0" }))),
  ),
  // A group of one address (W20).
  "first-address-alone": seeing(withAddresses((addresses) => addresses.slice(0, 1))),
  // Lists whose order is part of the protocol, held in a sorted container.
  "groups-sorted": seeing((config) => ({
    ...config,
    groups: config.groups.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
  })),
  "members-sorted": hearing((event) =>
    Array.isArray(event.view?.members)
      ? { ...event, view: { ...event.view, members: event.view.members.toSorted() } }
      : event,
  ),
  // Types that a language converts unasked.
  "number-for-mature": hearing((event) =>
    event.mature === 0 || event.mature === 1 ? { ...event, mature: event.mature === 1 } : event,
  ),
  "number-for-view": hearing((event) =>
    typeof event.view?.id === "number" ? { ...event, view: { ...event.view, id: String(event.view.id) } } : event,
  ),
  "number-for-owner": hearing((event) =>
    event.type === "BALANCE_MSG" && event.table !== null && typeof event.table === "object"
      ? { ...event, table: mapped(event.table, (owner) => (typeof owner === "number" ? String(owner) : owner)) }
      : event,
  ),
  // Addresses that a library reads more generously.
  "leading-zeros": hearing(withHosts((host) => ({ ...host, ip: host.ip.replace(/(^|\.)0+(?=\d)/g, "$1") }))),
  zone: hearing(withHosts((host) => ({ ...host, ip: host.ip.replace(/%.*/, "") }))),
  "no-length-limit": hearing(withHosts((host) => ({ ...host, interface: host.interface.slice(0, 64) }))),
  // A message of a later version, with a field that this one does not know.
  "unknown-fields-refused": {
    step: (config, state, event) =>
      event !== null && typeof event === "object" && "more" in event
        ? { kind: "refused", action: "Malformed", because: "WellFormed" }
        : step(config, state, event),
  },
};

/**
 * @param {(outcome: Extract<Outcome, { kind: "took" }>) => Outcome} change
 * @returns {Wackamole["step"]}
 */
function changed(change) {
  return (config, state, event) => {
    const outcome = step(config, state, event);
    return outcome.kind === "took" ? change(outcome) : outcome;
  };
}

/**
 * A port that starts with other things than it is told.
 *
 * @param {(config: Config) => Config} read
 * @returns {Wackamole}
 */
function seeing(read) {
  return {
    initial: (config) => initial(read(config)),
    step: (config, state, event) => step(read(config), state, event),
  };
}

/**
 * @param {(addresses: Config["groups"][number]["addresses"]) => Config["groups"][number]["addresses"]} change
 * @returns {(config: Config) => Config}
 */
function withAddresses(change) {
  return (config) => ({
    ...config,
    groups: config.groups.map((group) => ({ ...group, addresses: change(group.addresses) })),
  });
}

/**
 * A port that hears other things than are said.
 *
 * @param {(event: any) => any} hear
 * @returns {Partial<Wackamole>}
 */
function hearing(hear) {
  return {
    step: (config, state, event) =>
      step(config, state, event !== null && typeof event === "object" ? hear(event) : event),
  };
}

/**
 * @param {(host: { ip: string, interface: string }) => unknown} change
 * @returns {(event: any) => any}
 */
function withHosts(change) {
  return (event) => {
    const { hosts } = event;
    const whole = /** @param {any} host */ (host) => typeof host?.ip === "string" && typeof host.interface === "string";
    return Array.isArray(hosts) ? { ...event, hosts: hosts.map((host) => (whole(host) ? change(host) : host)) } : event;
  };
}

/**
 * @param {Record<string, unknown>} record
 * @param {(value: unknown) => unknown} change
 */
function mapped(record, change) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
