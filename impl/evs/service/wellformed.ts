import type { Config } from "./config.ts";
import type { Event } from "./messages.ts";

/**
 * Whether what came has the shape of an {@link Event} for these processes. The specification has only such events, so
 * this refuses nothing in the closed system. What a message says is not looked at.
 */
export function isWellFormed(config: Config, event: unknown): event is Event {
  if (!isRecord(event)) return false;
  const isProcess = (value: unknown): boolean => typeof value === "string" && config.processes.includes(value);
  switch (event["type"]) {
    case "SEND":
      return (
        isProcess(event["process"]) &&
        (event["service"] === "agreed" || event["service"] === "safe") &&
        event["body"] !== undefined &&
        isCount(event["at"])
      );
    case "DELIVER":
    case "MOVE":
    case "INSTALL":
    case "CRASH":
      return isProcess(event["process"]);
    case "RECOVER":
      return isProcess(event["process"]) && isCount(event["number"]);
    case "REPAIR":
      return isProcess(event["process"]) && isCount(event["number"]) && isCut(event);
    case "FORM": {
      const { sets } = event;
      if (!isSet(config, event["members"]) || !isCount(event["number"]) || !Array.isArray(sets)) return false;
      return sets.every((set) => isCommittingSet(config, set));
    }
    default:
      return false;
  }
}

function isCommittingSet(config: Config, set: unknown): boolean {
  return isRecord(set) && isSet(config, set["members"]) && isSet(config, set["acknowledge"]) && isCut(set);
}

function isCut(value: Readonly<Record<string, unknown>>): boolean {
  return isCount(value["held"]) && isCount(value["bound"]);
}

/** Processes in the order of the configuration, each once. */
function isSet({ processes }: Config, value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  let last = -1;
  return value.every((one: unknown) => {
    const at = processes.indexOf(one as string);
    const isNext = at > last;
    last = at;
    return isNext;
  });
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
