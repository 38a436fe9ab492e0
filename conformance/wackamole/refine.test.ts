import { describe, expect, it } from "vitest";
import type { TlaValue } from "../../tla/values/value.ts";
import { wackamoleRefinement } from "./refine.ts";
import { wackamoleSystem } from "./system.ts";
import { begun, next, played, settled, small, taken } from "./testing/play.ts";
import type { Bounds, World } from "./world.ts";

const bounds: Bounds = { ...small, groups: [["a1", "a2"], ["a3"]], prefers: { s1: [["a1", "a2"]] } };
const system = wackamoleSystem(bounds);
const { view, moved } = wackamoleRefinement(bounds);

const router: TlaValue = { "#set": ["a1", "a2"] };
const a3: TlaValue = { "#set": ["a3"] };
const none: TlaValue = { "#model": "None" };
const noView: TlaValue = { "#model": "NoView" };
const nobody: TlaValue = {
  "#map": [
    [router, none],
    [a3, none],
  ],
};
const empty: TlaValue = { "#set": [] };

describe("the projection onto the specification", () => {
  it("shows each variable of a world in which one server has sent its first message", () => {
    const world = taken(system, begun(system, ["s1"]), "s1");
    const first = { epoch: 0, members: { "#tup": ["s1"] } };
    const both = (value: TlaValue): TlaValue => ({ s1: value, s2: value });
    expect(view(world)).toEqual({
      epoch: 0,
      net: { s1: first, s2: noView },
      inbox: {
        s1: {
          "#tup": [
            {
              type: "STATE_MSG",
              sender: "s1",
              view: first,
              owns: empty,
              mature: false,
              prefers: { "#set": [router] },
            },
          ],
        },
        s2: { "#tup": [] },
      },
      state: { s1: "GATHER", s2: "DISCONNECTED" },
      mature: both(false),
      view: { s1: first, s2: noView },
      current_table: both(nobody),
      old_table: both(nobody),
      received: both(empty),
      prefs: both({ s1: empty, s2: empty }),
      handover: both(nobody),
      held: both(empty),
    });
  });

  it("shows the interfaces for what is held, whatever the state says of it", () => {
    const run = settled(system, bounds, begun(system, ["s1"]));
    expect(view(run)["held"]).toEqual({ s1: { "#set": [router, a3] }, s2: empty });
    const bare: World = { ...run, covers: { s1: ["a3"], s2: [] } };
    expect(view(bare)["held"]).toEqual({ s1: { "#set": [a3] }, s2: empty });
  });

  it("shows every kind of event that an inbox can hold, and refuses those that it cannot", () => {
    const apart = settled(system, bounds, begun(system, ["s1"], ["s2"]));
    const merged = played(system, apart, { type: "Merge", servers: ["s1", "s2"], list: ["s1", "s2"] });
    const shown = new Set<unknown>();
    const look = (world: World): void => {
      for (const server of bounds.servers) {
        for (const event of tuple(view(world)["inbox"], server)) shown.add((event as { type?: unknown }).type);
      }
    };
    look(merged);
    settled(system, bounds, merged, true, ({ world }) => look(world));
    look(played(system, apart, { type: "Lose", server: "s1", list: [], kept: 0 }));
    expect([...shown].sort()).toEqual(["BALANCE_MSG", "DISCONNECT", "RELEASED_MSG", "STATE_MSG", "VIEW_CHANGE"]);
    const odd: World = { ...merged, inbox: { s1: [{ type: "HOSTS_MSG", sender: "s1", hosts: [] }], s2: [] } };
    expect(() => view(odd)).toThrow("an inbox of the closed system holds no HOSTS_MSG");
  });

  it("names a move by its action, with the servers that it is of", () => {
    const world = begun(system, ["s1", "s2"]);
    expect(next(system, world, "s2")?.move).toEqual({ type: "ViewChange", servers: ["s2"] });
    expect(moved(world, { type: "ViewChange", servers: ["s2"] })).toEqual([
      { name: "ViewChange", args: [{ "#set": ["s2"] }] },
    ]);
    expect(moved(world, { type: "Crash", server: "s1", list: ["s2"], kept: 0 })).toEqual([
      { name: "Crash", args: ["s1"] },
    ]);
  });
});

function tuple(inboxes: TlaValue | undefined, server: string): readonly TlaValue[] {
  return (inboxes as Readonly<Record<string, { readonly "#tup": readonly TlaValue[] }>>)[server]?.["#tup"] ?? [];
}
