import { describe, expect, it } from "vitest";
import { initial, type State } from "./state.ts";
import { step } from "./step.ts";
import {
  acquire,
  arp,
  balanceMsg,
  configOf,
  each,
  gathering,
  inside,
  na,
  nobody,
  outside,
  owned,
  reached,
  release,
  released,
  running,
  send,
  stateMsg,
  type Taken,
  take,
  v1,
  v2,
  viewChange,
  web1,
  web2,
} from "./testing/example.ts";

// What needs more than one server (W1, W2, and the other half of W3, R3 and R4) is in conformance/wackamole.

const b = configOf("b");

describe("Wackamole, rule by rule, at one server", () => {
  it("W3: the list of members is taken as it was notified, in its order", () => {
    const { state } = take(b, initial(b).state, viewChange({ id: "v9", members: ["c", "b", "a"] }));
    expect(state).toEqual({
      ...initial(b).state,
      state: "GATHER",
      view: { id: "v9", members: ["c", "b", "a"] },
    });
  });

  it("W4: the current table holds who covers what in this membership, and nothing of an earlier one", () => {
    const gathered = reached(b, [viewChange(v1), stateMsg("a", ["g1"]), stateMsg("b", ["g2"])]);
    expect(gathered.current_table).toEqual({ g1: "a", g2: "b", router: null });
    expect(reached(b, [viewChange(v2), stateMsg("a", ["router"], { view: "v2" })], running("b")).current_table).toEqual(
      {
        ...nobody,
        router: "a",
      },
    );
  });

  it("W5: a view change in RUN backs the table up, says what is covered in which view, and gathers", () => {
    const before = running("b");
    expect(take(b, before, viewChange(v2))).toEqual({
      kind: "took",
      action: "ViewChange",
      state: {
        ...before,
        state: "GATHER",
        view: v2,
        old_table: each,
        current_table: nobody,
      },
      effects: [send(stateMsg("b", ["g2"], { view: "v2" })), { type: "disarm", timer: "balance" }],
    });
  });

  it("W6: a BALANCE_MSG in RUN is carried out: what goes is released and said so, what comes is acquired", () => {
    const before = running("b");
    const ordered = take(b, before, balanceMsg({ g1: "b", g2: "c", router: "c" }));
    expect(ordered).toEqual({
      kind: "took",
      action: "ReceiveBalanceMsg",
      state: { ...before, held: [], handover: { g1: "b", g2: "c", router: null } },
      effects: [release("g2"), send({ type: "RELEASED_MSG", sender: "b", released: ["g2"] })],
    });
    const given = take(b, ordered.state, released("a", ["g1"]));
    expect(given).toEqual({
      kind: "took",
      action: "ReceiveReleasedMsg",
      state: {
        ...ordered.state,
        current_table: { g1: "b", g2: "b", router: "c" },
        handover: { g1: null, g2: "c", router: null },
        held: ["g1"],
      },
      effects: [acquire("g1"), arp(web1)],
    });
    const over = take(b, given.state, released("b", ["g2"]));
    expect(over.state).toEqual({
      ...given.state,
      current_table: { g1: "b", g2: "c", router: "c" },
      handover: nobody,
    });
    expect(over.effects).toEqual([]);
  });

  it("W7: a state message that was sent in another view is not heeded", () => {
    expect(step(b, gathering("b"), stateMsg("a", ["g1"], { view: "v0" }))).toEqual({
      kind: "refused",
      action: "ReceiveStateMsg",
      because: "OfCurrentView",
    });
  });

  it("W8: what the sender of a state message covers is entered into the current table", () => {
    const before = gathering("b");
    const { state, effects } = take(b, before, stateMsg("a", ["g1", "router"]));
    const current_table = { g1: "a", g2: null, router: "a" };
    expect(state).toEqual({ ...before, current_table, received: ["a"], prefs: { a: [] } });
    expect(effects).toEqual([]);
  });

  it("W9: the earlier member of the list releases what a later one covers, at once", () => {
    const before = gathering("b");
    const { state, effects } = take(b, before, stateMsg("c", ["g2", "router"]));
    expect(state).toEqual({
      ...before,
      current_table: { g1: null, g2: "c", router: "c" },
      old_table: { g1: "a", g2: null, router: "c" },
      received: ["c"],
      prefs: { c: [] },
      held: [],
    });
    expect(effects).toEqual([release("g2")]);
  });

  it("W9: the later member of the list keeps what an earlier one covers, whichever claim comes first", () => {
    const before = gathering("b");
    const theirsFirst = take(b, before, stateMsg("a", ["g1", "g2"]));
    expect(theirsFirst.state).toMatchObject({ current_table: { g1: "a", g2: "a" }, held: ["g2"] });
    // Hosts that reached a at this address have to learn that it is b's alone (W21).
    expect(theirsFirst.effects).toMatchObject([{ type: "announce", address: { ip: "10.0.0.2" } }]);
    const ours = take(b, theirsFirst.state, stateMsg("b", ["g2"]));
    expect(ours.state).toMatchObject({ current_table: { g1: "a", g2: "b" }, held: ["g2"] });
    const oursFirst = reached(b, [stateMsg("b", ["g2"]), stateMsg("a", ["g1", "g2"])], before);
    expect(oursFirst).toEqual(ours.state);
  });

  it("W10: the last of the state messages fills each hole with the least loaded member, and the server runs", () => {
    const before = reached(b, [stateMsg("b", ["g2"]), stateMsg("c", [])], gathering("b"));
    const { state, effects } = take(b, before, stateMsg("a", []));
    // g1 goes to a, the first of those who have nothing; router to c, who alone has nothing by then.
    expect(state).toEqual({
      ...before,
      state: "RUN",
      current_table: { g1: "a", g2: "b", router: "c" },
      old_table: nobody,
      received: [],
      prefs: { ...before.prefs, a: [] },
    });
    expect(effects).toEqual([]);
  });

  it("W10: whoever a hole falls to acquires it, and all members give it to the same one", () => {
    const messages = [stateMsg("b", []), stateMsg("c", ["router"]), stateMsg("a", ["g1"])];
    const tables = ["a", "b", "c"].map((self, turn) => {
      const config = configOf(self);
      const rotated = [...messages.slice(turn), ...messages.slice(0, turn)];
      return reached(config, [viewChange(v1), ...rotated]).current_table;
    });
    expect(tables).toEqual([each, each, each]);
    const last = take(b, reached(b, [viewChange(v1), ...messages.slice(0, 2)]), stateMsg("a", ["g1"]));
    expect(last.state).toMatchObject({ state: "RUN", held: ["g2"] });
    expect(last.effects).toEqual([acquire("g2"), arp(web2)]);
  });

  it("W11: a view change in GATHER clears the current table, goes back to the old one and says so anew", () => {
    const before = reached(b, [stateMsg("a", ["g1"], { prefers: ["g2"] })], gathering("b"));
    expect(before).toMatchObject({ current_table: { g1: "a" }, received: ["a"], prefs: { a: ["g2"] } });
    const { state, effects } = take(b, before, viewChange(v2));
    expect(state).toEqual({
      ...before,
      view: v2,
      current_table: nobody,
      old_table: each,
      received: [],
      prefs: {},
    });
    expect(effects).toEqual([send(stateMsg("b", ["g2"], { view: "v2" }))]);
  });

  it("W12: a BALANCE_MSG is ignored in GATHER", () => {
    expect(step(b, gathering("b"), balanceMsg({ g1: "b", g2: "c", router: "c" }))).toEqual({
      kind: "refused",
      action: "ReceiveBalanceMsg",
      because: "InRun",
    });
  });

  it("W13: the balance timer is the representative's alone, and it is the first of the list", () => {
    const ran = (self: string): Taken => {
      const config = configOf(self);
      const messages = v1.members.map((sender) => stateMsg(sender, sender === self ? [] : owned(sender)));
      const last = messages.pop() ?? stateMsg("c", []);
      return take(config, reached(config, [viewChange(v1), ...messages]), last);
    };
    expect(ran("a").effects).toEqual([acquire("g1"), arp(web1), { type: "arm", timer: "balance", ms: 60_000 }]);
    expect(ran("b").effects.map(({ type }) => type)).not.toContain("arm");
    expect(step(b, ran("b").state, { type: "BALANCE_TIMEOUT" })).toMatchObject({ because: "Representative" });
  });

  it("W13: on the timeout the representative sends an allocation that evens the load out", () => {
    const a = configOf("a");
    const before: State = {
      ...running("a"),
      current_table: { g1: "a", g2: "a", router: "a" },
      held: ["g1", "g2", "router"],
    };
    const { state, effects } = take(a, before, { type: "BALANCE_TIMEOUT" });
    expect(state).toEqual({ ...before, handover: { g1: null, g2: "c", router: "b" } });
    expect(effects).toEqual([send({ type: "BALANCE_MSG", sender: "a", table: { g1: "a", g2: "c", router: "b" } })]);
  });

  it("W14: balancing begins and ends in one step in RUN, and none begins while another is carried out", () => {
    const a = configOf("a");
    const before: State = { ...running("a"), current_table: { ...each, g2: "a", router: "a" }, held: ["g1", "g2"] };
    const { state } = take(a, before, { type: "BALANCE_TIMEOUT" });
    expect(state.state).toBe("RUN");
    expect(state.held).toEqual(before.held);
    expect(step(a, state, { type: "BALANCE_TIMEOUT" })).toMatchObject({ because: "HandoverOver" });
  });

  it("W15: what a server prefers goes with each of its state messages, and others remember it", () => {
    const eager = configOf("b", ["router"]);
    expect(take(eager, initial(eager).state, viewChange(v1)).effects).toContainEqual(
      send(stateMsg("b", [], { mature: false, prefers: ["router"] })),
    );
    const heard = reached(configOf("a"), [viewChange(v1), stateMsg("b", [], { prefers: ["router"] })]);
    expect(heard.prefs).toEqual({ b: ["router"] });
  });

  it("W15: balancing gives a group to the first who prefers it, even if the load stays uneven", () => {
    const a = configOf("a");
    const before = running("a", { b: ["g1", "g2"], c: ["g1"] });
    const { effects } = take(a, before, { type: "BALANCE_TIMEOUT" });
    // router, which nobody prefers, moves neither: its owner c has one group, and a has none.
    expect(effects).toEqual([send({ type: "BALANCE_MSG", sender: "a", table: { g1: "b", g2: "b", router: "c" } })]);
    const content = running("a", { a: ["g1"], b: ["g1"] });
    expect(step(a, content, { type: "BALANCE_TIMEOUT" })).toMatchObject({ because: "SomethingToMove" });
  });

  it("W16: a server starts immature and without addresses, whatever an earlier one left", () => {
    const { state, effects } = initial(b);
    expect(state).toEqual({
      state: "DISCONNECTED",
      mature: false,
      view: null,
      current_table: nobody,
      old_table: nobody,
      received: [],
      prefs: {},
      handover: nobody,
      held: [],
      hosts: [],
    });
    expect(effects).toEqual([release("g1"), release("g2"), release("router"), { type: "connect" }]);
  });

  it("W16: a view of immature servers stays in GATHER when all state messages are there", () => {
    const immature = ["a", "b", "c"].map((sender) => stateMsg(sender, [], { mature: false }));
    const last = take(b, reached(b, [viewChange(v1), ...immature.slice(0, 2)]), stateMsg("c", [], { mature: false }));
    const prefs = { a: [], b: [], c: [] };
    expect(last.state).toEqual({ ...initial(b).state, state: "GATHER", view: v1, received: ["a", "b", "c"], prefs });
    expect(last.effects).toEqual([]);
  });

  it("W17: a state message of a mature server makes its receiver mature", () => {
    const before = reached(b, [viewChange(v1)]);
    const { state, effects } = take(b, before, stateMsg("c", ["router"]));
    expect(state).toEqual({
      ...before,
      mature: true,
      current_table: { ...nobody, router: "c" },
      received: ["c"],
      prefs: { c: [] },
    });
    expect(effects).toEqual([{ type: "disarm", timer: "mature" }]);
  });

  it("W18: an immature server waits, then becomes mature by itself, tells the others and takes no address yet", () => {
    const joined = take(b, initial(b).state, viewChange(v1));
    expect(joined.effects).toEqual([
      send(stateMsg("b", [], { mature: false })),
      { type: "arm", timer: "mature", ms: 5_000 },
      { type: "arm", timer: "share", ms: 30_000 },
    ]);
    const { state, effects } = take(b, joined.state, { type: "MATURE_TIMEOUT" });
    expect(state).toEqual({ ...joined.state, mature: true });
    expect(effects).toEqual([{ type: "disarm", timer: "mature" }, send(stateMsg("b", []))]);
  });

  it("W18: its own notice lets a server that timed out manage addresses", () => {
    const waiting = reached(b, [
      viewChange({ id: "v1", members: ["b"] }),
      stateMsg("b", [], { mature: false }),
      { type: "MATURE_TIMEOUT" },
    ]);
    const { state, effects } = take(b, waiting, stateMsg("b", []));
    expect(state).toEqual({
      ...waiting,
      state: "RUN",
      current_table: { g1: "b", g2: "b", router: "b" },
      received: [],
      held: ["g1", "g2", "router"],
    });
    expect(effects).toEqual([
      acquire("g1"),
      acquire("g2"),
      acquire("router"),
      arp(web1),
      arp(web2),
      arp(inside),
      na(outside),
      { type: "arm", timer: "balance", ms: 60_000 },
    ]);
  });

  it("W19: a server that loses the group communication drops all its addresses and connects again", () => {
    const before: State = { ...running("b"), current_table: { ...each, router: "b" }, held: ["g2", "router"] };
    const { state, effects } = take(b, before, { type: "DISCONNECT" });
    expect(state).toEqual({ ...initial(b).state, mature: true });
    expect(effects).toEqual([
      release("g2"),
      release("router"),
      { type: "disarm", timer: "mature" },
      { type: "disarm", timer: "balance" },
      { type: "disarm", timer: "share" },
      { type: "connect" },
    ]);
  });

  it("W20: a router's addresses on several interfaces are acquired and released as one", () => {
    const before = running("b");
    const ordered = reached(b, [balanceMsg({ ...each, router: "b" })], before);
    const { state, effects } = take(b, ordered, released("c", ["router"]));
    expect(state.held).toEqual(["g2", "router"]);
    expect(effects).toEqual([
      { type: "acquire", group: "router", addresses: [inside, outside] },
      arp(inside),
      na(outside),
    ]);
    expect(take(b, state, viewChange(v1)).effects[0]).toEqual(send(stateMsg("b", ["g2", "router"])));
    const gathered = reached(b, [viewChange(v1)], state);
    expect(take(b, gathered, stateMsg("c", ["router"])).effects).toEqual([
      { type: "release", group: "router", addresses: [inside, outside] },
    ]);
  });

  it("W21: every acquired address is announced in the manner of its family, once all are on the interfaces", () => {
    const { effects } = take(b, reached(b, [viewChange({ id: "v1", members: ["b"] })]), stateMsg("b", []));
    expect(effects.slice(0, -1).map(({ type }) => type)).toEqual([
      "disarm",
      ...Array(3).fill("acquire"),
      ...Array(4).fill("announce"),
    ]);
    expect(effects.filter(({ type }) => type === "announce")).toEqual([arp(web1), arp(web2), arp(inside), na(outside)]);
  });

  it("W22: what the address resolution cache holds is sent to the others, as far as the limit goes", () => {
    const before = running("b");
    const cache = [1, 2, 3, 4].map((n) => ({ ip: `10.0.0.10${n}`, interface: "eth0" }));
    const { state, effects } = take(b, before, { type: "SHARE_TIMEOUT", cache });
    expect(state).toBe(before);
    expect(effects).toEqual([send({ type: "HOSTS_MSG", sender: "b", hosts: cache.slice(0, 3) })]);
  });

  it("W22: hosts heard of are remembered, the latest first and each once, and told of what is acquired", () => {
    const [here, there, v6, old] = [
      { ip: "10.0.0.101", interface: "eth0" },
      { ip: "192.168.0.7", interface: "eth1" },
      { ip: "2001:db8::7", interface: "eth2" },
      { ip: "10.0.0.100", interface: "eth0" },
    ] as const;
    const before = reached(b, [{ type: "HOSTS_MSG", sender: "c", hosts: [v6, old] }], running("b"));
    const { state, effects } = take(b, before, { type: "HOSTS_MSG", sender: "a", hosts: [here, v6, there] });
    expect(state).toEqual({ ...before, hosts: [here, v6, there] });
    expect(effects).toEqual([]);
    const ordered = reached(b, [balanceMsg({ g1: "b", g2: "b", router: "b" })], state);
    expect(take(b, ordered, released("a", ["g1"])).effects).toEqual([acquire("g1"), arp(web1, [here])]);
    expect(take(b, ordered, released("c", ["router"])).effects).toEqual([
      acquire("router"),
      arp(inside, [there]),
      na(outside, [v6]),
    ]);
  });
});
