import { describe, expect, it } from "vitest";
import { writeItf } from "../values/itf.ts";
import { toItfTrace } from "./itf-trace.ts";
import { readTrace } from "./read.ts";

// What TLC 2.18 prints and writes for a counter.

const words = `TLC2 Version 2.18 of 20 March 2023
Error: Temporal properties were violated.

Error: The following behavior constitutes a counter-example:

State 1: <Initial predicate>
/\\ n = 0
/\\ log = (s1 :> <<>> @@ s2 :> <<>>)

State 2: <Up line 14, col 5 to line 16, col 46 of module Counter>
/\\ n = 1
/\\ log = ( s1 :> <<>> @@
  s2 :> <<0>> )

`;
const back = "Back to state 1: <Reset line 19, col 5 to line 21, col 38 of module Counter>\n";
const end = "\nFinished checking temporal properties in 00s at 2026-11-21 16:04:31\n23 states generated.\n";

const tool = `@!@!@STARTMSG 2262:0 @!@!@
TLC2 Version 2.18 of 20 March 2023
@!@!@ENDMSG 2262 @!@!@
@!@!@STARTMSG 2217:4 @!@!@
1: <Initial predicate>
/\\ n = 0
/\\ log = (s1 :> <<>> @@ s2 :> <<>>)

@!@!@ENDMSG 2217 @!@!@
@!@!@STARTMSG 2217:4 @!@!@
2: <Up line 14, col 5 to line 16, col 46 of module Counter>
/\\ n = 1
/\\ log = (s1 :> <<>> @@ s2 :> <<0>>)

@!@!@ENDMSG 2217 @!@!@
`;
const toolBack = `@!@!@STARTMSG 2122:4 @!@!@
1: Back to state: <Reset line 19, col 5 to line 21, col 38 of module Counter>
@!@!@ENDMSG 2122 @!@!@
`;

const simulated = `---------------- MODULE /tmp/x/behaviour_0_0 -----------------
STATE_1 == 
/\\ n = 0
/\\ log = (s1 :> <<>> @@ s2 :> <<>>)


STATE_2 == 
/\\ n = 1
/\\ log = (s1 :> <<>> @@ s2 :> <<0>>)


=================================================
`;

const zero = {
  n: 0,
  log: {
    "#map": [
      [{ "#model": "s1" }, { "#tup": [] }],
      [{ "#model": "s2" }, { "#tup": [] }],
    ],
  },
};
const one = {
  n: 1,
  log: {
    "#map": [
      [{ "#model": "s1" }, { "#tup": [] }],
      [{ "#model": "s2" }, { "#tup": [0] }],
    ],
  },
};
const read = (text: string): ReturnType<typeof readTrace> => readTrace(text, "F");

describe("a behaviour in a file", () => {
  it.each([
    ["TLC's words", words + back + end],
    ["TLC's words with line ends of Windows", (words + back + end).replaceAll("\n", "\r\n")],
    ["TLC's messages", tool + toolBack],
  ])("is read from %s, with its actions and the way back", (_, text) => {
    const { trace } = read(text);
    expect(trace.steps.map(({ action, state }) => [action, state])).toEqual([
      ["Initial predicate", zero],
      ["Up", one],
    ]);
    expect(trace.lasso).toMatchObject({ loop: 0, action: { action: "Reset" } });
  });

  it("is read with a stutter at its end, in words that go on in the next line and in messages", () => {
    const inWords = read(`${words}State 3: Stuttering\nFinished checking temporal properties in 00s\n`);
    const inMessages = read(`${tool}@!@!@STARTMSG 2218:4 @!@!@\n3: Stuttering\n@!@!@ENDMSG 2218 @!@!@\n`);
    for (const { trace } of [inWords, inMessages]) {
      expect(trace.steps).toHaveLength(2);
      expect(trace.lasso).toEqual({ loop: 1 });
    }
  });

  it("is read where the initial state is all there is", () => {
    const says = "Error: Invariant Small is violated by the initial state:\n/\\ n = 0\n/\\ log = <<>>\n\n";
    const told = `@!@!@STARTMSG 2107:1 @!@!@\n${says.replace("Error: ", "")}@!@!@ENDMSG 2107 @!@!@\n`;
    for (const text of [`Computing initial states...\n${says}Finished in 00s\n`, told]) {
      expect(read(text).trace.steps).toEqual([{ action: "Initial predicate", state: { n: 0, log: { "#tup": [] } } }]);
    }
  });

  it("is read from a file of -simulate, which names no actions, and may have comments in newer builds", () => {
    for (const text of [simulated, simulated.replace("STATE_2", "\\* Up(s1)\nSTATE_2")]) {
      const { steps } = read(text).trace;
      expect(steps.map(({ action, state }) => [action, state])).toEqual([
        ["Initial predicate", zero],
        ["Action", one],
      ]);
    }
  });

  it("is read from ITF with what its meta field says, and a loop", () => {
    const { trace } = read(words + back);
    const itf = read(writeItf(toItfTrace(trace, { cfg: "MC.cfg" })));
    expect(itf.trace.steps.map(({ action, state }) => [action, state])).toEqual([
      ["Initial predicate", zero],
      ["Up", one],
    ]);
    expect(itf.trace.lasso).toEqual({ loop: 0 });
    expect(itf.meta["cfg"]).toBe("MC.cfg");
  });

  it.each([
    ["nothing", "", "F is empty."],
    [
      "something else",
      "Model checking completed. No error has been found.\n",
      "F holds no behaviour: it is neither ITF",
    ],
    ["ITF that was cut off", '{ "vars": ["n"], "states": [', "F is not an ITF trace: it is not JSON, or was cut off."],
    ["messages that were cut off", tool.slice(0, -30), "F was cut off within a message."],
    [
      "messages without a counterexample",
      tool.slice(0, tool.indexOf("@!@!@STARTMSG 2217")),
      "F holds no counterexample.",
    ],
    [
      "words cut off within a state",
      words.slice(0, words.lastIndexOf("<<0>>")),
      "state 2 is no state, or was cut off.",
    ],
    [
      "words cut off between variables",
      words.slice(0, words.lastIndexOf("/\\ log")),
      "F: state 2 has n, the first one log, n;",
    ],
    ["two counterexamples", words + words, "F holds 2 counterexamples, and only one can be told at a time."],
    ["two counterexamples in messages", tool + tool, "F holds 2 counterexamples"],
    ["a simulation that was cut off", simulated.slice(0, -60), "F was cut off: the module has no end."],
    ["a simulation without one of its states", simulated.replace("STATE_2", "STATE_3"), "F lacks STATE_2."],
    ["what is no finite value", words.replaceAll("n = 1", "n = SUBSET Nat"), "F: state 2 is no state, or was cut off."],
  ])("is refused in one sentence: %s", (_, text, says) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ name: "UserError", exitCode: 64 }));
    expect(() => read(text)).toThrow(says);
  });
});
