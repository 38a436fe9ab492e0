import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { BadRecording, type RecordedEvent } from "./event.ts";
import { type Held, type Judge, judge } from "./judge.ts";
import type { Limits } from "./limits.ts";
import { Dice } from "./testing/dice.ts";
import { delivers, fails, regular, sends, transitional } from "./testing/lines.ts";
import { Service } from "./testing/service.ts";

/** What the judge says against events, with the line; nothing where it takes them all. */
function refused(events: readonly RecordedEvent[], limits: Partial<Limits> = {}): string | undefined {
  const judging = judge({ limits });
  try {
    for (const event of events) judging.take(event);
    return undefined;
  } catch (error) {
    if (error instanceof BadRecording) return `${error.line}: ${error.message}`;
    throw error;
  }
}

describe("what a judge holds", () => {
  /** The most that is held at any time of the second half, in hundreds of configurations of a long run. */
  function most(steps: number): { held: Held; events: number } {
    const service = new Service(["p", "q", "r", "s"], new Dice(1));
    const judging = judge();
    const held = { entries: 0, configurations: 0, places: 0, processes: 0 };
    let events = 0;
    for (let step = 0; step < steps; step++) {
      service.step(new Dice(step));
      for (const event of service.events.splice(0)) {
        judging.take(event);
        events++;
      }
      const now = judging.held();
      held.entries = Math.max(held.entries, now.entries);
      held.configurations = Math.max(held.configurations, now.configurations);
      held.places = Math.max(held.places, now.places);
      held.processes = now.processes;
    }
    expect(judging.end().violations).toEqual([]);
    return { held, events };
  }

  it("does not grow with a recording of many configurations", () => {
    const [short, long] = [most(20_000), most(200_000)];
    expect(long.events).toBeGreaterThan(8 * short.events);
    expect(long.held.entries).toBeLessThan(2 * short.held.entries);
    expect(long.held.configurations).toBeLessThan(2 * short.held.configurations);
    expect(long.held.places).toBeLessThan(2 * short.held.places);
  });

  it("does not grow with a configuration that lasts, but with how far members are apart", () => {
    for (const apart of [1, 100]) {
      const judging: Judge = judge();
      for (const process of "pqr") judging.take(regular(process, "r", "pqr"));
      let entries = 0;
      for (let number = 1; number <= 5_000; number++) {
        judging.take(sends("p", number, "safe"));
        for (const [at, process] of [..."pqr"].entries()) {
          const one = number - at * apart;
          if (one > 0) judging.take(delivers(process, `p${one}`));
        }
        entries = Math.max(entries, judging.held().entries);
      }
      // Three members; and of each message that the slowest has not delivered itself, three, and the one before it.
      expect(entries).toBeLessThanOrEqual(3 + 5 * (2 * apart + 1));
      expect(judging.end().violations).toEqual([]);
    }
  });

  it("does not grow by what one that failed had delivered, once the others have", () => {
    const judging = judge();
    const events = [
      ...[..."pqr"].map((process) => regular(process, "r", "pqrs")),
      ...[sends("p", 1), delivers("r", "s1"), fails("r")],
      ...[..."pq"].flatMap((process) => [delivers(process, "s1"), delivers(process, "p1")]),
      // Only now s1, which r has delivered, is known to be sent; and p1, which r has not, waits for it.
      ...[regular("s", "r", "pqrs"), sends("s", 1), fails("s")],
    ];
    for (const event of events) judging.take(event);
    expect(judging.held().entries).toBe(4);
  });

  describe("is what it counts:", () => {
    /** Bytes in use, once nothing is left to collect. */
    function inUse(): number {
      setFlagsFromString("--expose-gc");
      (runInNewContext("gc") as () => void)();
      return process.memoryUsage().heapUsed;
    }

    it("no message stays in memory by way of another", () => {
      const judging = judge();
      for (const process of "pq") judging.take(regular(process, "r", "pq"));
      const sent = (from: number, to: number): void => {
        for (let number = from; number <= to; number++) {
          judging.take(sends("p", number));
          judging.take(delivers("p", `p${number}`));
          // One behind, so that each message depends on one that is held when it is sent.
          if (number > 1) judging.take(delivers("q", `p${number - 1}`));
        }
      };
      sent(1, 10_000);
      const before = inUse();
      sent(10_001, 60_000);
      expect(inUse() - before).toBeLessThan(5_000_000);
      expect(judging.held().entries).toBeLessThan(20);
    });

    it("nothing of a configuration stays where a process failed in it", () => {
      const judging = judge();
      const before = inUse();
      for (let at = 0; at < 10; at++) {
        const process = `p${at}`;
        const members = [process];
        judging.take({ ...regular("", process, ""), process, members });
        for (let number = 1; number <= 5_000; number++) judging.take({ ...sends("", number), process });
        // What it sent is held until it is gone, since it has gone on.
        judging.take({ ...transitional("", `t${at}`, ""), process, members });
        expect(judging.held().entries).toBeGreaterThan(5_000);
        judging.take({ ...fails(""), process });
      }
      expect(inUse() - before).toBeLessThan(5_000_000);
      expect(judging.held().entries).toBe(0);
    });
  });

  it("counts what a message depends on for as long as the message is held", () => {
    const judging = judge();
    for (const process of "pq") judging.take(regular(process, "r", "pq"));
    for (let number = 1; number <= 100; number++) {
      for (const event of [sends("q", number), delivers("q", `q${number}`), delivers("p", `q${number}`)])
        judging.take(event);
    }
    expect(judging.held().entries).toBe(2);
    for (let number = 101; number <= 110; number++) {
      for (const event of [sends("q", number), delivers("p", `q${number}`)]) judging.take(event);
    }
    // Eleven messages of two members, ten causes of the last, and each of the ten depends on the one before.
    judging.take(sends("p", 1));
    expect(judging.held().entries).toBe(2 + 11 * 3 + 10 + 9);
    for (let number = 101; number <= 110; number++) judging.take(delivers("q", `q${number}`));
    expect(judging.held().entries).toBe(2 + 3 + 10);
    for (const process of "pq") judging.take(delivers(process, "p1"));
    expect(judging.held().entries).toBe(2);
  });

  it("does not grow though a member has failed, nor though another only listens", () => {
    const judging = judge();
    for (const process of "pqr") judging.take(regular(process, "r", "pqr"));
    judging.take(fails("r"));
    for (let number = 1; number <= 5_000; number++) {
      for (const event of [sends("p", number), delivers("p", `p${number}`), delivers("q", `p${number}`)])
        judging.take(event);
    }
    expect(judging.held()).toEqual({ entries: 3, configurations: 1, places: 1, processes: 3 });
  });
});

