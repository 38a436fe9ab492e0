import { type Config, type Effect, type Event, type State, wackamole } from "../../impl/wackamole/index.ts";
import type { Reducer } from "./system.ts";
import { epochOf } from "./world.ts";

// Faults that are planted to see whether fuzzing finds them. None is meant to show within the bounds of models: each
// needs more servers or more groups than there, as a rule in one change of the network upon another.

type Step = Reducer["step"];
type Took = Extract<ReturnType<Step>, { readonly kind: "took" }>;

/** The reducer, but for what it makes of some events. */
function but(
  step: (outcome: ReturnType<Step>, config: Config, before: State, event: Event) => ReturnType<Step>,
): Reducer {
  return {
    initial: wackamole.initial,
    step: (config, state, event) => step(wackamole.step(config, state, event), config, state, event),
  };
}

function changed(took: Took, state: Partial<State>, effects: readonly Effect[] = took.effects): Took {
  return { ...took, state: { ...took.state, ...state }, effects };
}

function namesOf(effects: readonly Effect[], type: "acquire" | "release"): string[] {
  return effects.flatMap((effect) => (effect.type === type ? [effect.group] : []));
}

/** Without what is done to one group. */
function sparing(effects: readonly Effect[], type: "acquire" | "release", name: string): Effect[] {
  return effects.filter((effect) => effect.type !== type || effect.group !== name);
}

/** A reducer with each fault, by what is wrong with it. */
export const faults: Readonly<Record<string, Reducer>> = {
  "of three groups gained at once the third is forgotten": but((outcome) => {
    const [, , third] = outcome.kind === "took" ? namesOf(outcome.effects, "acquire") : [];
    if (outcome.kind === "refused" || third === undefined) return outcome;
    const held = outcome.state.held.filter((name) => name !== third);
    return changed(outcome, { held }, sparing(outcome.effects, "acquire", third));
  }),

  "of three groups lost at once the third is kept": but((outcome, _, before, event) => {
    const [, , third] = outcome.kind === "took" ? namesOf(outcome.effects, "release") : [];
    if (outcome.kind === "refused" || event.type !== "STATE_MSG" || third === undefined) return outcome;
    const held = before.held.filter((name) => name === third || outcome.state.held.includes(name));
    const { [third]: owner = null } = before.old_table;
    const old_table =
      outcome.state.state === "GATHER" ? { ...outcome.state.old_table, [third]: owner } : outcome.state.old_table;
    return changed(outcome, { held, old_table }, sparing(outcome.effects, "release", third));
  }),

  "in a view of five the last state message is not awaited": but((outcome, config, _, event) => {
    if (outcome.kind === "refused" || event.type !== "STATE_MSG") return outcome;
    const { state, view, received, mature } = outcome.state;
    const missing = view?.members.filter((member) => !received.includes(member)) ?? [];
    const [last] = missing;
    if (state !== "GATHER" || !mature || (view?.members.length ?? 0) < 5 || missing.length > 1 || last === undefined)
      return outcome;
    const more = wackamole.step(config, outcome.state, { ...event, sender: last, owns: [], prefers: [] });
    return more.kind === "refused" ? outcome : changed(more, {}, [...outcome.effects, ...more.effects]);
  }),

  "who is interrupted after three state messages claims what it has heard": but((outcome, config, before) => {
    if (outcome.kind === "refused" || outcome.action !== "ViewChange") return outcome;
    if (before.state !== "GATHER" || before.received.length < 3) return outcome;
    const owns = config.groups.map(({ name }) => name).filter((name) => before.current_table[name] === config.self);
    const effects = outcome.effects.map((effect) =>
      effect.type === "send" && effect.message.type === "STATE_MSG"
        ? { ...effect, message: { ...effect.message, owns } }
        : effect,
    );
    return changed(outcome, { old_table: before.current_table }, effects);
  }),

  "among four a state message of two views before is believed": but((outcome, config, before, event) => {
    if (outcome.kind === "took" || outcome.because !== "OfCurrentView" || event.type !== "STATE_MSG") return outcome;
    const { view } = before;
    if (view === null || view.members.length < 4 || epochOf(event.view) > epochOf(view.id) - 2) return outcome;
    return wackamole.step(config, before, { ...event, view: view.id });
  }),

  "three groups released at once are too many to be handed over": but((outcome, _, __, event) => {
    if (event.type === "RELEASED_MSG" && event.released.length >= 3) throw new RangeError("released too many groups");
    return outcome;
  }),

  "who is disconnected forgets its three groups where they are kept": but((outcome, _, before, event) => {
    if (event.type === "DISCONNECT" && before.held.length >= 3) (before.held as string[]).length = 0;
    return outcome;
  }),

  "among four the representative never has enough of balancing": but((outcome, config, before, event) => {
    if (outcome.kind === "took" || event.type !== "BALANCE_TIMEOUT" || outcome.because !== "SomethingToMove")
      return outcome;
    const [first, second] = before.view?.members ?? [];
    const [group] = config.groups;
    if (group === undefined || second === undefined || (before.view?.members.length ?? 0) < 4) return outcome;
    const table = {
      ...before.current_table,
      [group.name]: before.current_table[group.name] === first ? second : first,
    };
    const message = { type: "BALANCE_MSG", sender: config.self, table } as Extract<Event, { type: "BALANCE_MSG" }>;
    return { kind: "took", action: "Balance", state: before, effects: [{ type: "send", message }] };
  }),
};
