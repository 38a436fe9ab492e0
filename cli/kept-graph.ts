import { access } from "node:fs/promises";
import { basename, join } from "node:path";
import { UserError } from "../tla/errors.ts";
import { loadCorpus, type StateGraph } from "../tla/graph/index.ts";
import { NOT_CHECKED } from "./exit-codes.ts";
import type { Located } from "./located.ts";
import type { ModelFile } from "./manifest.ts";
import { exploreModel } from "./run-model.ts";
import { specHash } from "./spec-hash.ts";

/**
 * The complete graph of a model: the one that is kept, where there is one and the specification has not changed since,
 * or else as TLC finds it now.
 *
 * @throws UserError where TLC finds fault, or is not there.
 */
export async function graphOf(place: Located, model: ModelFile, workers: number | undefined): Promise<StateGraph> {
  return (await kept(place, model)) ?? (await explored(place, model, workers));
}

async function kept({ traces, libraries }: Located, model: ModelFile): Promise<StateGraph | undefined> {
  const path = join(traces, `${basename(model.cfg, ".cfg")}.graph.ndjson`);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) return undefined;
  const { origin, graph } = await loadCorpus(path);
  return origin.sha256 === (await specHash(model.module, model.config, libraries)) ? graph : undefined;
}

async function explored(
  { models, libraries }: Located,
  model: ModelFile,
  workers: number | undefined,
): Promise<StateGraph> {
  const system = models.modelOf(model.text);
  const actions = typeof system === "string" ? undefined : system.actions;
  const { tlc, graph } = await exploreModel(model, { libraries, workers }, actions);
  if (graph !== undefined) return graph;
  const { outcome, exitCode } = tlc;
  throw new UserError("message" in outcome ? outcome.message : "TLC wrote no graph.", exitCode || NOT_CHECKED);
}
