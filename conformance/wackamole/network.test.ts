import { describe, expect, it } from "vitest";
import type { Event, Message } from "../../impl/wackamole/index.ts";
import {
  component,
  cuts,
  exchange,
  isMessage,
  leave,
  lists,
  permutations,
  regroup,
  unite,
  untaken,
} from "./network.ts";
import { small } from "./testing/play.ts";
import { viewOf, type World } from "./world.ts";

type Net = Pick<World, "epoch" | "net" | "inbox">;

/** A message that differs from the others of its sender by a label. */
function from(sender: string, label = ""): Message {
  return { type: "RELEASED_MSG", sender, released: [label] };
}

const whole = viewOf(4, ["s1", "s2", "s3"]);
const notice: Event = { type: "VIEW_CHANGE", view: whole };
const [a, b, c, d] = [from("s3", "a"), from("s1", "b"), from("s3", "c"), from("s2", "d")];
const [early, late] = [from("s3", "early"), from("s1", "late")];

/** One view of three, who have taken differently much of its log; the fourth is not connected. */
const three: Net = {
  epoch: 4,
  net: { s1: whole, s2: whole, s3: whole, s4: null },
  inbox: { s1: [late, notice, early, a, b, c, d], s2: [a, b, c, d], s3: [c, d], s4: [] },
};

/** Two components and one who is not connected. */
const apart: Net = {
  epoch: 2,
  net: { s1: viewOf(1, ["s1", "s3"]), s2: viewOf(2, ["s2"]), s3: viewOf(1, ["s1", "s3"]), s4: null },
  inbox: { s1: [from("s3")], s2: [from("s2")], s3: [], s4: [{ type: "DISCONNECT" }] },
};

describe("a component", () => {
  it("is all who have the same view installed, and nobody for who has none", () => {
    expect(component(apart.net, "s1")).toEqual(["s1", "s3"]);
    expect(component(apart.net, "s2")).toEqual(["s2"]);
    expect(component(apart.net, "s4")).toEqual([]);
    expect(component(apart.net, "unknown")).toEqual([]);
  });

  it("is not mixed up with another part of the same change", () => {
    const net = { s1: viewOf(5, ["s1"]), s2: viewOf(5, ["s2"]) };
    expect(component(net, "s1")).toEqual(["s1"]);
  });
});

describe("a message", () => {
  it("is what has a sender, and no notice or timeout", () => {
    expect([from("s1"), notice, { type: "DISCONNECT" } as const].map(isMessage)).toEqual([true, false, false]);
  });
});

describe("what no server of a part has taken", () => {
  it("is the shortest rest of the log behind the last notice", () => {
    expect(untaken(three, ["s1"])).toEqual([early, a, b, c, d]);
    expect(untaken(three, ["s1", "s2"])).toEqual([a, b, c, d]);
    expect(untaken(three, ["s2", "s1", "s3"])).toEqual([c, d]);
    expect(untaken(three, [])).toEqual([]);
  });

  it("can be cut at the start or behind each message of an outsider", () => {
    expect(cuts(three, ["s1", "s2"])).toEqual([0, 1, 3]);
    expect(cuts(three, ["s3"])).toEqual([0, 2]);
    expect(cuts(three, ["s1", "s2", "s3"])).toEqual([0]);
    expect(cuts(three, [])).toEqual([0]);
  });
});

describe("a part that gets a view of its own", () => {
  const view = viewOf(5, ["s2", "s1"]);

  it.each([
    [0, [b, d]],
    [1, [a, b, d]],
    [3, [a, b, c, d]],
  ])("keeps its own messages, and those of outsiders up to a point: %d", (kept, rest) => {
    const { epoch, net, inbox } = regroup(three, [{ list: ["s2", "s1"], kept }]);
    const last: Event = { type: "VIEW_CHANGE", view };
    expect(epoch).toBe(5);
    expect(net).toEqual({ ...three.net, s1: view, s2: view });
    // What s2 has taken of the log stays before s1, so both deliver the same in the old view.
    expect(inbox).toEqual({ ...three.inbox, s1: [late, notice, early, ...rest, last], s2: [...rest, last] });
  });

  it("does not lose what one of it has taken, be it an outsider's", () => {
    const { inbox } = regroup(three, [{ list: ["s1", "s3"], kept: 0 }]);
    const last: Event = { type: "VIEW_CHANGE", view: viewOf(5, ["s1", "s3"]) };
    expect(inbox["s1"]).toEqual([late, notice, early, a, b, c, last]);
    expect(inbox["s3"]).toEqual([c, last]);
  });

  it("is one of several of the same change", () => {
    const { epoch, net, inbox } = regroup(three, [
      { list: ["s1", "s2"], kept: 3 },
      { list: ["s3"], kept: 0 },
    ]);
    expect(epoch).toBe(5);
    expect(net).toMatchObject({ s1: { id: "5:s1,s2" }, s2: { id: "5:s1,s2" }, s3: { id: "5:s3" }, s4: null });
    expect(inbox["s3"]).toEqual([c, { type: "VIEW_CHANGE", view: viewOf(5, ["s3"]) }]);
  });

  it("leaves the world that it comes from as it was", () => {
    const before = structuredClone(three);
    regroup(three, [{ list: ["s1", "s2"], kept: 1 }]);
    unite(three, ["s4"]);
    leave(three, "s1", [], { list: ["s2", "s3"], kept: 0 });
    exchange(three, ["s1"], [b]);
    expect(three).toEqual(before);
  });
});

