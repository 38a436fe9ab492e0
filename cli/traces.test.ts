import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { loadCorpus } from "../tla/graph/index.ts";
import { readText } from "../tla/values/file.ts";
import { exceptionOf } from "./excepted.ts";
import { type ModelFile, modelsOf } from "./manifest.ts";
import { pinsIn } from "./pins.ts";
import { protocols } from "./protocols.ts";
import { type Replayed, Replayer } from "./replayer.ts";
import { specHash } from "./spec-hash.ts";

const root = join(import.meta.dirname, "..");
const specRoot = join(root, "spec");
const Index = z.record(
  z.string(),
  z.object({ module: z.string(), cfg: z.string(), sha256: z.string(), tlc: z.string() }),
);

/** Properties of behaviours without end. */
const ENDLESS = ["Liveness", "Settles", "Spec_2_1"];

for (const models of protocols) {
  const { protocol, modelOf } = models;
  describe(`what is kept in traces/${protocol}`, async () => {
    const folder = join(root, "traces", protocol);
    const index = Index.parse(JSON.parse(await readText(join(folder, "index.json"))));
    const catalogue = await modelsOf(join(specRoot, protocol));
    const modelOfFile = (name: string): ModelFile => {
      const found = catalogue.find(({ cfg }) => cfg === index[name]?.cfg);
      if (found === undefined) throw new Error(`${name} is of no model`);
      return found;
    };
    const names = Object.keys(index);

    it("is what the index names, and covers every model that fails", async () => {
      const files = (await readdir(folder)).filter((name) => name !== "index.json");
      expect(files.sort()).toEqual(names.toSorted());
      const kept = new Set(Object.values(index).map(({ cfg }) => cfg));
      const failing = catalogue.filter(({ purpose }) => purpose.kind === "must fail" || purpose.kind === "witness");
      // Of a module that no closed system is of, nothing could be replayed.
      const replayable = failing.filter((model) => exceptionOf(model, models) === undefined);
      expect(replayable.length).toBeGreaterThan(0);
      expect(replayable.filter(({ cfg }) => !kept.has(cfg))).toEqual([]);
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
    const libraries = (await readdir(specRoot)).map((other) => join(specRoot, other));
    const others = libraries.filter((path) => path !== join(specRoot, protocol));
    const replayer = new Replayer({ models, libraries: others, traces: folder }, catalogue);
    const replayed = (name: string): Promise<Replayed> => replayer.replay({ name, path: join(folder, name) });
    it.each(behaviours)("%s is pinned", async (name) => {
      expect((await pinsIn(folder))?.get(name)).toMatchObject({ cfg: index[name]?.cfg });
    });
    const witnesses = behaviours.filter((name) => modelOfFile(name).purpose.kind === "witness");
    it("has witnesses", () => expect(witnesses.length).toBeGreaterThan(0));
    it.each(witnesses)("%s: the reducers take it from beginning to end, and no property is flagged", async (name) => {
      const { judged, faults, unchecked } = await replayed(name);
      expect(judged).toMatchObject({ expected: "in full", replayed: { kind: "replayed" }, flagged: [], reached: [] });
      expect({ faults, unchecked }).toEqual({ faults: [], unchecked: undefined });
    });

    const broken = behaviours.filter((name) => modelOfFile(name).purpose.kind === "must fail");
    it("has counterexamples", () => expect(broken.length).toBeGreaterThan(0));
    it.each(broken)(
      "%s: the reducers part from it if it breaks a state or a step, which both flag, as pinned",
      async (name) => {
        const { purpose } = modelOfFile(name);
        const { judged, faults, unchecked } = await replayed(name);
        expect({ faults, unchecked }).toEqual({ faults: [], unchecked: undefined });
        if (judged === undefined) throw new Error("nothing was judged");
        const { both } = judged;
        const endless = purpose.kind === "must fail" && ENDLESS.includes(purpose.property);
        const { cfg } = modelOfFile(name);
        const unseen = Object.hasOwn(models.notOverWorlds ?? {}, cfg);
        // Without what would have come about, a behaviour without end may be one of the genuine specification.
        expect(judged.replayed.kind).toBe(judged.expected === "parts" ? "stuck" : "replayed");
        expect(judged.expected === "parts" || endless || unseen).toBe(true);
        const apart = purpose.kind === "must fail" && Object.hasOwn(models.notOverWorlds ?? {}, purpose.property);
        expect(both?.at === undefined).toBe(endless || apart || unseen);
      },
    );
  });
}
