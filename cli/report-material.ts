import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { ConformanceModels, Results } from "../conformance/engine/index.ts";
import { type Material, type Model, type ModelRun, type TraceReport, traceReport } from "../report/index.ts";
import { UserError } from "../tla/errors.ts";
import { readText } from "../tla/values/file.ts";
import { loadItf } from "../tla/values/itf.ts";
import { exceptionOf } from "./excepted.ts";
import { BAD_INPUT } from "./exit-codes.ts";
import { keptResults } from "./kept-results.ts";
import { located } from "./located.ts";
import { type ModelFile, modelsOf, specFolders } from "./manifest.ts";
import { folderOf, packageRoot, protocols, specLibraries, specRoot } from "./protocols.ts";
import { labelOf, sourcesOf } from "./report-sources.ts";

import { type Sourced, sourceHash } from "./source-hash.ts";
import { specHash } from "./spec-hash.ts";
import type { VerifiedProtocol } from "./verify-file.ts";

/** What a report is about: a protocol, or a specification that has no reducer. */
interface Subject extends Sourced {
  readonly name: string;
  /** What commands call it. */
  readonly named: string;
  readonly conformance: ConformanceModels | undefined;
  readonly traces: string;
  readonly results: string;
  /** The folder that paths are told from. */
  readonly root: string;
}

export interface Inputs {
  readonly verified: ReadonlyMap<string, VerifiedProtocol>;
  /** The folder of the results of other jobs, one below for each protocol; by default that of the protocol. */
  readonly results: string | undefined;
}

/** Reads all that there is about a protocol, one of ours by its name or a user's by the path of its module. */
export async function materialOf(name: string, { verified, results }: Inputs): Promise<Material> {
  const subject = await subjectOf(name);
  const files = await modelFiles(subject.spec);
  const known = verified.get(subject.name);
  const { root, conformance, libraries } = subject;
  const folder = results === undefined ? subject.results : join(results, subject.name);
  const job = (kind: Results["kind"], file?: string): Promise<Material["fuzz"]> =>
    jobOf(folder, subject.name, kind, file);
  return {
    name: subject.name,
    named: subject.named,
    sha256: (await sourceHash(subject)) ?? null,
    hasReducer: conformance !== undefined,
    sources: await sourcesOf(root, subject, files),
    models: files.map((file) => modelOf(root, file, conformance, known)),
    traces: await tracesOf(subject.traces, files, libraries),
    verified: known === undefined ? null : verifiedOf(known),
    fuzz: await job("fuzz"),
    coverage: await job("fuzz", "coverage"),
    replay: await job("replay"),
    mutants: await job("mutants"),
  };
}

async function subjectOf(name: string): Promise<Subject> {
  const isOurs = protocols.some(({ protocol }) => protocol === name);
  if (!isOurs && (await specFolders(specRoot)).includes(name)) {
    return {
      name,
      named: name,
      conformance: undefined,
      spec: folderOf("spec", name),
      libraries: await specLibraries(specRoot, name),
      traces: folderOf("traces", name),
      results: folderOf("results", name),
      root: packageRoot,
    };
  }
  const { models, ...folders } = await located(name);
  const root = isOurs ? packageRoot : dirname(folders.spec);
  const named = isOurs ? name : labelOf(process.cwd(), resolve(name));
  return { name: models.protocol, named, conformance: models, root, ...folders };
}

/** The models that the manifest names; none where there is no manifest. */
async function modelFiles(spec: string): Promise<readonly ModelFile[]> {
  const names = await readdir(spec).catch(() => {
    throw new UserError(`There is no folder of specifications at ${spec}.`, BAD_INPUT);
  });
  return names.includes("manifest.json") ? modelsOf(spec) : [];
}

function modelOf(
  root: string,
  file: ModelFile,
  conformance: ConformanceModels | undefined,
  known: VerifiedProtocol | undefined,
): Model {
  const { cfg, config, module, purpose, text, checks, bounds } = file;
  const pinned = { distinct: 0, generated: 0, depth: 0, ...purpose };
  return {
    cfg,
    path: labelOf(root, config),
    module: labelOf(root, module),
    purpose: purpose.kind,
    says: sayingOf(text),
    checks,
    bounds,
    notConformed: conformance === undefined ? null : (exceptionOf(file, conformance) ?? null),
    pinned:
      purpose.kind === "good" ? { distinct: pinned.distinct, generated: pinned.generated, depth: pinned.depth } : null,
    run: heldAgainst(purpose, known?.runs.get(cfg)),
  };
}

/** A run that found other counts than those that are pinned now did not check what it should have. */
function heldAgainst(purpose: ModelFile["purpose"], run: ModelRun | undefined): ModelRun | null {
  if (run === undefined) return null;
  if (purpose.kind !== "good" || !run.passed) return run;
  const { distinct, generated, depth } = purpose;
  if (run.distinct === distinct && run.generated === generated && run.depth === depth) return run;
  const words = `${run.words}; the manifest has ${distinct} distinct of ${generated} states, depth ${depth}`;
  return { ...run, passed: false, words };
}

function verifiedOf({ sha256, bounds, tools, faults }: VerifiedProtocol): Material["verified"] {
  return { sha256, bounds, tools, faults };
}

/** The comment that a configuration begins with, without what marks its purpose and the property that must fail. */
function sayingOf(text: string): string {
  const [comment = ""] = /^(?:\\\*.*\n)*/.exec(text) ?? [];
  return comment
    .replace(/^\\\*[^\S\n]?/gm, "")
    .replace(/^(?:full bounds, )?(?:must fail: *\w+|witness:|simulate:) */, "")
    .trim();
}

async function tracesOf(
  folder: string,
  files: readonly ModelFile[],
  libraries: readonly string[],
): Promise<TraceReport[]> {
  const names = (await readdir(folder).catch((): string[] => [])).filter((name) => name.endsWith(".itf.json")).sort();
  return Promise.all(
    names.map(async (name) => {
      const itf = await loadItf(join(folder, name));
      const file = files.find(({ cfg }) => cfg === itf.meta["cfg"]);
      const sha256 = itf.meta["sha256"];
      const stale =
        file === undefined || typeof sha256 !== "string"
          ? null
          : (await specHash(file.module, file.config, libraries)) !== sha256;
      const content = createHash("sha256").update(await readText(join(folder, name)));
      return traceReport(name.replace(/\.itf\.json$/, ""), itf, content.digest("hex"), stale);
    }),
  );
}

/** Sets with more members than this are told by their size alone. */
const READABLE = 500;

async function jobOf(
  folder: string,
  protocol: string,
  kind: Results["kind"],
  file?: string,
): Promise<Material["fuzz"]> {
  const results = await keptResults(folder, protocol, kind, file);
  if (results === undefined) return null;
  const { sha256, settings, counts, sets, items, seconds } = results;
  const told = Object.entries(sets).map(([name, members]) => [
    name,
    { size: members.length, members: members.length > READABLE ? [] : members },
  ]);
  return { sha256, settings, counts, sets: Object.fromEntries(told), items, seconds };
}
