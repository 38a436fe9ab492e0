import { describe, expect, it } from "vitest";
import type { Event } from "./messages.ts";
import { step } from "./step.ts";
import {
  ack,
  acknowledge,
  aru,
  config,
  data,
  deliver,
  formed,
  gather,
  install,
  message,
  move,
  operational,
  proposal,
} from "./testing/example.ts";
import { isWellFormed } from "./wellformed.ts";

const good: readonly Event[] = [
  data(1, "a"),
  aru("a", 0),
  { ...data(1, "a"), type: "rebroadcast", proposal },
  ack("a"),
  formed(operational, { upto: 1, beyond: [3, 4], obliged: ["c"] }),
  { type: "SEND", place: 1, message: message("b", 1) },
  ...[gather, acknowledge, deliver, move, install],
  { type: "RECOVERY_TIMEOUT" },
];

/** The event with one part, at a path, changed. */
function changed(event: Event, path: string, value: unknown): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(event));
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const inner = keys.reduce((part, key) => (part as Record<string, unknown>)[key], copy);
  (inner as Record<string, unknown>)[last] = value;
  return copy;
}

const natural = [-1, 1.5, Number.NaN, 2 ** 53, "1", null];
const positive = [0, ...natural];
const conf = [null, [], { number: -1, members: ["a"] }, { number: 1, members: [] }, { number: 1, members: ["x"] }];

describe("what is no event", () => {
  it("is told from what is one", () => {
    for (const event of good) expect([event, isWellFormed(config, event)]).toEqual([event, true]);
    for (const event of [null, 1, "data", [], {}, { type: "other" }]) expect(isWellFormed(config, event)).toBe(false);
  });

  it.each<[Event["type"], string, readonly unknown[]]>([
    ["data", "conf", conf],
    ["data", "place", positive],
    ["data", "message", [null, []]],
    ["data", "message.sender", ["", "__proto__", 1]],
    ["data", "message.number", positive],
    ["data", "message.service", ["fifo", null]],
    ["data", "message.payload", [1, null]],
    ["SEND", "place", positive],
    ["aru", "conf", conf],
    ["aru", "sender", ["", null]],
    ["aru", "upto", natural],
    ["rebroadcast", "proposal", conf],
    ["rebroadcast", "conf", conf],
    ["rebroadcast", "place", positive],
    ["ack", "proposal", conf],
    ["ack", "sender", ["", null]],
    ["FORM", "proposal", conf],
    ["FORM", "report", [null, [], {}]],
    ["FORM", "report.a", [null, []]],
    ["FORM", "report.c", [{}]],
    ["FORM", "report.a.conf", conf],
    ["FORM", "report.a.upto", natural],
    ["FORM", "report.a.bound", natural],
    ["FORM", "report.a.obliged", [["x"], ["a", "a"], "a", null]],
    ["FORM", "report.a.beyond", [null, [1], [3, 3], [4, 3], [1.5], new Array(1), [2, 3, 4, 5, 6, 7, 8]]],
  ])("%s with another %s is refused, and changes nothing", (type, path, values) => {
    const event = good.find((one) => one.type === type);
    if (event === undefined) throw new Error(`no ${type}`);
    for (const value of values) {
      const bad = changed(event, path, value);
      expect([bad, isWellFormed(config, bad)]).toEqual([bad, false]);
      const outcome = step(config, operational, bad as Event);
      expect(outcome).toEqual({ kind: "refused", action: "Malformed", because: "WellFormed" });
    }
  });
});
