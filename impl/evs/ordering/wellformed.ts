import { isConfiguration, isName, isNatural, isRecord, isService } from "../configuration.ts";
import type { Event } from "./messages.ts";

/**
 * Whether what came has the shape of an {@link Event}. Peers may send anything, so nothing is taken for granted; the
 * specification has only well-formed packets, so this refuses nothing in the closed system.
 */
export function isWellFormed(event: unknown): event is Event {
  if (!isRecord(event)) return false;
  switch (event["type"]) {
    case "UPDATE_TIMEOUT":
    case "DELIVER":
      return true;
    case "SEND":
      return isService(event["service"]) && typeof event["payload"] === "string";
    case "ASK":
      return isName(event["member"]) && isPositive(event["number"]);
    case "data":
      return isConfiguration(event["conf"]) && isMessage(event["message"]);
    case "update":
      return isConfiguration(event["conf"]) && isName(event["sender"]) && isRow(event["row"]);
    case "request":
      return isConfiguration(event["conf"]) && isName(event["sender"]) && isPositive(event["number"]);
    default:
      return false;
  }
}

/** @spec Ordering!IsMessage */
function isMessage(value: unknown): boolean {
  return (
    isRecord(value) &&
    isName(value["sender"]) &&
    isPositive(value["number"]) &&
    isPositive(value["lts"]) &&
    isService(value["service"]) &&
    typeof value["payload"] === "string"
  );
}

/** @spec Ordering!IsRow */
function isRow(value: unknown): boolean {
  return isRecord(value) && isNatural(value["sequence"]) && isNatural(value["lts"]) && isNatural(value["aru"]);
}

function isPositive(value: unknown): boolean {
  return isNatural(value) && value > 0;
}
