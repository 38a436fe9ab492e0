import { type Effect, type Event, evs, nameOf, type State } from "../../../impl/evs/service/index.ts";
import type { Reducer } from "./system.ts";

// Faults that are planted to see whether fuzzing finds them, each by the property that it breaks.

type Step = Reducer["step"];
type Stepped = ReturnType<Step>;

/** The reducer, but for what it makes of some events. */
function but(change: (outcome: Stepped, before: State, event: Event) => Stepped): Reducer {
  return {
    initial: evs.initial,
    step: (config, state, event) => change(evs.step(config, state, event), state, event),
  };
}

function told(outcome: Stepped, change: (effect: Effect) => readonly Effect[]): Stepped {
  return outcome.kind === "refused" ? outcome : { ...outcome, effects: outcome.effects.flatMap(change) };
}

function becoming(outcome: Stepped, change: (state: State) => Partial<State>): Stepped {
  return outcome.kind === "refused" ? outcome : { ...outcome, state: { ...outcome.state, ...change(outcome.state) } };
}

/** A state in which nobody is absent from the configuration of a process, as far as delivery asks. */
function withEverybody(state: State, process: string): State {
  const conf = state.conf[process] ?? null;
  const log = conf === null ? undefined : state.log[nameOf(conf)];
  if (conf === null || log === undefined) return state;
  return { ...state, log: { ...state.log, [nameOf(conf)]: { ...log, absent: {} } } };
}

/** A reducer with each fault, by what is wrong with it. */
export const faults: Readonly<Record<string, Reducer>> = {
  "a safe message is delivered without asking who has it": {
    initial: evs.initial,
    step(config, state, event) {
      const outcome = evs.step(config, state, event);
      if (event.type !== "DELIVER" || outcome.kind === "took" || outcome.because !== "AllHold") return outcome;
      const forced = evs.step(config, withEverybody(state, event.process), event);
      if (forced.kind === "refused") return outcome;
      const effects = forced.effects;
      return { ...forced, state: { ...state, place: forced.state.place }, effects };
    },
  },
  "a cascade drops the obligations": but((outcome, before, event) => {
    if (event.type !== "FORM" && event.type !== "REPAIR") return outcome;
    return becoming(outcome, ({ leaving }) => ({
      leaving: Object.fromEntries(
        Object.entries(leaving).map(([process, cut]) => [
          process,
          cut === null || cut === before.leaving[process] ? cut : { ...cut, obliged: cut.members },
        ]),
      ),
    }));
  }),
  "the transitional configuration is told with the members of the next": but((outcome) =>
    told(outcome, (effect) =>
      effect.type === "transitional"
        ? [{ ...effect, configuration: { ...effect.configuration, members: effect.configuration.to.members } }]
        : [effect],
    ),
  ),
  "the transitional configuration is not told": but((outcome) =>
    told(outcome, (effect) => (effect.type === "transitional" ? [] : [effect])),
  ),
  "a message is delivered twice where it is the third": but((outcome, before, event) =>
    event.type === "DELIVER" && before.place[event.process] === 2
      ? told(outcome, (effect) => [effect, effect])
      : outcome,
  ),
  "who has not installed a configuration of four is forgotten": but((outcome, _, event) => {
    if (event.type !== "FORM" || event.members.length < 4) return outcome;
    return becoming(outcome, ({ log }) => {
      const name = nameOf(event);
      const one = log[name];
      return one === undefined ? {} : { log: { ...log, [name]: { ...one, absent: {} } } };
    });
  }),
  "who installs a configuration of three skips its first message": but((outcome, _, event) => {
    if (event.type !== "INSTALL") return outcome;
    return becoming(outcome, ({ conf, place }) =>
      (conf[event.process]?.members.length ?? 0) < 3 ? {} : { place: { ...place, [event.process]: 1 } },
    );
  }),
};
