import { describe, expect, it } from "vitest";
import { cutsOf, type Event, evs, nameOf, type State, script, start } from "./index.ts";

const config = { processes: ["p", "q", "r"] };
const together = start(config, [["p", "q", "r"]]).state;
const first = nameOf({ number: 0, members: ["p", "q", "r"] });

/** Takes events one after another; each has to be taken. */
function taken(state: State, ...events: readonly Event[]): State {
  return events.reduce((now, event) => {
    const outcome = evs.step(config, now, event);
    if (outcome.kind === "refused") throw new Error(`${event.type} was refused: ${outcome.because}`);
    return outcome.state;
  }, state);
}

function effects(state: State, event: Event): unknown {
  const outcome = evs.step(config, state, event);
  return outcome.kind === "took" ? outcome.effects : outcome.because;
}

const send = (process: string, service: "agreed" | "safe", body: unknown, at: number): Event => ({
  ...{ type: "SEND", process, service, body, at },
});
const deliver = (process: string): Event => ({ type: "DELIVER", process });
const move = (process: string): Event => ({ type: "MOVE", process });
const install = (process: string): Event => ({ type: "INSTALL", process });
const crash = (process: string): Event => ({ type: "CRASH", process });

describe("at the start", () => {
  it("components have installed a configuration each, and who is in none is down", () => {
    const { state, effects: told } = start(config, [["p", "q"]]);
    const configuration = { number: 0, members: ["p", "q"] };
    expect(state.conf).toEqual({ p: configuration, q: configuration, r: null });
    expect(told).toEqual([
      { type: "regular", process: "p", configuration },
      { type: "regular", process: "q", configuration },
    ]);
  });

  it("all are down where nothing else is said", () => {
    const { state, effects: told } = evs.initial(config);
    expect([state.conf, state.log, told]).toEqual([{ p: null, q: null, r: null }, {}, []]);
  });
});

describe("a message", () => {
  it("is put where the event says, behind what is delivered and what its sender sent", () => {
    const sent = taken(together, send("p", "agreed", 1, 1), send("q", "agreed", 2, 1));
    expect(sent.log[first]?.order.map(({ body }) => body)).toEqual([2, 1]);
    expect(effects(sent, send("q", "agreed", 3, 1))).toBe("Places");
    expect(effects(taken(sent, deliver("p")), send("r", "agreed", 3, 1))).toBe("Places");
    expect(effects(sent, send("r", "agreed", 3, 4))).toBe("Places");
  });

  it("is told to who delivers it, as it was sent", () => {
    const body = { text: "a", numbers: [1, 2] };
    const sent = taken(together, send("p", "agreed", body, 1));
    const message = { sender: "p", service: "agreed", body };
    expect(effects(sent, deliver("q"))).toEqual([{ type: "deliver", process: "q", message }]);
    expect(effects(taken(sent, deliver("q")), deliver("q"))).toBe("Until");
  });

  it("of safe service waits for who cannot have it", () => {
    const gone = taken(together, crash("r"), send("p", "safe", 1, 1));
    expect(effects(gone, deliver("q"))).toBe("AllHold");
    // Who crashed when it was there may have had it.
    const had = taken(together, send("p", "safe", 1, 1), crash("r"));
    expect(taken(had, deliver("q")).log[first]?.stable).toBe(1);
  });

  it("that is put before others is not had by who left with these", () => {
    const had = taken(together, send("p", "agreed", 1, 1), crash("r"), send("q", "safe", 2, 1));
    expect(had.log[first]?.absent).toEqual({ r: 0 });
  });
});

