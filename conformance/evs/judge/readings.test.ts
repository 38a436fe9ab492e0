import { describe, expect, it } from "vitest";
import type { RecordedEvent } from "./event.ts";
import { judge } from "./judge.ts";
import { delivers, fails, recovers, regular, sends, transitional } from "./testing/lines.ts";

/** The runs that docs/judge.md gives beside its readings. */
const together = (members: string): RecordedEvent[] => [...members].map((name) => regular(name, "r", members));

function violated(events: readonly RecordedEvent[], complete = false): string[] {
  const judging = judge({ complete });
  for (const event of events) judging.take(event);
  return judging.end().violations.flatMap(({ specifications }) => specifications);
}

describe("what the letter would forbid and a correct service does", () => {
  it("7.1: a member of a transitional configuration delivers in another one of its own", () => {
    const run = [
      ...together("pq"),
      sends("p", 1, "safe"),
      transitional("p", "t", "pq"),
      delivers("p", "p1"),
      regular("p", "s", "pq"),
      // q was taken into another proposal before it installed t.
      transitional("q", "u", "q"),
      delivers("q", "p1"),
      regular("q", "v", "q"),
    ];
    expect(violated(run)).toEqual([]);
    expect(violated(run.toSpliced(7, 1))).toEqual(["7.1"]);
  });

  it("2.1: one that is still in a configuration when the recording ends may yet leave it", () => {
    const run = [...together("pq"), fails("q")];
    expect(violated(run)).toEqual([]);
    expect(violated(run, true)).toEqual(["2.1"]);
  });

  it("7.1: one that is still in a configuration may yet deliver, and one that failed need not", () => {
    const run = [
      ...together("pqr"),
      sends("p", 1, "safe"),
      delivers("p", "p1"),
      fails("r"),
      transitional("p", "t", "pq"),
    ];
    const alone = [transitional("q", "u", "q"), regular("q", "v", "q")];
    expect(violated([...run, regular("p", "s", "pq")])).toEqual([]);
    expect(violated([...run, regular("p", "s", "pq"), ...alone])).toEqual(["7.1"]);
  });

  it("2.3: what one does after a configuration change may be recorded before another's change", () => {
    const run = [
      regular("p", "r", "pq"),
      sends("p", 1),
      delivers("p", "p1"),
      transitional("p", "t", "pq"),
      regular("p", "s", "pq"),
      regular("q", "r", "pq"),
      delivers("q", "p1"),
      transitional("q", "t", "pq"),
      regular("q", "s", "pq"),
    ];
    expect(violated(run)).toEqual([]);
    // The log of q first, with a delivery of what is sent only later in the recording.
    expect(violated([...run.slice(5), ...run.slice(0, 5)])).toEqual([]);
  });

  it("5: what a message depends on counts where it was delivered, though its sending is not recorded yet", () => {
    const run = [...together("pqr"), delivers("q", "p1"), sends("q", 1), delivers("r", "q1")];
    expect(violated(run)).toEqual(["5"]);
    expect(violated([...run.slice(0, 5), delivers("r", "p1"), delivers("r", "q1")])).toEqual([]);
  });
});

describe("the transitional configuration", () => {
  const run = [
    ...together("pqr"),
    sends("p", 1),
    sends("r", 1),
    delivers("r", "p1"),
    delivers("r", "r1"),
    transitional("q", "t", "qr"),
    delivers("q", "r1"),
  ];

  it("may have a hole where somebody outside it sent (6.3)", () => {
    expect(violated(run)).toEqual([]);
  });

  it("may have none where a member sent, nor may the regular one before it", () => {
    const inTransition = run.map((event) =>
      event.event === "configuration" && event.id === "t" ? transitional("q", "t", "pqr") : event,
    );
    expect(violated(inTransition)).toEqual(["6.3"]);
    expect(violated(run.toSpliced(7, 1))).toEqual(["6.3"]);
  });

  it("may be left out, for all that the specifications say", () => {
    expect(violated([...together("pq"), regular("p", "s", "pq"), regular("q", "s", "pq")], true)).toEqual([]);
  });

  it("may follow another, which was overtaken by a further change", () => {
    const run = [
      regular("p", "r", "p"),
      transitional("p", "t", "p"),
      transitional("p", "u", "p"),
      regular("p", "s", "p"),
    ];
    expect(violated(run, true)).toEqual([]);
  });
});

describe("a process that comes back", () => {
  it("may say that it recovers, or only install a configuration of its own", () => {
    const run = [
      regular("p", "r", "p"),
      sends("p", 1),
      fails("p"),
      recovers("p"),
      regular("p", "s", "p"),
      sends("p", 2),
    ];
    expect(violated(run)).toEqual([]);
    expect(violated(run.toSpliced(3, 1))).toEqual([]);
  });

  it("may find its former peers again", () => {
    const run = [...together("pq"), fails("p"), regular("p", "s", "p"), regular("p", "v", "pq")];
    expect(violated([...run, regular("q", "v", "pq")], true)).toEqual([]);
  });
});
