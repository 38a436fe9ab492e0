import { describe, expect, it } from "vitest";
import type { Trace, TraceStep } from "../tlc/trace.ts";
import { readItf, writeItf } from "../values/itf.ts";
import { parseState } from "../values/parse.ts";
import { printChart } from "./chart.ts";
import { printTrace } from "./diff.ts";
import { toItfTrace } from "./itf-trace.ts";

/** A trace of states as TLC prints them; the first comes without an action. */
function trace(
  first: string,
  ...steps: readonly (readonly [action: string, state: string, args?: TraceStep["args"]])[]
): Trace {
  return {
    dropped: 0,
    steps: [
      { action: "Initial predicate", state: parseState(first) },
      ...steps.map(([action, state, args]) => ({
        action,
        state: parseState(state),
        ...(args === undefined ? {} : { args }),
      })),
    ],
  };
}

const lines = (text: string | undefined): string[] => (text ?? "").split("\n");

describe("a counterexample as differences", () => {
  it("shows the first state whole, and of a changed function only the entries that changed, nested", () => {
    const told = trace(
      "/\\ n = 0\n/\\ node = (s1 :> [up |-> TRUE, log |-> <<1, 2>>] @@ s2 :> [up |-> TRUE, log |-> <<>>])",
      ["Crash", "/\\ n = 0\n/\\ node = (s1 :> [up |-> FALSE, log |-> <<1, 2>>] @@ s2 :> [up |-> TRUE, log |-> <<>>])"],
      ["Write", "/\\ n = 1\n/\\ node = (s1 :> [up |-> FALSE, log |-> <<1, 5>>] @@ s2 :> [up |-> TRUE, log |-> <<7>>])"],
      ["Idle", "/\\ n = 1\n/\\ node = (s1 :> [up |-> FALSE, log |-> <<1, 5>>] @@ s2 :> [up |-> TRUE, log |-> <<7>>])"],
    );
    const printed = lines(printTrace(told));
    expect(printed.slice(0, 2)).toEqual(["1: Initial predicate", "   n = 0"]);
    expect(printed.slice(3)).toEqual([
      "2: Crash",
      "   node[s1].up: TRUE -> FALSE",
      "3: Write",
      "   n: 0 -> 1",
      "   node[s1].log[2]: 2 -> 5",
      "   node[s2].log: <<>> -> <<7>>",
      "4: Idle",
      "   (nothing changed)",
    ]);
  });

  it("shows what came into a set and what left it, and entries that a function did not have", () => {
    const told = trace("/\\ msgs = {1, 2}\n/\\ f = (a :> 1 @@ b :> 2)", [
      "Step",
      "/\\ msgs = {2, 3}\n/\\ f = (b :> 2 @@ c :> 3)",
      [{ "#model": "s1" }, 3],
    ]);
    expect(lines(printTrace(told)).slice(3)).toEqual([
      "2: Step(s1, 3)",
      "   msgs: - 1",
      "   msgs: + 3",
      "   f[a]: - 1",
      "   f[c]: + 3",
    ]);
  });

  it("tells values apart that only look alike", () => {
    const told = trace('/\\ x = "1"\n/\\ y = {1, 2}', ["Step", "/\\ x = 1\n/\\ y = {2, 1}"]);
    expect(lines(printTrace(told)).slice(3)).toEqual(["2: Step", '   x: "1" -> 1']);
  });

  it("says how an infinite behaviour goes on, and how many states are missing", () => {
    const told = trace("x = 0", ["Step", "x = 1"]);
    expect(lines(printTrace({ ...told, lasso: { loop: 1 } })).at(-1)).toBe("and so for ever: stuttering");
    const back = { ...told, lasso: { loop: 0, action: { action: "Reset" } } };
    expect(lines(printTrace(back)).at(-1)).toBe("and for ever: back to state 1 by Reset");
    expect(lines(printTrace({ ...told, dropped: 3 })).at(-1)).toBe("and 3 more states that were not kept");
  });

  it("shows TLC's words for a state that could not be read", () => {
    const unread = { action: "Widen", state: {}, unread: "x = SUBSET Nat" };
    const told: Trace = { dropped: 0, steps: [...trace("x = 0").steps, unread, ...trace("x = 1").steps] };
    expect(lines(printTrace(told)).slice(2)).toEqual([
      "2: Widen",
      "   x = SUBSET Nat",
      "3: Initial predicate",
      "   x = 1",
    ]);
  });
});

