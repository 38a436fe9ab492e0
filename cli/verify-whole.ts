import type { ConformanceModels } from "../conformance/engine/index.ts";
import type { ModelFile } from "./manifest.ts";
import type { Verdict } from "./verify-model.ts";

/** What is wrong with a folder's models taken together, one sentence each: what no single model can tell. */
export function wholeOf(
  models: readonly ModelFile[],
  verdicts: readonly Verdict[],
  conformance: ConformanceModels | undefined,
): string[] {
  return [
    ...unpinned(models),
    ...(verdicts.some(({ model }) => model.purpose.kind === "good") ? [] : ["no model that must hold was run."]),
    ...(models.some(({ purpose }) => purpose.kind === "witness") ? [] : ["there is no witness."]),
    ...(conformance === undefined ? [] : [...withoutSystem(models, conformance), ...untested(verdicts, conformance)]),
  ];
}

/** A property that no model breaks may be one that cannot be broken. */
function unpinned(models: readonly ModelFile[]): string[] {
  const broken = new Set(models.flatMap(({ purpose }) => (purpose.kind === "must fail" ? [purpose.property] : [])));
  const checked = new Set(models.filter(({ purpose }) => purpose.kind === "good").flatMap(({ checks }) => checks));
  if (checked.size === 0) return ["no model checks a property."];
  return [...checked].filter((name) => !broken.has(name)).map((name) => `no model makes ${name} fail.`);
}

/** Each good model has a closed system, or a reason why not; and what is named exists. */
function withoutSystem(models: readonly ModelFile[], { models: systems, withoutSystem }: ConformanceModels): string[] {
  const good = models.filter(({ purpose }) => purpose.kind === "good").map(({ cfg }) => cfg);
  return [
    ...good.filter((cfg) => !(cfg in systems) && !(cfg in withoutSystem)).map((cfg) => `${cfg} has no closed system.`),
    ...Object.keys({ ...systems, ...withoutSystem })
      .filter((cfg) => !good.includes(cfg))
      .map((cfg) => `${cfg} has a closed system but is no model that must hold.`),
  ];
}

/** Over all models, each action is taken somewhere and refused somewhere. */
function untested(verdicts: readonly Verdict[], conformance: ConformanceModels): string[] {
  const reports = verdicts.flatMap((verdict) => verdict.conformance ?? []);
  if (reports.length === 0) return ["nothing was conformed."];
  const actions = new Set(Object.values(conformance.models).flatMap((system) => system.actions));
  const everywhere = (list: "neverTaken" | "neverRefused", action: string): boolean =>
    reports.every((report) => report[list].includes(action));
  return [...actions].flatMap((action) => [
    ...(everywhere("neverTaken", action) ? [`the action ${action} was never taken.`] : []),
    ...(everywhere("neverRefused", action) ? [`the action ${action} never had to be refused.`] : []),
  ]);
}