describe("uniting", () => {
  it("gives all one view and loses nothing in transit", () => {
    const view = viewOf(3, ["s2", "s3", "s1"]);
    const last: Event = { type: "VIEW_CHANGE", view };
    expect(unite(apart, ["s2", "s3", "s1"])).toEqual({
      epoch: 3,
      net: { s1: view, s2: view, s3: view, s4: null },
      inbox: { s1: [from("s3"), last], s2: [from("s2"), last], s3: [last], s4: [{ type: "DISCONNECT" }] },
    });
  });

  it("connects one who was not, behind what it has still to take", () => {
    const { net, inbox } = unite(apart, ["s4"]);
    expect(net["s4"]).toEqual(viewOf(3, ["s4"]));
    expect(inbox["s4"]).toEqual([{ type: "DISCONNECT" }, { type: "VIEW_CHANGE", view: viewOf(3, ["s4"]) }]);
  });
});

describe("leaving", () => {
  it("takes a server's view and inbox, and gives those whom it leaves behind a view without it", () => {
    const left = leave(three, "s3", [{ type: "DISCONNECT" }], { list: ["s1", "s2"], kept: 1 });
    expect(left).toMatchObject({ epoch: 5, net: { s1: { id: "5:s1,s2" }, s3: null } });
    expect(left.inbox["s3"]).toEqual([{ type: "DISCONNECT" }]);
    expect(left.inbox["s2"]).toEqual([a, b, d, { type: "VIEW_CHANGE", view: viewOf(5, ["s1", "s2"]) }]);
  });

  it("is a change of the network also where nobody is left behind", () => {
    const left = leave(apart, "s2", [], { list: [], kept: 0 });
    expect(left).toEqual({ epoch: 3, net: { ...apart.net, s2: null }, inbox: { ...apart.inbox, s2: [] } });
  });
});

describe("an exchange", () => {
  it("takes the first event of each, then appends what is sent, in order, at the members of the sender's view", () => {
    const sent = [from("s2", "x"), from("s1", "y"), from("s3", "z")];
    const { inbox } = exchange(apart, ["s1", "s4"], sent);
    expect(inbox).toEqual({ s1: [sent[1], sent[2]], s2: [from("s2"), sent[0]], s3: [sent[1], sent[2]], s4: [] });
  });

  it("loses what a server sends that is not connected", () => {
    expect(exchange(apart, [], [from("s4")]).inbox).toEqual(apart.inbox);
  });
});

describe("lists", () => {
  it("are all orders, or the one order of the servers", () => {
    expect(lists({ ...small, servers: ["s1", "s2", "s3"], lists: "any" }, ["s3", "s1"])).toEqual([
      ["s3", "s1"],
      ["s1", "s3"],
    ]);
    expect(lists({ ...small, servers: ["s1", "s2", "s3"] }, ["s3", "s1"])).toEqual([["s1", "s3"]]);
  });

  it("permute items without repetition, those of nothing in one way", () => {
    expect(permutations([])).toEqual([[]]);
    const orders = permutations([1, 2, 3, 4]);
    expect(orders).toHaveLength(24);
    expect(new Set(orders.map(String)).size).toBe(24);
    expect(orders.every((order) => order.toSorted().join() === "1,2,3,4")).toBe(true);
    expect(orders[0]).toEqual([1, 2, 3, 4]);
  });
});
