import {
  areNames,
  type Configuration,
  isConfiguration,
  isName,
  isNatural,
  isRecord,
  isService,
} from "../configuration.ts";
import type { Config } from "./config.ts";
import type { Event } from "./messages.ts";

/**
 * Whether what came has the shape of an {@link Event}, and its lists are no longer than such lists can be. The
 * specification has only well-formed packets, so this refuses nothing in the closed system.
 */
export function isWellFormed(config: Config, event: unknown): event is Event {
  if (!isRecord(event)) return false;
  switch (event["type"]) {
    case "GATHER":
    case "ACKNOWLEDGE":
    case "RECOVERY_TIMEOUT":
    case "DELIVER":
    case "MOVE":
    case "INSTALL":
      return true;
    case "SEND":
      return isEntry(event);
    case "data":
      return isConf(config.processes, event["conf"]) && isEntry(event);
    case "aru":
      return isConf(config.processes, event["conf"]) && isName(event["sender"]) && isNatural(event["upto"]);
    case "rebroadcast":
      return isConf(config.processes, event["proposal"]) && isConf(config.processes, event["conf"]) && isEntry(event);
    case "ack":
      return isConf(config.processes, event["proposal"]) && isName(event["sender"]);
    case "FORM":
      return isConf(config.processes, event["proposal"]) && areReports(config, event["proposal"], event["report"]);
    default:
      return false;
  }
}

/** A configuration of processes that there can be. */
function isConf(processes: Config["processes"], value: unknown): value is Configuration {
  return isConfiguration(value) && value.members.every((member) => processes.includes(member));
}

/** A report of each member of the proposal, and nothing else. */
function areReports({ processes, keep }: Config, { members }: Configuration, reports: unknown): boolean {
  if (!isRecord(reports) || Object.keys(reports).length !== members.length) return false;
  return members.every((member) => {
    const report = Object.hasOwn(reports, member) ? reports[member] : undefined;
    if (!isRecord(report)) return false;
    const { conf, upto, beyond, bound, obliged } = report;
    return (
      isConf(processes, conf) &&
      isNatural(upto) &&
      isNatural(bound) &&
      areNames(obliged) &&
      obliged.every((name) => processes.includes(name)) &&
      Array.isArray(beyond) &&
      beyond.length <= 2 * keep &&
      beyond.findIndex((place, at) => !isNatural(place) || place <= (at === 0 ? upto : beyond[at - 1])) === -1
    );
  });
}

function isEntry({ place, message }: Readonly<Record<string, unknown>>): boolean {
  return (
    isPositive(place) &&
    isRecord(message) &&
    isName(message["sender"]) &&
    isPositive(message["number"]) &&
    isService(message["service"]) &&
    typeof message["payload"] === "string"
  );
}

function isPositive(value: unknown): boolean {
  return isNatural(value) && value > 0;
}
