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
function systems(models: readonly ModelFile[], { modelOf, notConformed }: ConformanceModels): string[] {
  const walked = models.filter(
    ({ purpose, cfg }) => purpose.kind === "simulate" || (purpose.kind === "good" && !Object.hasOwn(notConformed, cfg)),
  );
  return [
    ...walked.flatMap(({ cfg, text }) => {
      const system = modelOf(text);
      return typeof system === "string" ? [`${cfg} has no closed system: it has no counterpart for ${system}.`] : [];
    }),
    ...Object.keys(notConformed)
      .filter((cfg) => !models.some((one) => one.cfg === cfg && one.purpose.kind === "good"))
      .map((cfg) => `${cfg} is excepted from conformance, but is no model that must hold.`),
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

/** Over all that was simulated, each action is taken somewhere; where nothing is simulated there is nothing to say. */
function unsampled(verdicts: readonly Verdict[]): string[] {
  const samples = verdicts.flatMap(({ simulated }) => (simulated?.actions === undefined ? [] : [simulated.actions]));
  const actions = Object.keys(samples[0] ?? {});
  return actions
    .filter((action) => samples.every((taken) => taken[action] === 0))
    .map((action) => `no behaviour that was simulated takes the action ${action}.`);
}
