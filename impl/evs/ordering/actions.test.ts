import { describe, expect, it } from "vitest";
import { missing } from "./knowledge.ts";
import type { Event } from "./messages.ts";
import { initial } from "./state.ts";
import { config, data, deliver, grown, row, send, timeout } from "./testing/example.ts";

const arm = { type: "arm", timer: "update", ms: 50 };

describe("sending", () => {
  it("gives the message a number and a timestamp above all that was seen", () => {
    const { state, effects } = grown([row("a", 0, 4, 0), send]);
    expect(effects.at(-2)).toEqual({
      type: "send",
      to: ["a", "c"],
      packet: data("b", 1, 5, { payload: "hello" }),
    });
    expect(effects.at(-1)).toEqual(arm);
    expect(state.site["b"]).toEqual({ sequence: 1, lts: 5, aru: 0 });
    expect(state.store["b"]).toHaveLength(1);
  });
});

describe("receiving", () => {
  it("raises Site_Aru to the least of what the rows vouch for", () => {
    const { state } = grown([data("a", 1, 3), row("c", 0, 2, 0)]);
    expect(state.site["b"]).toEqual({ sequence: 0, lts: 3, aru: 2 });
  });

  it("stops Site_Aru before a gap, wherever it is", () => {
    const known = [row("c", 0, 9, 0)];
    expect(grown([...known, data("a", 2, 4)]).state.site["b"]?.aru).toBe(0);
    expect(grown([...known, data("a", 1, 3), data("a", 3, 6)]).state.site["b"]?.aru).toBe(3);
    expect(grown([...known, data("a", 1, 3), row("a", 2, 5, 0)]).state.site["b"]?.aru).toBe(3);
    expect(grown([...known, data("a", 1, 3), row("a", 2, 5, 0), data("a", 2, 4)]).state.site["b"]?.aru).toBe(5);
  });

  it("stops Site_Aru before a gap behind messages that are no longer kept", () => {
    const stable = [data("a", 1, 1), row("c", 0, 1, 1), row("a", 1, 1, 1), deliver];
    const { state } = grown([...stable, data("a", 3, 6), row("c", 0, 9, 1)]);
    expect(state.forgotten["a"]).toBe(1);
    expect(state.site["b"]?.aru).toBe(1);
  });

  it("keeps messages by their numbers, and a second copy is no news", () => {
    const { state } = grown([data("a", 3, 6), data("a", 1, 2), data("a", 2, 4), data("a", 2, 4, { payload: "x" })]);
    expect(state.store["a"]?.map(({ payload }) => payload)).toEqual(["a1", "a2", "a3"]);
  });

  it("does not take up again what is delivered and known to be everywhere", () => {
    const packets = [data("a", 1, 1), row("c", 0, 1, 1), row("a", 1, 1, 1)];
    const { state } = grown([...packets, deliver, data("a", 1, 1)]);
    expect(state).toMatchObject({ store: { a: [] }, forgotten: { a: 1 }, delivered: { a: 1 } });
  });

  it("takes late rows for what they say, and lowers nothing", () => {
    const { state } = grown([row("a", 0, 5, 4), row("a", 0, 2, 1)]);
    expect(state.site["a"]).toEqual({ sequence: 0, lts: 5, aru: 4 });
  });

  it("has an update sent when the own row is new, and not otherwise", () => {
    expect(grown([row("a", 0, 3, 0)]).effects).toEqual([arm]);
    expect(grown([row("a", 0, 3, 0), row("a", 0, 3, 2)]).effects).toEqual([arm]);
  });

  it("takes nothing that came with a message into the state", () => {
    const packet = data("a", 1, 1);
    const strange = { ...packet, message: { ...packet.message, more: "x" } } as Event;
    expect(grown([strange]).state.store["a"]).toEqual([packet.message]);
  });
});

describe("updates", () => {
  it("say the own row to all others, again while somebody may lack something", () => {
    const { state, effects } = grown([row("a", 0, 3, 0), timeout]);
    const said = { type: "send", to: ["a", "c"], packet: row("b", 0, 3, 0) };
    expect(effects.slice(1)).toEqual([said, arm]);
    const settled = grown([row("c", 0, 3, 3), row("a", 0, 3, 3)], state);
    expect(settled.state.site["b"]?.aru).toBe(3);
    expect(grown([timeout], settled.state).effects).toEqual([{ ...said, packet: row("b", 0, 3, 3) }]);
  });
});

