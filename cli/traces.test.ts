import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { ConformanceModel } from "../conformance/engine/index.ts";
import { loadCorpus } from "../tla/graph/index.ts";
import { readText } from "../tla/values/file.ts";
import { loadItf } from "../tla/values/itf.ts";
import { type ModelFile, modelsOf } from "./manifest.ts";
import { protocols } from "./protocols.ts";
import { specHash } from "./spec-hash.ts";

const root = join(import.meta.dirname, "..");
const specRoot = join(root, "spec");
const Index = z.record(
  z.string(),
  z.object({ module: z.string(), cfg: z.string(), sha256: z.string(), tlc: z.string() }),
);

/** The closed system at a configuration's bounds, whatever the configuration breaks in the specification. */
function unbroken(cfg: string, modelOf: (cfg: string) => ConformanceModel | string): ConformanceModel {
  const system = modelOf(cfg);
  if (typeof system !== "string") return system;
  const [name, sign] = system.split(" ");
  const without = cfg.replace(new RegExp(`^\\s*${name}\\s*${sign}.*$`, "m"), "");
  expect(without, `${system} was not found in the configuration`).not.toBe(cfg);
  return unbroken(without, modelOf);
}

for (const { protocol, modelOf } of protocols) {
  describe(`what is kept in traces/${protocol}`, async () => {
    const folder = join(root, "traces", protocol);
    const index = Index.parse(JSON.parse(await readText(join(folder, "index.json"))));
    const models = await modelsOf(specRoot, protocol);
    const modelOfFile = (name: string): ModelFile => {
      const found = models.find(({ cfg }) => cfg === index[name]?.cfg);
      if (found === undefined) throw new Error(`${name} is of no model`);
      return found;
    };
    const names = Object.keys(index);

    it("is what the index names, and covers every model that fails", async () => {
      const files = (await readdir(folder)).filter((name) => name !== "index.json");
      expect(files.sort()).toEqual(names.toSorted());
      const kept = new Set(Object.values(index).map(({ cfg }) => cfg));
      expect(models.filter(({ purpose, cfg }) => purpose.kind !== "good" && !kept.has(cfg))).toEqual([]);
    });

    it.each(names)("%s is of the specification as it is now", async (name) => {
      const { module, config } = modelOfFile(name);
      const others = (await readdir(specRoot))
        .filter((other) => other !== protocol)
        .map((other) => join(specRoot, other));
      expect(index[name]?.sha256).toBe(await specHash(module, config, others));
    });

    const graphs = names.filter((name) => name.endsWith(".graph.ndjson"));
    it("has graphs", () => expect(graphs.length).toBeGreaterThan(0));
    it.each(graphs)("%s: the reducer walks in lockstep with it, without Java", async (name) => {
      const system = modelOf(modelOfFile(name).text);
      if (typeof system === "string") throw new Error(system);
      const { graph } = await loadCorpus(join(folder, name));
      const report = system.conform(graph);
      expect(report.passed).toBe(true);
      expect(report.edges.taken).toBe(graph.edges);
    });

    const behaviours = names.filter((name) => name.endsWith(".itf.json"));
    const witnesses = behaviours.filter((name) => modelOfFile(name).purpose.kind === "witness");
    it("has witnesses", () => expect(witnesses.length).toBeGreaterThan(0));
    it.each(witnesses)("%s: the reducers take it from beginning to end", async (name) => {
      const trace = await loadItf(join(folder, name));
      const replayed = unbroken(modelOfFile(name).text, modelOf).replayTrace({
        states: trace.states.map(({ values }) => values),
        ...(trace.loop === undefined ? {} : { loop: { to: trace.loop } }),
      });
      expect(replayed.kind).toBe("replayed");
    });

    // A lasso breaks liveness alone: each of its steps is one of the specification's.
    const broken = behaviours.filter((name) => modelOfFile(name).purpose.kind === "must fail");
    it("has counterexamples", () => expect(broken.length).toBeGreaterThan(0));
    it.each(broken)("%s: the reducers do not take what breaks a safety property", async (name) => {
      const trace = await loadItf(join(folder, name));
      const replayed = unbroken(modelOfFile(name).text, modelOf).replayTrace({
        states: trace.states.map(({ values }) => values),
        ...(trace.loop === undefined ? {} : { loop: { to: trace.loop } }),
      });
      expect(replayed.kind).toBe(trace.loop === undefined ? "stuck" : "replayed");
    });
  });
}
