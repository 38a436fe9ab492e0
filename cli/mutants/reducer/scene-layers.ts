import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { UserError } from "../../../tla/errors.ts";
import { loadCorpus } from "../../../tla/graph/index.ts";
import { readText } from "../../../tla/values/file.ts";
import { loadItf } from "../../../tla/values/itf.ts";
import { exceptionOf } from "../../excepted.ts";
import { NOT_CHECKED } from "../../exit-codes.ts";
import type { Located } from "../../located.ts";
import { type ModelFile, modelsOf } from "../../manifest.ts";
import { dumpModel } from "../../run-model.ts";
import { specHash } from "../../spec-hash.ts";
import { keyOf } from "../memory.ts";
import type { Layer } from "./layers.ts";
import { type Bundles, sceneLayer } from "./scene-layer.ts";
import type { FuzzScene, GraphScene, TracesScene } from "./scenes.ts";

/** What scenes are made of, and where they may keep what they need. */
export interface Staging {
  readonly located: Located;
  readonly bundles: Bundles;
  /** What the bundles' texts come to. */
  readonly key: string;
  readonly temporary: string;
  readonly lanes: number;
  readonly patience: number;
  readonly note: (line: string) => void;
}

/**
 * Conformance over the graph of each quick model that is conformed, the small ones first; then the kept behaviours, and
 * runs beyond the bounds of all of them.
 *
 * @throws UserError (4) where no model is conformed.
 */
export async function sceneLayers(staging: Staging): Promise<readonly Layer[]> {
  const { located } = staging;
  const models = await modelsOf(located.spec);
  const conformed = models.filter(
    (model) => typeof located.models.modelOf(model.text) !== "string" && !exceptionOf(model, located.models),
  );
  const good = conformed.filter(({ purpose, bounds }) => purpose.kind === "good" && bounds === "quick");
  if (good.length === 0) throw new UserError(`No quick model of ${located.models.protocol} is conformed.`, NOT_CHECKED);
  good.sort((one, other) => sizeOf(one) - sizeOf(other));
  const graphs = await Promise.all(good.map((model) => graphLayer(staging, model)));
  return [...graphs, ...(await tracesLayer(staging, conformed)), ...fuzzLayer(staging)];
}

function sizeOf({ purpose }: ModelFile): number {
  return purpose.kind === "good" ? purpose.distinct : 0;
}

async function graphLayer(staging: Staging, model: ModelFile): Promise<Layer> {
  const { located, temporary, lanes, patience, bundles, note } = staging;
  const sha256 = await specHash(model.module, model.config, located.libraries);
  const prepare = async (): Promise<GraphScene> => {
    const scene = { kind: "graph", name: model.cfg, cfg: model.text } as const;
    const kept = join(located.traces, `${basename(model.cfg, ".cfg")}.graph.ndjson`);
    const corpus = await loadCorpus(kept).catch(() => undefined);
    if (corpus?.origin.sha256 === sha256) return { ...scene, path: kept };
    const path = join(temporary, `${model.cfg}.dot`);
    const tlc = await dumpModel(model, { libraries: located.libraries, workers: lanes }, path);
    if (tlc.outcome.kind !== "success") {
      throw new UserError(`${model.cfg} does not hold, so it has no graph: ${tlc.outcome.message}`, tlc.exitCode);
    }
    const { generated, distinct = 0, initial } = tlc;
    const totals = { generated, distinct, ...(initial === undefined ? {} : { initial: initial.generated }) };
    return { ...scene, path, totals };
  };
  return sceneLayer({ name: model.cfg, key: keyOf(staging.key, sha256), bundles, lanes, patience, prepare, note });
}

/** The kept behaviours of configurations that have a closed system, if there are any. */
async function tracesLayer(staging: Staging, models: readonly ModelFile[]): Promise<readonly Layer[]> {
  const { located, lanes, patience, bundles, note } = staging;
  const names = (await readdir(located.traces).catch((): string[] => [])).filter((name) => name.endsWith(".itf.json"));
  const traces: { path: string; cfg: string }[] = [];
  const texts: string[] = [];
  for (const path of names.sort().map((name) => join(located.traces, name))) {
    const { meta } = await loadItf(path);
    const model = models.find(({ cfg }) => cfg === meta["cfg"]);
    if (model === undefined) continue;
    traces.push({ path, cfg: model.text });
    texts.push(await readText(path), model.text);
  }
  if (traces.length === 0) return [];
  const name = "traces";
  const prepare = async (): Promise<TracesScene> => ({ kind: "traces", name, traces });
  return [sceneLayer({ name, key: keyOf(staging.key, texts), bundles, lanes, patience, prepare, note })];
}

/** A few seconds of runs: what they leave is for the tests. */
const CAMPAIGN: FuzzScene["options"] = { seed: 1, number: 0, strategy: "swarm", runs: 50, steps: 100 };

function fuzzLayer({ located, key, lanes, patience, bundles, note }: Staging): readonly Layer[] {
  if (located.models.fuzzing === undefined) return [];
  const name = "fuzz";
  const prepare = async (): Promise<FuzzScene> => ({ kind: "fuzz", name, options: CAMPAIGN });
  return [sceneLayer({ name, key: keyOf(key, name, CAMPAIGN), bundles, lanes, patience, prepare, note })];
}
