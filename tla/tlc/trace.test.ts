import { describe, expect, it } from "vitest";
import { LONGEST_TRACE, TraceBuilder } from "./trace.ts";

function built(...states: string[]): TraceBuilder {
  const builder = new TraceBuilder();
  for (const state of states) builder.add(state);
  return builder;
}

const FIRST = "1: <Initial predicate>\n/\\ n = 0\n/\\ log = <<>>";

describe("a trace", () => {
  it("reads the labels of TLC 2.18, which have no arguments", () => {
    const { steps } = built(
      FIRST,
      "2: <Up line 14, col 5 to line 16, col 46 of module Counter>\n/\\ n = 1\n/\\ log = <<>>",
    ).build();
    expect(steps).toEqual([
      { action: "Initial predicate", state: { n: 0, log: { "#tup": [] } } },
      {
        action: "Up",
        location: { module: "Counter", line: 14, column: 5, endLine: 16, endColumn: 46 },
        state: { n: 1, log: { "#tup": [] } },
      },
    ]);
  });

  it("reads the labels of newer builds, with arguments of any kind", () => {
    const label = '<Send(s1, "a), (b", {<<1, 2>>},\n [type |-> "x"]) line 3, col 1 to line 3, col 9 of module M>';
    const [step] = built(`2: ${label}\nn = 1`).build().steps;
    expect(step?.action).toBe("Send");
    expect(step?.args).toEqual([{ "#model": "s1" }, "a), (b", { "#set": [{ "#tup": [1, 2] }] }, { type: "x" }]);
    expect(step?.location?.line).toBe(3);
  });

  it("calls a step Action where TLC has no name for it", () => {
    expect(built("2: <Action line 10, col 27 to line 10, col 40 of module Ev>\nx = 1").build().steps[0]?.action).toBe(
      "Action",
    );
    expect(built("2:\nx = 1").build().steps[0]).toEqual({ action: "Action", state: { x: 1 } });
  });

  it("knows where a lasso goes back to, and by which action", () => {
    const builder = built(FIRST, "2: <Up line 1, col 1 to line 1, col 2 of module C>\n/\\ n = 1\n/\\ log = <<>>");
    builder.backTo("1: Back to state: <Reset(s2) line 19, col 5 to line 21, col 38 of module Counter>");
    expect(builder.build().lasso).toEqual({
      loop: 0,
      action: {
        action: "Reset",
        args: [{ "#model": "s2" }],
        location: { module: "Counter", line: 19, column: 5, endLine: 21, endColumn: 38 },
      },
    });
  });

  it("stutters on its last state", () => {
    const builder = built(FIRST);
    builder.stutters();
    expect(builder.build().lasso).toEqual({ loop: 0 });
  });

  it("keeps TLC's words for a state that holds what is no finite value", () => {
    const [step] = built("1: <Initial predicate>\n/\\ n = 0\n/\\ all = SUBSET Nat").build().steps;
    expect(step).toEqual({ action: "Initial predicate", state: {}, unread: "/\\ n = 0\n/\\ all = SUBSET Nat" });
  });

  it("keeps a bounded number of states and says how many it did not", () => {
    const builder = new TraceBuilder();
    for (let index = 1; index <= LONGEST_TRACE + 5; index += 1)
      builder.add(`${index}: <A line 1, col 1 to line 1, col 2 of module M>\nn = ${index}`);
    builder.stutters();
    const trace = builder.build();
    expect([trace.steps.length, trace.dropped, trace.lasso]).toEqual([LONGEST_TRACE, 5, undefined]);
  });
});
