import { basename } from "node:path";
import type { ConformanceModels } from "../conformance/engine/index.ts";
import { exceptionOf } from "./excepted.ts";
import type { ModelFile } from "./manifest.ts";
import type { Verdict } from "./verify-model.ts";

/** What is wrong with a folder's models taken together, one sentence each: what no single model can tell. */
export function wholeOf(
  models: readonly ModelFile[],
  verdicts: readonly Verdict[],
  conformance: ConformanceModels | undefined,
): string[] {
  return [
    ...unpinned(models, verdicts),
    ...(verdicts.some(({ model }) => model.purpose.kind === "good") ? [] : ["no model that must hold was run."]),
    ...(models.some(({ purpose }) => purpose.kind === "witness") ? [] : ["there is no witness."]),
    ...(conformance === undefined
      ? []
      : [...systems(models, conformance), ...untested(verdicts), ...unsampled(verdicts)]),
  ];
}

/** A property that no model breaks may be one that cannot be broken, and one that none checks says nothing. */
function unpinned(models: readonly ModelFile[], verdicts: readonly Verdict[]): string[] {
  const broken = new Set(models.flatMap(({ purpose }) => (purpose.kind === "must fail" ? [purpose.property] : [])));
  const good = (one: ModelFile): readonly string[] => (one.purpose.kind === "good" ? one.checks : []);
  const checked = new Set(verdicts.flatMap(({ model }) => good(model)));
  return [
    ...[...new Set(models.flatMap(good))]
      .filter((name) => !broken.has(name))
      .map((name) => `no model makes ${name} fail.`),
    ...[...broken].filter((name) => !checked.has(name)).map((name) => `no model that must hold checked ${name}.`),
  ];
}

/** Each good model is conformed, or known not to be, with the reason; what is simulated can be replayed. */
function systems(models: readonly ModelFile[], conformance: ConformanceModels): string[] {
  const { modelOf, notConformed } = conformance;
  // What is simulated is excepted with all of its module alone: a model of a module that is conformed can be replayed.
  const ofModule = (model: ModelFile): boolean => Object.hasOwn(notConformed, basename(model.module));
  const walked = models.filter((model) =>
    model.purpose.kind === "good"
      ? exceptionOf(model, conformance) === undefined
      : model.purpose.kind === "simulate" && !ofModule(model),
  );
  return [
    ...walked.flatMap(({ cfg, text }) => {
      const system = modelOf(text);
      return typeof system === "string" ? [`${cfg} has no closed system: it has no counterpart for ${system}.`] : [];
    }),
    ...Object.keys(notConformed)
      .filter((name) => !models.some((one) => isExcepted(one, name)))
      .map((name) => `${name} is excepted from conformance, but is no model that must hold, nor a module with models.`),
  ];
}

/** Whether a name in the list of exceptions is that of a model that must hold, or of its module. */
function isExcepted({ cfg, module, purpose }: ModelFile, name: string): boolean {
  return basename(module) === name || (cfg === name && purpose.kind === "good");
}

/** Over all models of a module that is conformed, each action is taken somewhere and refused somewhere. */
function untested(verdicts: readonly Verdict[]): string[] {
  const reports = verdicts.flatMap((verdict) => verdict.conformance ?? []);
  const modules = [...new Set(reports.map(({ module }) => module))];
  if (modules.length === 0) return ["nothing was conformed."];
  return modules.flatMap((module) => {
    const [first, ...others] = reports.filter((report) => report.module === module);
    const everywhere = (list: "neverTaken" | "neverRefused"): readonly string[] =>
      first?.[list].filter((action) => others.every((report) => report[list].includes(action))) ?? [];
    const of = modules.length > 1 ? ` of ${module}` : "";
    return [
      ...everywhere("neverTaken").map((action) => `the action ${action}${of} was never taken.`),
      ...everywhere("neverRefused").map((action) => `the action ${action}${of} never had to be refused.`),
    ];
  });
}

/** Over all that was simulated, each action is taken somewhere; where nothing is simulated there is nothing to say. */
function unsampled(verdicts: readonly Verdict[]): string[] {
  const samples = verdicts.flatMap(({ simulated }) => (simulated?.actions === undefined ? [] : [simulated.actions]));
  const actions = [...new Set(samples.flatMap((taken) => Object.keys(taken)))];
  return actions
    .filter((action) => samples.every((taken) => (taken[action] ?? 0) === 0))
    .map((action) => `no behaviour that was simulated takes the action ${action}.`);
}
