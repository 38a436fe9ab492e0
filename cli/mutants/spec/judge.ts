import type { SpecMutant } from "../../../conformance/engine/mutants/spec/mutants.ts";
import type { Layer, Trial } from "../verdict.ts";
import type { Subject } from "./subjects.ts";

/** What became of a mutant. */
export interface Fate {
  readonly killedBy?: Layer;
  /** The configuration of the model that killed it, and what gave it away. */
  readonly where?: string;
  readonly says?: string;
  /** The models in which a mutant that survives has the same graph, and how large these are together. */
  readonly same?: { readonly models: readonly string[]; readonly states: number; readonly edges: number };
  /** How many models it was put to. */
  readonly tried: number;
  readonly seconds: number;
}

/**
 * The models that can tell a mutant from the genuine specification, in the order in which they are tried. One that does
 * not use what was changed cannot.
 *
 * A mutant that changes what can happen is put to the models that hold, from the quickest on, and then to those that
 * fail. One of a property alone leaves every graph as it is, so it goes to all of them by their cost; one of fairness
 * alone only to those that need it.
 *
 * Within the quick bounds, what costs most and tells least is left out: for a mutant of a property, models that take
 * long, but for the quickest that holds and the quickest that fails by this very property; for one that the reducers
 * were conformed to, those that fail.
 */
export function subjectsFor(
  { definition, parts, temporal }: SpecMutant,
  subjects: readonly Subject[],
  bounds: "quick" | "full",
): readonly Subject[] {
  const used = subjects.filter(({ usage }) => usage.has(definition));
  const isLight = ({ model }: Subject): boolean => bounds === "full" || model.runtime <= LIGHT;
  const isInBounds = ({ model }: Subject): boolean => bounds === "full" || model.bounds === "quick";
  if (changesGraph({ parts })) {
    const isGood = ({ model }: Subject): boolean => model.purpose.kind === "good";
    const conformed = used.some(({ system }) => system !== undefined);
    // A model of our own that is not conformed shares its graph with one that is.
    const isSpare = ({ excepted }: Subject): boolean => conformed && excepted && !temporal;
    const good = used.filter((one) => isGood(one) && isInBounds(one) && !isSpare(one));
    const isTelling = bounds === "full" || !conformed;
    return [...byCost(good), ...byCost(used.filter((one) => !isGood(one) && isTelling))];
  }
  if (!parts.has("property")) return byCost(used.filter((one) => one.live && isInBounds(one)));
  const quickest = ["good", "must fail"].map(
    (kind) => byCost(used.filter(({ model }) => model.purpose.kind === kind))[0],
  );
  return byCost(used.filter((one) => quickest.includes(one) || isLight(one)));
}

/** Whether a mutant may change what can happen, and not only what is said of it. */
export function changesGraph({ parts }: Pick<SpecMutant, "parts">): boolean {
  return parts.has("initial") || parts.has("step");
}

/** A model that takes longer by the manifest, in seconds, is not quick. */
const LIGHT = 3;

function byCost(subjects: readonly Subject[]): Subject[] {
  const sizeOf = ({ model: { purpose } }: Subject): number => (purpose.kind === "good" ? purpose.distinct : 0);
  return [...subjects].sort(
    (one, other) =>
      one.model.runtime - other.model.runtime ||
      sizeOf(one) - sizeOf(other) ||
      (one.model.cfg < other.model.cfg ? -1 : 1),
  );
}

/** Puts a mutant to one model after the other until one kills it. */
export async function judge(chosen: readonly Subject[], attempt: (subject: Subject) => Promise<Trial>): Promise<Fate> {
  const same = { models: [] as string[], states: 0, edges: 0 };
  let seconds = 0;
  let tried = 0;
  for (const subject of chosen) {
    const trial = await attempt(subject);
    seconds += trial.seconds;
    tried++;
    const { killedBy, says = "" } = trial;
    if (killedBy !== undefined) return { killedBy, where: subject.model.cfg, says, tried, seconds };
    if (trial.same === undefined) continue;
    same.models.push(subject.model.cfg);
    same.states += trial.same.states;
    same.edges += trial.same.edges;
  }
  return { ...(same.models.length === 0 ? {} : { same }), tried, seconds };
}
