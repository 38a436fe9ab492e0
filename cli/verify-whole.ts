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
    ...(conformance === undefined ? [] : [...systems(models, conformance), ...untested(verdicts)]),
  ];
}

/** A property that no model breaks may be one that cannot be broken. */
function unpinned(models: readonly ModelFile[]): string[] {
  const broken = new Set(models.flatMap(({ purpose }) => (purpose.kind === "must fail" ? [purpose.property] : [])));
  const checked = new Set(models.filter(({ purpose }) => purpose.kind === "good").flatMap(({ checks }) => checks));
  if (checked.size === 0) return ["no model checks a property."];
  return [...checked].filter((name) => !broken.has(name)).map((name) => `no model makes ${name} fail.`);
}

/** Each good model has a closed system, or is known to have none, with the reason. */
function systems(models: readonly ModelFile[], { modelOf, withoutSystem }: ConformanceModels): string[] {
  const good = models.filter(({ purpose }) => purpose.kind === "good");
  const known = Object.keys(withoutSystem);
  return [
    ...good.flatMap(({ cfg, text }) => {
      const system = modelOf(text);
      if (typeof system === "string" && !known.includes(cfg)) return [`${cfg} has no closed system: ${system}.`];
      return typeof system !== "string" && known.includes(cfg) ? [`${cfg} has a closed system after all.`] : [];
    }),
    ...known
      .filter((cfg) => !good.some((one) => one.cfg === cfg))
      .map((cfg) => `${cfg} is said to have no closed system, but is no model that must hold.`),
  ];
}

/** Over all models, each action is taken somewhere and refused somewhere. */
function untested(verdicts: readonly Verdict[]): string[] {
  const reports = verdicts.flatMap((verdict) => verdict.conformance ?? []);
  const [first, ...others] = reports;
  if (first === undefined) return ["nothing was conformed."];
  const everywhere = (list: "neverTaken" | "neverRefused"): readonly string[] =>
    first[list].filter((action) => others.every((report) => report[list].includes(action)));
  return [
    ...everywhere("neverTaken").map((action) => `the action ${action} was never taken.`),
    ...everywhere("neverRefused").map((action) => `the action ${action} never had to be refused.`),
  ];
}