describe("a counterexample as a sequence chart", () => {
  const idle = "/\\ state = (s1 :> 0 @@ s2 :> 0 @@ s3 :> 0)";

  it("draws messages from process to process, and events of the processes that changed", () => {
    const told = trace(
      `${idle}\n/\\ net = {}`,
      ["Ask", `/\\ state = (s1 :> 1 @@ s2 :> 0 @@ s3 :> 0)\n/\\ net = {[type |-> "ask", from |-> s1, to |-> s3]}`],
      ["Answer", `/\\ state = (s1 :> 1 @@ s2 :> 0 @@ s3 :> 1)\n/\\ net = {[type |-> "yes", from |-> s3, to |-> s2]}`],
      ["Learn", "/\\ state = (s1 :> 1 @@ s2 :> 2 @@ s3 :> 1)\n/\\ net = {}"],
    );
    expect(lines(printChart(told))).toEqual([
      "                      s1     s2     s3",
      "1: Initial predicate  |      |      |",
      "2: Ask                |-ask-------->|",
      "3: Answer             |      |<-yes-|",
      "4: Learn              |      *      |",
    ]);
  });

  it("takes the only process among the arguments for the one that acts", () => {
    const told = trace(idle, ["Crash", "/\\ state = (s1 :> 9 @@ s2 :> 9 @@ s3 :> 0)", [{ "#model": "s2" }]]);
    expect(lines(printChart(told)).at(-1)).toBe("2: Crash(s2)          |   *   |");
  });

  it("tells where a message is by the queue in which it waits, and servers that are strings", () => {
    const queue = (inbox: string, up: string): string =>
      `/\\ inbox = [s1 |-> ${inbox}, s2 |-> ${inbox}]\n/\\ up = [s1 |-> 0, s2 |-> ${up}]`;
    const told = trace(queue("<<>>", "0"), ["Hello", queue('<<[type |-> "HELLO", sender |-> "s2"]>>', "1")]);
    expect(lines(printChart(told)).slice(1)).toEqual([
      "1: Initial predicate  |        |",
      "2: Hello              *        *",
      "                      |<-HELLO-|",
    ]);
  });

  it("takes a describer of the caller's", () => {
    const told = trace("x = 0", ["Send", "x = 1"]);
    const chart = printChart(told, () => [{ from: "client", to: "server", label: "request" }]);
    expect(lines(chart)).toEqual([
      "                      client     server",
      "1: Initial predicate  |          |",
      "2: Send               |-request->|",
    ]);
  });

  it("is none where no processes can be told", () => {
    expect(
      printChart(trace("/\\ n = 0\n/\\ r = [a |-> 1, b |-> 2]", ["Step", "/\\ n = 1\n/\\ r = [a |-> 2, b |-> 2]"])),
    ).toBeUndefined();
    expect(printChart(trace("x = 0", ["Step", "x = 1"]))).toBeUndefined();
    expect(printChart(trace("queue = <<1, 2>>", ["Step", "queue = <<1, 2, 3>>"]))).toBeUndefined();
  });
});

describe("a counterexample as ITF", () => {
  it("holds the states, the actions with their arguments and the loop, and can be read back", () => {
    const told = trace("/\\ n = 0\n/\\ up = {s1}", ["Add", "/\\ n = 1\n/\\ up = {s1}", [{ "#model": "s1" }]]);
    const itf = readItf(writeItf(toItfTrace({ ...told, lasso: { loop: 1 } }, { source: "Counter.tla" })), "test");
    expect(itf.loop).toBe(1);
    expect(itf.meta["source"]).toBe("Counter.tla");
    expect(itf.states.map(({ meta }) => [meta["action"], meta["args"]])).toEqual([
      ["Initial predicate", undefined],
      ["Add", ["s1"]],
    ]);
    expect(itf.states[1]?.values["up"]).toEqual({ "#set": [{ "#model": "s1" }] });
  });

  it("is refused where a state could not be read or is missing", () => {
    const told = trace("x = 0");
    const unread: Trace = { dropped: 0, steps: [{ action: "A", state: {}, unread: "x = Nat" }] };
    expect(() => toItfTrace(unread)).toThrow("State 1 holds what is no finite value");
    expect(() => toItfTrace({ ...told, dropped: 1 })).toThrow("too long");
  });
});
