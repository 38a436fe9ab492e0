import { describe, expect, it } from "vitest";
import type { RecordedEvent } from "./event.ts";
import { judge, type Verdict } from "./judge.ts";
import { SPECIFICATIONS } from "./specification.ts";
import { delivers, fails, recovers, regular, sends, transitional } from "./testing/lines.ts";

function verdictOf(events: readonly RecordedEvent[], complete = false): Verdict {
  const judging = judge({ complete });
  for (const event of events) judging.take(event);
  return judging.end();
}

/** What is violated, and the lines that show it. */
function found(events: readonly RecordedEvent[], complete?: boolean): string[] {
  const { violations } = verdictOf(events, complete);
  return violations.map(({ specifications, lines }) => `${specifications.join(" and ")}: ${lines.join(" ")}`);
}

const p = { regular: (id: string, members: string) => regular("p", id, members) };
const q = { regular: (id: string, members: string) => regular("q", id, members) };
/** Lines 1 and 2: p and q in one configuration. */
const both = [p.regular("r", "pq"), q.regular("r", "pq")];
/** They go on, together or each alone. */
const together = (process: string) => [transitional(process, "t", "pq"), regular(process, "s", "pq")];
const alone = (process: string) => [
  transitional(process, `t${process}`, process),
  regular(process, `s${process}`, process),
];

type Case = readonly [violation: string, what: string, events: readonly RecordedEvent[]];

