import { describe, expect, it } from "vitest";
import type { Event } from "./messages.ts";
import { initial } from "./state.ts";
import { step } from "./step.ts";
import { config, data, row } from "./testing/example.ts";
import { isWellFormed } from "./wellformed.ts";

const good: readonly Event[] = [
  data("a", 1, 1),
  row("a", 0, 0, 0),
  { type: "request", conf: config.conf, sender: "a", number: 1 },
  { type: "SEND", service: "safe", payload: "" },
  { type: "UPDATE_TIMEOUT" },
  { type: "ASK", member: "a", number: 1 },
  { type: "DELIVER" },
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

const natural = [-1, 1.5, Number.NaN, 2 ** 53, "1", null, undefined];
const positive = [0, ...natural];
const name = ["", "__proto__", 1, null, undefined];
const conf = [null, [], { number: 1 }, { number: -1, members: ["a"] }, { number: 1, members: [] }];
const members = [["a", "a"], ["a", ""], new Array(1), "a"].map((list) => ({ number: 1, members: list }));

describe("what is no event", () => {
  it("is told from what is one", () => {
    for (const event of good) expect([event, isWellFormed(event)]).toEqual([event, true]);
    for (const event of [null, undefined, 1, "data", [], {}, { type: "other" }])
      expect(isWellFormed(event)).toBe(false);
  });

  it.each<[Event["type"], string, readonly unknown[]]>([
    ["data", "conf", [...conf, ...members]],
    ["data", "message", [null, []]],
    ["data", "message.sender", name],
    ["data", "message.number", positive],
    ["data", "message.lts", positive],
    ["data", "message.service", ["fifo", null]],
    ["data", "message.payload", [1, null]],
    ["update", "conf", conf],
    ["update", "sender", name],
    ["update", "row", [null, []]],
    ["update", "row.sequence", natural],
    ["update", "row.lts", natural],
    ["update", "row.aru", natural],
    ["request", "conf", conf],
    ["request", "sender", name],
    ["request", "number", positive],
    ["SEND", "service", ["", null]],
    ["SEND", "payload", [1, null]],
    ["ASK", "member", name],
    ["ASK", "number", positive],
  ])("%s with another %s is refused, and changes nothing", (type, path, values) => {
    const event = good.find((one) => one.type === type);
    if (event === undefined) throw new Error(`no ${type}`);
    for (const value of values) {
      const bad = changed(event, path, value);
      expect([bad, isWellFormed(bad)]).toEqual([bad, false]);
      const outcome = step(config, initial(config).state, bad as Event);
      expect(outcome).toEqual({ kind: "refused", action: "Malformed", because: "WellFormed" });
    }
  });
});
