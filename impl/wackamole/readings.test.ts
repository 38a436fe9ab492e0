import { describe, expect, it } from "vitest";
import { initial } from "./state.ts";
import { step } from "./step.ts";
import {
  acquire,
  arp,
  balanceMsg,
  configOf,
  each,
  gathering,
  nobody,
  reached,
  released,
  running,
  send,
  stateMsg,
  take,
  v1,
  v2,
  viewChange,
  web1,
  web2,
} from "./testing/example.ts";

const b = configOf("b");

describe("the readings, where the paper is silent or wrong, at one server", () => {
  it("R1: what was released because of a conflict is not claimed again when a view change interrupts GATHER", () => {
    const lost = reached(b, [stateMsg("c", ["g2", "router"])], gathering("b"));
    const { state, effects } = take(b, lost, viewChange(v2));
    expect(state.old_table).toEqual({ g1: "a", g2: null, router: "c" });
    expect(effects).toEqual([send(stateMsg("b", [], { view: "v2" }))]);
  });

  it("R1: what was released in a handover that is not over is not claimed after a view change", () => {
    const ordered = reached(b, [balanceMsg({ g1: "a", g2: "c", router: "c" })], running("b"));
    const { state, effects } = take(b, ordered, viewChange(v2));
    expect(state).toMatchObject({ old_table: { g1: "a", g2: null, router: "c" }, handover: nobody, held: [] });
    expect(effects).toContainEqual(send(stateMsg("b", [], { view: "v2" })));
  });

  it("R2: owners that are gone do not hide holes: the current table is cleared on leaving RUN", () => {
    const left = reached(b, [viewChange(v2)], running("b"));
    expect(left.current_table).toEqual(nobody);
    const ran = reached(b, [stateMsg("a", ["g1"], { view: "v2" }), stateMsg("b", ["g2"], { view: "v2" })], left);
    expect(ran.current_table).toEqual({ g1: "a", g2: "b", router: "a" });
  });

  it("R3: an address on its way is acquired when its old owner has said that it released it, not before", () => {
    const before = running("b");
    const ordered = take(b, before, balanceMsg({ g1: "b", g2: "b", router: "c" }));
    expect(ordered.state).toEqual({ ...before, handover: { ...nobody, g1: "b" } });
    expect(ordered.effects).toEqual([]);
    expect(step(b, ordered.state, released("c", ["g1"]))).toMatchObject({ because: "OnItsWay" });
    expect(take(b, ordered.state, released("a", ["g1"])).effects).toEqual([acquire("g1"), arp(web1)]);
  });

  it("R4: a server that timed out takes its share when all members have spoken, and no more", () => {
    const silent = ["a", "b", "c"].map((sender) => stateMsg(sender, [], { mature: false }));
    const waiting = reached(b, [viewChange(v1), ...silent, { type: "MATURE_TIMEOUT" }]);
    expect(waiting).toMatchObject({ state: "GATHER", mature: true, held: [] });
    const { state, effects } = take(b, waiting, stateMsg("b", []));
    expect(state).toMatchObject({ state: "RUN", current_table: each, held: ["g2"] });
    expect(effects).toEqual([acquire("g2"), arp(web2)]);
  });

  it("R5: a server that lost the group communication is mature when it is back, unlike one that starts", () => {
    const back = take(b, reached(b, [{ type: "DISCONNECT" }], running("b")), viewChange(v1));
    expect(back.state.mature).toBe(true);
    expect(back.effects).toEqual([send(stateMsg("b", [])), { type: "arm", timer: "share", ms: 30_000 }]);
    expect(initial(b).state.mature).toBe(false);
  });
});