/** One thing is wrong in each: it is found by its number, by the lines that show it, and by no other number. */
const wrong: readonly Case[] = [
  [
    "1.1: 1 3",
    "a process installs a configuration that it has left",
    [p.regular("r", "pq"), p.regular("s", "p"), p.regular("r", "pq")],
  ],
  ["1.1: 1 2", "a process installs the configuration that it is in", [p.regular("r", "p"), p.regular("r", "p")]],
  [
    "1.1: 2 4",
    "a process installs a transitional configuration twice",
    [p.regular("r", "p"), transitional("p", "t", "p"), transitional("p", "u", "p"), transitional("p", "t", "p")],
  ],
  [
    "1.2: 2",
    "a process has numbered its events the other way round",
    [
      { ...p.regular("r", "p"), index: 1 },
      { ...sends("p", 1), index: 0 },
    ],
  ],
  ["1.3: 3 5", "a message is delivered that its sender never sent", [...both, delivers("p", "q1"), ...together("q")]],
  [
    "1.3: 6 7",
    "a message is delivered in another configuration than it was sent in",
    [p.regular("r", "p"), sends("p", 1), delivers("p", "p1"), ...alone("p"), delivers("p", "p1"), p.regular("x", "p")],
  ],
  ["1.3: 1 3", "a message is delivered whose sender is no member", [...both, delivers("p", "z1")]],
  ["1.3: 3 4", "a process sends a message after it has delivered it", [...both, delivers("p", "p1"), sends("p", 1)]],
  [
    "1.3: 7",
    "a number is delivered that was not sent, below one that all have delivered",
    [...both, sends("p", 4), sends("p", 5), delivers("p", "p4"), delivers("q", "p4"), delivers("q", "p3")],
  ],
  [
    "1.3 and 1.4: 7",
    "a number is delivered that was not sent, or that all have delivered, and there are gaps",
    [...both, sends("p", 4), sends("p", 6), delivers("p", "p4"), delivers("q", "p4"), delivers("q", "p4")],
  ],
  [
    "1.4: 6",
    "a message is sent in two configurations",
    [p.regular("r", "p"), sends("p", 1), delivers("p", "p1"), ...alone("p"), sends("p", 1)],
  ],
  ["1.4: 3 4", "a message is sent twice in one configuration", [...both, sends("p", 1), sends("p", 1)]],
  [
    "1.4: 4",
    "a message is sent in a transitional configuration",
    [...both, transitional("p", "t", "pq"), sends("p", 1)],
  ],
  [
    "1.4: 4 6",
    "a message is delivered in two configurations",
    [...both, sends("p", 1), delivers("p", "p1"), transitional("p", "t", "pq"), delivers("p", "p1")],
  ],
  ["1.4: 4 5", "a message is delivered twice", [...both, sends("p", 1), delivers("q", "p1"), delivers("q", "p1")]],
  [
    "1.4: 6",
    "a message that all have delivered is delivered again",
    [...both, sends("p", 1), delivers("p", "p1"), delivers("q", "p1"), delivers("q", "p1")],
  ],
  ["2.2: 1", "a process delivers before it installs anything", [delivers("p", "q1")]],
  ["2.2: 4 5", "a process delivers after it failed", [...both, sends("p", 1), fails("p"), delivers("p", "p1")]],
  ["2.2: 3 4", "a process fails after it failed", [...both, fails("p"), fails("p")]],
  [
    "2.2: 3 5",
    "a process sends after it recovered, before it installs anything",
    [...both, fails("p"), recovers("p"), sends("p", 1)],
  ],
  [
    "2.2: 4 5",
    "a process takes itself to be in the configuration before",
    [...both, sends("p", 1), transitional("p", "t", "pq"), { ...delivers("p", "p1"), in: "r" }],
  ],
  [
    "2.3 and 2.4: 1 4",
    "two processes install two configurations the other way round",
    [p.regular("r", "pq"), p.regular("s", "pq"), q.regular("s", "pq"), q.regular("r", "pq")],
  ],
  [
    "2.3 and 2.4: 3 4 5 6",
    "two processes install two transitional configurations the other way round",
    [
      ...both,
      transitional("p", "t", "pq"),
      transitional("p", "u", "pq"),
      transitional("q", "u", "pq"),
      transitional("q", "t", "pq"),
    ],
  ],
  [
    "2.3 and 2.4: 1 7",
    "a configuration comes back that all have left",
    [...both, ...together("p"), ...together("q"), p.regular("r", "pq")],
  ],
  ["3: 3 5", "a process goes on without its own message", [...both, sends("p", 1), ...together("p")]],
  [
    "4: 4 7",
    "of two that go on together one has not delivered what the other has",
    [...both, sends("p", 1), delivers("p", "p1"), ...together("p"), ...together("q")],
  ],
  [
    "4: 4 6",
    "of two that go on together one has not delivered what the other has, and fails after that",
    [
      ...both,
      sends("p", 1),
      delivers("p", "p1"),
      transitional("p", "t", "pq"),
      transitional("q", "t", "pq"),
      fails("q"),
    ],
  ],
  [
    "5: 3 4 6",
    "a message is delivered without one that its sender had sent before",
    [...both, sends("p", 1), sends("p", 2), fails("p"), delivers("q", "p2")],
  ],
  [
    "6.1 and 6.2: 5 6 7 8",
    "two deliver two messages the other way round",
    [
      ...both,
      sends("p", 1),
      sends("q", 1),
      delivers("p", "p1"),
      delivers("p", "q1"),
      delivers("q", "q1"),
      delivers("q", "p1"),
    ],
  ],
  [
    "6.3: 5 6 7",
    "one delivers a message without what another delivered before it",
    [
      ...both,
      sends("p", 1),
      sends("q", 1),
      delivers("p", "p1"),
      delivers("p", "q1"),
      delivers("q", "q1"),
      ...alone("p"),
      ...alone("q"),
    ],
  ],
  [
    "7.1: 4 8",
    "one goes on without a message that another delivered as safe",
    [...both, sends("p", 1, "safe"), delivers("p", "p1"), ...alone("p"), ...alone("q")],
  ],
  [
    "7.1: 5 8",
    "one goes on without a message that another delivered as safe in a transitional configuration",
    [
      ...both,
      sends("p", 1, "safe"),
      transitional("p", "t", "pq"),
      delivers("p", "p1"),
      p.regular("s", "pq"),
      ...alone("q"),
    ],
  ],
  [
    "7.2: 3 6",
    "a message is delivered as safe in a configuration that a member passes by",
    [
      p.regular("r", "pq"),
      sends("p", 1, "safe"),
      delivers("p", "p1"),
      transitional("p", "t", "p"),
      p.regular("s", "pq"),

      q.regular("s", "pq"),
    ],
  ],
  ["model: 1", "a process installs what it is no member of", [p.regular("r", "q")]],
  ["model: 1 2", "two install a configuration with different members", [p.regular("r", "pq"), q.regular("r", "q")]],
  [
    "model: 4",
    "two install a transitional configuration with different members",
    [...both, transitional("p", "t", "pq"), transitional("q", "t", "q")],
  ],
  ["model: 3", "a configuration is regular and transitional", [...both, transitional("p", "r", "pq")]],
  [
    "model: 4",
    "a configuration is transitional and regular",
    [...both, transitional("p", "t", "pq"), q.regular("t", "pq")],
  ],
  ["model: 4", "a process comes back with others", [...both, fails("p"), p.regular("s", "pq")]],
  ["model: 5", "a process recovers with others", [...both, fails("p"), recovers("p"), p.regular("s", "pq")]],
  ["model: 3", "a process recovers that has not failed", [...both, recovers("p")]],
  ["model: 1", "a transitional configuration follows nothing", [transitional("p", "t", "p")]],
  [
    "model: 4",
    "a transitional configuration follows two",
    [p.regular("r", "p"), transitional("p", "t", "p"), q.regular("s", "q"), transitional("q", "t", "q")],
  ],
  [
    "model: 2",
    "a transitional configuration has a member that the one before has not",
    [p.regular("r", "p"), transitional("p", "t", "pq")],
  ],
  [
    "model: 4",
    "a transitional configuration has a member that the next has not",
    [...both, transitional("p", "t", "pq"), p.regular("s", "p")],
  ],
  [
    "model: 4 6",
    "a transitional configuration is followed by two",
    [...both, transitional("p", "t", "pq"), p.regular("s", "pq"), transitional("q", "t", "pq"), q.regular("x", "pq")],
  ],
  [
    "model: 4 6",
    "two go on together by two transitional configurations",
    [...both, transitional("p", "t", "p"), p.regular("s", "pq"), transitional("q", "u", "q"), q.regular("s", "pq")],
  ],
];

