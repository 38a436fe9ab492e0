import {
  type Commitment,
  type Configuration,
  type Log,
  type Message,
  nameOf,
  type Process,
  type State,
  type Transitional,
} from "../../../impl/evs/service/index.ts";
import { canonical } from "../../../tla/values/canonical.ts";
import { isMap, isModelValue, isSet, isTuple, type TlaState, type TlaValue } from "../../../tla/values/value.ts";
import type { Bounds, HistoryEvent, World } from "./world.ts";

// The inverse of the projection in refine.ts, which leaves nothing out.

/**
 * The world that shows a state of `MCEVS.tla`.
 *
 * @throws TypeError for a state that is none of `MCEVS.tla` within these bounds.
 */
export function restore({ processes }: Bounds, state: TlaState): World {
  const each = <T>(variable: string, part: (value: TlaValue) => T): Record<Process, T> => {
    const values = entries(state[variable]);
    return Object.fromEntries(
      processes.map((process) => [
        process,
        part(values.get(process) ?? wrong(`a value for ${process}`, state[variable])),
      ]),
    );
  };
  const orNull =
    <T>(part: (value: TlaValue) => T) =>
    (value: TlaValue): T | null =>
      isNone(value) ? null : part(value);
  const service: State = {
    number: each("number", number),
    conf: each("conf", orNull(regular)),
    place: each("place", number),
    leaving: each("leaving", orNull(commitment)),
    log: Object.fromEntries(pairs(state["log"]).map(([one, value]) => [nameOf(regular(one)), log(value)])),
  };
  return {
    service,
    sent: each("sent", number),
    changes: number(state["changes"]),
    history: each("history", (value) => sequence(value).map(event)),
  };
}

function regular(value: TlaValue): Configuration {
  return { number: number(field(value, "number")), members: processesIn(field(value, "members")) };
}

function configuration(value: TlaValue): Configuration | Transitional {
  if (typeof value === "object" && Object.hasOwn(value, "number")) return regular(value);
  const [from, to] = [regular(field(value, "from")), regular(field(value, "to"))];
  return { from, to, members: processesIn(field(value, "members")) };
}

function commitment(value: TlaValue): Commitment {
  return {
    to: regular(field(value, "to")),
    members: processesIn(field(value, "members")),
    held: number(field(value, "held")),
    bound: number(field(value, "bound")),
    obliged: processesIn(field(value, "obliged")),
    moved: field(value, "moved") === true,
    complete: field(value, "complete") === true,
  };
}

function log(value: TlaValue): Log {
  const absent = entries(field(value, "absent"));
  return {
    order: sequence(field(value, "order")).map(message),
    stable: number(field(value, "stable")),
    frozen: number(field(value, "frozen")),
    absent: Object.fromEntries([...absent].map(([process, length]) => [process, number(length)])),
  };
}

/** The messages of one state that are alike are one. */
function message(value: TlaValue): Message {
  const service = text(field(value, "service"));
  if (service !== "agreed" && service !== "safe") return wrong("a service", value);
  return { sender: text(field(value, "sender")), service, body: number(field(value, "number")) };
}

function event(value: TlaValue): HistoryEvent {
  const type = text(field(value, "type"));
  const conf = configuration(field(value, "conf"));
  switch (type) {
    case "conf":
      return { type, conf };
    case "send":
    case "deliver":
      return { type, conf, message: message(field(value, "message")) };
    case "fail":
      return { type, conf, sent: elements(field(value, "sent")).map(message) };
    default:
      return wrong("an event", value);
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// Parts of values

function isNone(value: TlaValue): boolean {
  return isModelValue(value) && value["#model"] === "None";
}

/** A process is a string, or a model value, and so is a function of processes a record or not. */
function text(value: TlaValue): string {
  if (isModelValue(value)) return value["#model"];
  return typeof value === "string" ? value : wrong("a name", value);
}

function processesIn(value: TlaValue): Process[] {
  return elements(value).map(text).sort();
}

function entries(value: TlaValue | undefined): ReadonlyMap<string, TlaValue> {
  return new Map(pairs(value).map(([argument, result]) => [text(argument), result]));
}

function pairs(value: TlaValue | undefined): readonly (readonly [TlaValue, TlaValue])[] {
  if (typeof value !== "object") return wrong("a function", value);
  if (isMap(value)) return value["#map"];
  // The empty function is the empty sequence.
  if (isTuple(value)) return value["#tup"].length === 0 ? [] : wrong("a function", value);
  return Object.entries(value);
}

function field(value: TlaValue | undefined, name: string): TlaValue {
  const part = pairs(value).find(([argument]) => argument === name);
  return part === undefined ? wrong(`something with ${name}`, value) : part[1];
}

function number(value: TlaValue | undefined): number {
  return typeof value === "number" ? value : wrong("a number", value);
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
