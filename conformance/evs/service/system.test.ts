import { describe, expect, it } from "vitest";
import { evsSystem } from "./system.ts";
import type { Bounds, Move, World } from "./world.ts";

const bounds: Bounds = {
  processes: ["p", "q"],
  names: "strings",
  services: ["agreed", "safe"],
  maxMessages: 2,
  maxChanges: 2,
  histories: true,
  steps: "single",
  numbers: "least",
  places: "any",
  holes: "any",
  committing: "any",
  acknowledging: "any",
  repairs: "any",
  partitions: "together",
  judged: "all",
};
const both = ["p", "q"];

function first(system: ReturnType<typeof evsSystem>): World {
  for (const world of system.initials()) return world;
  throw new Error("no initial world");
}

/** Takes moves one after another; the world after the last, or why it is refused. */
function taken(some: Partial<Bounds>, ...moves: readonly Move[]): World | string {
  const system = evsSystem({ ...bounds, ...some });
  let world = first(system);
  for (const move of moves) {
    const tried = system.apply(world, move);
    if (tried.kind === "refused") return tried.because;
    world = tried.world;
  }
  return world;
}

function worldOf(some: Partial<Bounds>, ...moves: readonly Move[]): World {
  const world = taken(some, ...moves);
  if (typeof world === "string") throw new Error(`refused: ${world}`);
  return world;
}

const send = (process: string, at: number): Move => ({ type: "Send", process, service: "agreed", at });
const set = { members: both, acknowledge: both, held: 0, bound: 0 };
const form: Move = { type: "Form", members: both, number: 1, sets: [set] };

describe("a bound refuses, and says so", () => {
  const [p, q] = [
    { ...set, members: ["p"], acknowledge: ["p"] },
    { ...set, members: ["q"], acknowledge: ["q"] },
  ];
  const apart: Move[] = [
    { type: "Form", members: ["p"], number: 1, sets: [p] },
    { type: "Form", members: ["q"], number: 1, sets: [q] },
  ];
  const partial: Move = { ...form, sets: [{ ...set, acknowledge: ["p"] }] };

  it.each<readonly [string, Partial<Bounds>, readonly Move[]]>([
    ["MaxMessages", { maxMessages: 0 }, [send("p", 1)]],
    ["Changed", { maxChanges: 0 }, [form]],
    ["Changed", { maxChanges: 0 }, [{ type: "Crash", process: "p" }]],
    ["NewNumbers", {}, [{ ...form, number: 2 }]],
    ["NewNumbers", { numbers: "any" }, [{ ...form, number: 7 }]],
    ["AtEnd", { places: "end" }, [send("p", 1), send("q", 1)]],
    ["AllAcknowledge", { acknowledging: "all" }, [partial]],
    ["Sequenced", { holes: "sequenced" }, [send("p", 1), form]],
    [
      "Unnoticed",
      { repairs: "never" },
      [
        { type: "Crash", process: "p" },
        { type: "Repair", process: "q", number: 1, held: 0, bound: 0 },
      ],
    ],
    ["Staying", { steps: "larger" }, [form, { type: "Deliver", process: "p" }]],
    ["Staying", { steps: "larger" }, [form, { type: "Crash", process: "p" }]],
    ["Leaving", { steps: "larger" }, [{ type: "Leave", process: "p" }]],
    ["Leaving", { steps: "larger" }, [{ type: "CrashLeaving", process: "p", after: 0 }]],
    ["Moved", { steps: "larger" }, [partial, { type: "Leave", process: "p" }]],
    ["Halfway", { steps: "larger" }, [form, { type: "CrashLeaving", process: "p", after: 2 }]],
  ])("%s: %j", (because, some, moves) => {
    expect(taken(some, ...moves)).toBe(because);
  });

  it("where not all sets commit that take part", () => {
    const system = evsSystem({ ...bounds, maxChanges: 3, partitions: "any", committing: "all" });
    const world = [...system.initials()].find(
      ({ service }) => service.conf["p"]?.members.length === 1 && service.conf["q"],
    );
    if (world === undefined) throw new Error("nobody is apart at the start");
    expect(system.apply(world, { ...form, sets: [p] })).toEqual({ kind: "refused", because: "AllCommit" });
    expect(system.apply(world, { ...form, sets: [p, q] }).kind).toBe("took");
    expect(typeof taken({}, ...apart)).toBe("object");
  });
});

describe("larger steps", () => {
  const before = [send("p", 1), send("q", 2), { ...form, sets: [{ ...set, held: 2, bound: 2 }] }] as const;
  const small: Move[] = [
    { type: "Deliver", process: "p" },
    { type: "Deliver", process: "p" },
    { type: "Move", process: "p" },
  ];

  it("come to what the small ones do", () => {
    const leave = worldOf({ steps: "larger" }, ...before, { type: "Leave", process: "p" });
    expect(leave).toEqual(worldOf({}, ...before, ...small, { type: "Install", process: "p" }));
    for (let after = 0; after <= 3; after++) {
      const crash = worldOf({ steps: "larger" }, ...before, { type: "CrashLeaving", process: "p", after });
      expect(crash).toEqual(worldOf({}, ...before, ...small.slice(0, after), { type: "Crash", process: "p" }));
    }
  });
});

describe("histories", () => {
  it("are what processes are told, where they are told it", () => {
    const from = { number: 0, members: both };
    const to = { number: 1, members: both };
    const transitional = { from, to, members: both };
    const message = { sender: "p", service: "agreed", body: 1 };
    const world = worldOf(
      {},
      ...[send("p", 1), { ...form, sets: [{ ...set, held: 1, bound: 1 }] }],
      ...([
        { type: "Deliver", process: "p" },
        { type: "Move", process: "p" },
        { type: "Crash", process: "p" },
      ] satisfies Move[]),
    );
    expect(world.history["p"]).toEqual([
      { type: "conf", conf: from },
      { type: "send", message, conf: from },
      { type: "deliver", message, conf: from },
      { type: "conf", conf: transitional },
      { type: "fail", conf: transitional, sent: [message] },
    ]);
  });

  it("are not there where none is recorded", () => {
    expect(worldOf({ histories: false }, send("p", 1)).history).toEqual({ p: [], q: [] });
  });
});

describe("the moves", () => {
  it("are distinct, and go beyond what is allowed", () => {
    const system = evsSystem(bounds);
    const world = worldOf({}, send("p", 1), { type: "Deliver", process: "p" });
    const moves = [...system.moves(world)];
    expect(new Set(moves.map((move) => JSON.stringify(move))).size).toBe(moves.length);
    const reasons = new Set(
      moves.map((move) => system.apply(world, move)).map((tried) => (tried.kind === "refused" ? tried.because : "")),
    );
    for (const because of ["Holes", "Held", "NewNumbers", "Acknowledging", "Committing", "Places", "SomeProcess"]) {
      expect([...reasons]).toContain(because);
    }
  });
});
