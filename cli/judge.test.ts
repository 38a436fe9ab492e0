import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type ClosedSystem, model } from "../conformance/engine/index.ts";
import { wackamoleProperties } from "../conformance/wackamole/invariants.ts";
import { wackamoleRefinement } from "../conformance/wackamole/refine.ts";
import { restore } from "../conformance/wackamole/restore.ts";
import { wackamoleSystem } from "../conformance/wackamole/system.ts";
import type { Bounds, Move, World } from "../conformance/wackamole/world.ts";
import { readTrace } from "../tla/trace/index.ts";
import { readText } from "../tla/values/file.ts";
import { type Judged, judge } from "./judge.ts";
import type { ModelFile } from "./manifest.ts";
import type { Unbroken } from "./unbroken.ts";

const bounds: Bounds = {
  servers: ["s1", "s2"],
  groups: [["a1"], ["a2"]],
  prefers: {},
  maxEpoch: 0,
  lists: "sorted",
  grain: "view",
  changes: "calm",
  timers: "quiet",
};

const genuine = wackamoleSystem(bounds);

/** The state says that nothing is held, whatever the effects put on the interfaces, which alone are projected. */
const forgetful: ClosedSystem<World, Move> = {
  ...genuine,
  initials: () => genuine.initials(),
  moves: (world) => genuine.moves(world),
  apply: (world, move) => {
    const tried = genuine.apply(world, move);
    if (tried.kind === "refused") return tried;
    const servers = Object.entries(tried.world.servers).map(([name, state]) => [name, { ...state, held: [] }]);
    return { kind: "took", world: { ...tried.world, servers: Object.fromEntries(servers) } };
  },
};

const witness: ModelFile["purpose"] = { kind: "witness", reached: "", exitCode: 12 };

async function judged(
  system: ClosedSystem<World, Move>,
  purpose: ModelFile["purpose"] = witness,
  more: Partial<Unbroken> = {},
): Promise<Judged> {
  const path = join(import.meta.dirname, "..", "traces", "wackamole", "WitnessBootstrap.itf.json");
  const { trace } = readTrace(await readText(path), path);
  const closed = model(system, wackamoleRefinement(bounds), {
    properties: wackamoleProperties(bounds),
    restore: (state) => restore(bounds, state),
  });
  return judge(trace, { purpose }, { system: closed, broken: [], apart: {}, ...more });
}

describe("a behaviour that the reducers show", () => {
  it("fails where their effects and their state disagree, which no state of the specification tells", async () => {
    const { flagged, reached, replayed, faults } = await judged(forgetful);
    expect({ kind: replayed.kind, flagged }).toEqual({ kind: "replayed", flagged: [] });
    expect(reached).toMatchObject([{ property: "HeldIsCovered" }]);
    expect(faults.join()).toMatch(/HeldIsCovered is flagged in the reducers' own world after \d steps/);
  });

  it("passes where they agree", async () => {
    expect(await judged(genuine)).toMatchObject({ reached: [], faults: [] });
  });
});

describe("a counterexample in which what is broken shows in no state", () => {
  const broken = ["Script <- Nothing"];
  const purpose: ModelFile["purpose"] = { kind: "must fail", property: "AtMostOnce", exitCode: 12 };

  it("fails where nothing is said of it: it is shown in full, and nothing flags it", async () => {
    const { faults } = await judged(genuine, purpose, { broken });
    expect(faults.join()).toMatch(
      /replayed in full, although its specification is broken.*flagged over worlds nowhere/,
    );
  });

  it("is shown in full, with the reason, where the protocol says so", async () => {
    const unseen = "it is about what is to come";
    const one = await judged(genuine, purpose, { broken, unseen });
    expect(one).toMatchObject({ expected: "in full", both: { property: "AtMostOnce", reason: unseen }, faults: [] });
  });
});