describe("requests", () => {
  it("are for what is known to exist and is not here, as far as there is room for it", () => {
    const { state } = grown([data("a", 2, 4), row("a", 9, 20, 0)]);
    expect(missing(config, state)).toEqual([
      { member: "a", number: 1 },
      { member: "a", number: 3 },
    ]);
    expect(grown([{ type: "ASK", member: "a", number: 3 }], state).effects).toEqual([
      { type: "send", to: ["a"], packet: { type: "request", conf: config.conf, sender: "b", number: 3 } },
    ]);
  });

  it("are for no more than there is room for, whatever a row claims to exist", () => {
    const { state } = grown([row("a", Number.MAX_SAFE_INTEGER, 1, 0)]);
    expect(missing(config, state)).toHaveLength(config.keep);
  });

  it("are answered to who asks with the message as it was, while somebody may lack it", () => {
    const request: Event = { type: "request", conf: config.conf, sender: "c", number: 1 };
    const { state } = grown([send]);
    const packet = data("b", 1, 1, { payload: "hello" });
    expect(grown([request], state).effects).toEqual([{ type: "send", to: ["c"], packet }]);
    expect(grown([{ ...request, number: 2 }], state).effects).toEqual([]);
    const stable = grown([row("a", 0, 1, 1), row("c", 0, 1, 1), request], state);
    expect(stable.effects.filter(({ type }) => type === "send")).toEqual([]);
  });
});

describe("delivery", () => {
  it("is in the order of timestamps, and of ranks where these are the same", () => {
    const packets = [data("c", 1, 1), data("a", 1, 1), data("a", 2, 2), row("c", 1, 2, 0)];
    const { effects } = grown([...packets, deliver, deliver, deliver]);
    const delivered = effects.flatMap((effect) => (effect.type === "deliver" ? [effect.message.payload] : []));
    expect(delivered).toEqual(["a1", "c1", "a2"]);
  });

  it("of a safe message waits until everybody has it", () => {
    const safe = [data("a", 1, 1, { service: "safe" }), row("c", 0, 1, 0)];
    const { state } = grown(safe);
    expect(() => grown([deliver], state)).toThrow("Deliverable");
    expect(grown([row("a", 1, 1, 1), row("c", 0, 1, 1), deliver], state).effects).toContainEqual({
      type: "deliver",
      message: data("a", 1, 1, { service: "safe" }).message,
    });
  });

  it("of an agreed message waits behind a safe one that is before it", () => {
    const { state } = grown([data("a", 1, 1, { service: "safe" }), data("c", 1, 2), row("a", 1, 2, 0)]);
    expect(state.site["b"]?.aru).toBe(2);
    expect(() => grown([deliver], state)).toThrow("Deliverable");
  });
});

describe("what is refused", () => {
  const elsewhere = { number: 7, members: ["a", "b"] };
  const otherNumber = { number: 8, members: config.conf.members };
  const stable = [row("a", 0, 1, 1), row("c", 0, 1, 1)];

  it.each<[string, readonly Event[], Event]>([
    ["MaySend", [send, send], send],
    ["Room", [send, ...stable, send, row("a", 0, 2, 2), row("c", 0, 2, 2), send], send],
    ["NextLts", [row("a", 0, Number.MAX_SAFE_INTEGER, 0)], send],
    ["SomethingToSay", [], timeout],
    ["IsOurs", [], { ...data("a", 1, 1), conf: elsewhere }],
    ["IsOurs", [], { ...row("a", 1, 1, 1), conf: otherNumber }],
    ["IsOurs", [send], { type: "request", conf: otherNumber, sender: "a", number: 1 }],
    ["Others", [], data("b", 1, 1)],
    ["Others", [], data("d", 1, 1)],
    ["Others", [], data("constructor", 1, 1)],
    ["Others", [], row("b", 1, 1, 1)],
    ["Others", [send], { type: "request", conf: config.conf, sender: "b", number: 1 }],
    ["Others", [send], { type: "ASK", member: "b", number: 1 }],
    ["Room", [], data("a", 4, 4)],
    ["Room", [row("a", 9, 9, 0)], { type: "ASK", member: "a", number: 4 }],
    ["MayAsk", [data("a", 1, 1)], { type: "ASK", member: "a", number: 1 }],
    ["MayAsk", [data("a", 1, 1)], { type: "ASK", member: "a", number: 2 }],
    [
      "MayAsk",
      [data("a", 1, 1), row("c", 0, 1, 1), row("a", 1, 1, 1), deliver],
      { type: "ASK", member: "a", number: 1 },
    ],
    ["Waiting", [], deliver],
    ["Deliverable", [data("a", 1, 1)], deliver],
  ])("%s: %j, then %j", (because, before, event) => {
    const { state } = grown(before);
    expect(() => grown([event], state)).toThrow(`refused because of ${because}`);
  });

  it("is as little as the window and the room ask for", () => {
    const { state } = grown([send, send, row("a", 0, 1, 1), row("c", 0, 1, 1), send]);
    expect(state.store["b"]).toHaveLength(3);
    expect(grown([data("a", 3, 3)]).state.store["a"]).toHaveLength(1);
    expect(initial(config).effects).toEqual([]);
  });
});