describe("a recording with one thing wrong", () => {
  it.each(wrong)("violates %s where %s", (violation, _, events) => {
    expect(found(events)).toEqual([violation]);
  });

  it("there is for each specification", () => {
    const named = new Set([...wrong, ...owed].flatMap(([violation]) => violation.replace(/:.*/, "").split(" and ")));
    expect(SPECIFICATIONS.filter((name) => !named.has(name))).toEqual([]);
  });

  it("violates 1.1 by a circle of messages, and then always 5 as well", () => {
    const circle = [delivers("p", "q1"), sends("p", 1), delivers("q", "p1"), sends("q", 1)];
    expect(found([...both, ...circle])).toEqual(["5: 3 4 5", "1.1: 6 3 4 5", "5: 4 6 3"]);
  });
});

/** What is owed at the end of a recording that is complete, and only there. */
const owed: readonly Case[] = [
  ["1.3: 3 4", "a message is delivered that is never sent", [...both, delivers("p", "q1"), delivers("q", "q1")]],
  ["2.1: 1 4", "one stays in a configuration that another has left", [...both, ...alone("q")]],
  ["2.1: 1 3", "one stays in a configuration in which another failed", [...both, fails("q")]],
  ["2.1: 1", "one stays in a configuration that another never installs", [p.regular("r", "pq")]],
  ["2.1: 3 2", "one stays in a transitional configuration", [...both, transitional("p", "t", "pq")]],
  ["3: 3", "a process does not deliver its own message", [...both, sends("p", 1)]],
  ["4: 4", "of two that stay one has not delivered what the other has", [...both, sends("p", 1), delivers("p", "p1")]],
];

describe("what is owed at the end", () => {
  it.each(owed)("violates %s where %s, if the recording is complete", (violation, _, events) => {
    expect(found(events, true)).toContain(violation);
    expect(found([...events, { event: "complete" }])).toContain(violation);
    expect(found(events)).toEqual([]);
  });

  it("is 7.1 and 7.2 as well", () => {
    const safe = [...both, sends("p", 1, "safe"), delivers("p", "p1")];
    expect(found(safe, true)).toEqual(["7.1: 4", "4: 4"]);
    expect(found(safe.toSpliced(1, 1), true)).toEqual(["7.2: 3", "2.1: 1"]);
  });
});