describe("who is left after a crash", () => {
  const left = taken(together, send("p", "agreed", 1, 1), send("q", "safe", 2, 2), crash("r"));

  it("forms another configuration, through a transitional one", () => {
    const cut = taken(left, { type: "REPAIR", process: "q", number: 1, held: 2, bound: 1 }, deliver("p"));
    const from = { number: 0, members: ["p", "q", "r"] };
    const to = { number: 1, members: ["p", "q"] };
    expect(effects(cut, deliver("p"))).toBe("Until");
    const transitional = { from, to, members: ["p", "q"] };
    expect(effects(cut, move("p"))).toEqual([{ type: "transitional", process: "p", configuration: transitional }]);
    const moved = taken(cut, move("p"));
    expect(effects(moved, install("p"))).toBe("Until");
    const gone = taken(moved, deliver("p"));
    expect(effects(gone, install("p"))).toEqual([{ type: "regular", process: "p", configuration: to }]);
    expect(taken(gone, install("p")).log[nameOf(to)]?.absent).toEqual({ q: 0 });
  });

  it("may have any cut that the service allows, and no other", () => {
    const cuts = cutsOf(left, ["p", "q"], ["p", "q"]).map(({ held, bound }) => [held, bound]);
    expect(cuts).toEqual([
      [0, 0],
      [1, 1],
      [2, 1],
      [2, 2],
    ]);
    for (let held = 0; held <= 3; held++) {
      for (let bound = 0; bound <= 3; bound++) {
        const outcome = evs.step(config, left, { type: "REPAIR", process: "p", number: 1, held, bound });
        const isAllowed = cuts.some(([one, other]) => one === held && other === bound);
        expect([held, bound, outcome.kind]).toEqual([held, bound, isAllowed ? "took" : "refused"]);
      }
    }
  });

  it("delivers behind the hole what the obliged sent, and nothing else", () => {
    const three = taken(together, send("r", "agreed", 1, 1), send("p", "agreed", 2, 2), crash("r"));
    const cut = taken(three, { type: "REPAIR", process: "p", number: 1, held: 0, bound: 0 });
    expect(script(cut, "q").map(({ body }) => body)).toEqual([2]);
  });
});

describe("a proposal that not all of a set acknowledge", () => {
  const set = { members: ["p", "q"], acknowledge: ["p"], held: 1, bound: 1 };
  const form: Event = { type: "FORM", members: ["p", "q"], number: 1, sets: [set] };
  const stuck = taken(together, send("p", "agreed", 1, 1), form);

  it("is installed by nobody", () => {
    expect(effects(taken(stuck, deliver("p")), move("p"))).toBe("Complete");
    expect(effects(stuck, move("q"))).toBe("Complete");
  });

  it("obliges who acknowledged to all of the set, and leaves the others what they had", () => {
    expect(stuck.leaving["p"]).toMatchObject({ held: 1, bound: 1, obliged: ["p", "q"], complete: false });
    expect(stuck.leaving["q"]).toMatchObject({ held: 0, bound: 0, obliged: ["q"], complete: false });
  });

  it("is left by a repair, which inherits what was acknowledged", () => {
    const repair: Event = { type: "REPAIR", process: "q", number: 2, held: 1, bound: 1 };
    expect(effects(stuck, { ...repair, held: 0, bound: 0 })).toBe("Holes");
    expect(taken(stuck, repair).leaving["p"]).toMatchObject({ held: 1, to: { number: 2, members: ["p", "q", "r"] } });
  });
});

describe("a process that crashes", () => {
  it("recovers alone, with a number that it never used", () => {
    const down = taken(together, crash("p"));
    expect(effects(down, { type: "RECOVER", process: "p", number: 0 })).toBe("NewNumbers");
    const configuration = { number: 4, members: ["p"] };
    const up = { type: "RECOVER", process: "p", number: 4 } as const;
    expect(effects(down, up)).toEqual([{ type: "regular", process: "p", configuration }]);
    expect(effects(taken(down, up), up)).toBe("Down");
  });

  it("takes the log of its configuration with it if nobody else is there", () => {
    const alone = start(config, [["p"]]).state;
    expect(taken(alone, crash("p")).log).toEqual({});
  });
});
