import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { loadCorpus } from "../../tla/graph/index.ts";
import { canonical } from "../../tla/values/canonical.ts";
import { loadItf } from "../../tla/values/itf.ts";
import type { TlaState } from "../../tla/values/value.ts";
import { explore } from "../engine/explore.ts";
import { wackamoleRefinement } from "./refine.ts";
import { restore } from "./restore.ts";
import { wackamoleSystem } from "./system.ts";
import { small } from "./testing/play.ts";
import type { Bounds } from "./world.ts";

const traces = new URL("../../traces/wackamole/", import.meta.url);
const specs = new URL("../../spec/wackamole/", import.meta.url);
const names = readdirSync(traces);

/** Bounds that name every server and group of a configuration; the rest of them does not matter here. */
async function boundsOf(cfg: string): Promise<Bounds> {
  const text = await readFile(new URL(cfg, specs), "utf8");
  const servers = /Server = \{(.*)\}/.exec(text)?.[1]?.match(/\w+/g) ?? [];
  const addresses = text.includes("GroupsMany") ? 6 : Number(/<- Groups(\d)/.exec(text)?.[1] ?? 1);
  return { ...small, servers, groups: Array.from({ length: addresses }, (_, at) => [`a${at + 1}`]) };
}

/** Whether each variable of a state is what the restored world shows. */
function comesBack(bounds: Bounds, state: TlaState): boolean {
  const shown = wackamoleRefinement(bounds).view(restore(bounds, state));
  return Object.entries(state).every(([name, value]) => canonical(shown[name] ?? "") === canonical(value));
}

describe("the world that a state shows", () => {
  const graphs = names.filter((name) => name.endsWith(".graph.ndjson"));
  it.each(graphs)("shows it, for every state of %s", async (name) => {
    const { graph, origin } = await loadCorpus(new URL(name, traces).pathname);
    const bounds = await boundsOf(origin.cfg);
    expect(graph.states).toBeGreaterThan(100);
    for (let node = 0; node < graph.states; node++) expect(comesBack(bounds, graph.state(node))).toBe(true);
  });

  // Those of broken specifications among them, which no reducer gets to.
  it("shows it, for every state of every behaviour in traces/", async () => {
    // That of BrokenRefused has a variable beside those of the specification.
    const behaviours = names.filter((name) => name.endsWith(".itf.json") && name !== "BrokenRefused.itf.json");
    expect(behaviours.length).toBeGreaterThan(30);
    for (const name of behaviours) {
      const { meta, states } = await loadItf(new URL(name, traces).pathname);
      const bounds = await boundsOf(String(meta["cfg"]));
      for (const { values } of states) expect(comesBack(bounds, values), name).toBe(true);
    }
  });

  it("is the very world that was projected, timers and all", () => {
    const bounds: Bounds = { ...small, groups: [["a1", "a2"], ["a3"]], prefers: { s1: [["a3"]] }, changes: "calm" };
    const { view } = wackamoleRefinement(bounds);
    const again = {
      name: "again",
      holds: (world: Parameters<typeof view>[0]) => {
        expect(restore(bounds, view(world))).toEqual(world);
        return true;
      },
    };
    const { worlds, violations } = explore(wackamoleSystem(bounds), {
      properties: { invariants: [again], steps: [] },
      maxWorlds: 1500,
    });
    expect(violations).toEqual([]);
    expect(worlds).toBeGreaterThan(1000);
  });

  it("is an error for a state that is none", async () => {
    const { states } = await loadItf(new URL("WitnessBootstrap.itf.json", traces).pathname);
    const bounds = await boundsOf("WitnessBootstrap.cfg");
    const first = states[0]?.values ?? {};
    const { inbox: _, ...less } = first;
    expect(() => restore(bounds, less)).toThrow("expected something with s1, got nothing");
    expect(() => restore(bounds, { ...first, epoch: "zero" })).toThrow('expected a number, got "zero"');
    expect(() =>
      restore(bounds, { ...first, inbox: { s1: { "#tup": [{ type: "GOSSIP" }] }, s2: { "#tup": [] } } }),
    ).toThrow("expected an event");
    const nine = { "#set": [{ "#set": ["a9"] }] };
    expect(() => restore(bounds, { ...first, held: { s1: nine, s2: nine } })).toThrow(
      "expected a group of these bounds",
    );
  });
});