describe("a configuration is let go", () => {
  const held = (events: readonly RecordedEvent[]): number => {
    const judging = judge();
    for (const event of events) judging.take(event);
    return judging.held().configurations;
  };
  const run = [regular("p", "r", "pq"), regular("q", "r", "pq"), regular("p", "s", "p")];

  it("when each member has left it or failed, and not before", () => {
    expect(held(run)).toBe(2);
    expect(held([...run, transitional("q", "t", "q")])).toBe(2);
    expect(held([...run, regular("q", "u", "q")])).toBe(2);
    expect(held([...run, fails("q")])).toBe(1);
  });

  it("once", () => {
    const judging = judge();
    // p comes back into what it is no member of, after its configuration was let go.
    for (const event of [regular("p", "r", "p"), fails("p"), regular("p", "s", "q")]) judging.take(event);
    expect(judging.held()).toEqual({ entries: 0, configurations: 0, places: 1, processes: 1 });
  });

  it("when a member that never installed it has installed one that comes after it", () => {
    const missed = [regular("q", "x", "q"), regular("p", "r", "pq"), regular("p", "s", "pq"), regular("q", "y", "q")];
    expect(held(missed)).toBe(3);
    expect(held([...missed, regular("q", "s", "pq")])).toBe(1);
  });
});

describe("a judge refuses", () => {
  it.each([
    ["entries", { entries: 20 }, [regular("p", "r", "pq"), ...Array.from({ length: 9 }, (_, at) => sends("p", at))]],
    ["configurations", { configurations: 2 }, ["r", "s", "t"].map((id) => regular("p", id, "pq"))],
    ["processes", { processes: 2 }, [..."pqr"].map((name) => regular(name, name, name))],
    ["members", { members: 2 }, [regular("p", "r", "pqr")]],
  ] as const)("to hold more than its limit of %s", (name, limits, events) => {
    expect(refused(events)).toBeUndefined();
    expect(refused(events, limits)).toMatch(new RegExp(`^\\d+: there are more than \\d+ .*, the limit "${name}"$`));
  });

  it("nothing for the violations it does not keep, and counts them", () => {
    const judging = judge({ limits: { violations: 2 } });
    judging.take(regular("p", "r", "p"));
    for (let at = 0; at < 5; at++) judging.take(delivers("p", "z1"));
    expect(judging.end()).toMatchObject({ violations: [{}, {}], more: 3 });
  });

  it("an identifier that comes back while it is remembered; after that it takes it for a new one", () => {
    const events = [regular("p", "r", "p"), regular("p", "s", "p"), regular("p", "t", "p"), regular("p", "r", "p")];
    const count = (identifiers: number): number => {
      const judging = judge({ limits: { identifiers } });
      for (const event of events) judging.take(event);
      return judging.end().violations.length;
    };
    expect([count(2), count(1)]).toEqual([1, 0]);
  });

  it.each([
    ["2: r names a member twice", [regular("p", "q", "p"), regular("p", "r", "pp")]],
    ["3: there is more after line 2 said complete", [regular("p", "q", "p"), { event: "complete" }, fails("p")]],
    [
      "3: p sends 2 after 5 (line 2), and numbers of a sender must grow",
      [regular("p", "q", "p"), sends("p", 5), sends("p", 2)],
    ],
    [
      "2: p gives an index with some of its events and not with others",
      [{ ...regular("p", "r", "p"), index: 1 }, sends("p", 1)],
    ],
    [
      "2: p gives an index with some of its events and not with others",
      [regular("p", "r", "p"), { ...sends("p", 1), index: 1 }],
    ],
    [
      "2: events of p from 2 on are missing",
      [
        { ...regular("p", "r", "p"), index: 1 },
        { ...sends("p", 1), index: 3 },
      ],
    ],
  ] as readonly (readonly [string, readonly RecordedEvent[]])[])("%s", (says, events) => {
    expect(refused(events)).toBe(says);
  });
});
