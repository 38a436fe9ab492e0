// @ts-check
import { initial, step } from "lockstep/wackamole";

/**
 * Mistakes that a port is likely to make.
 *
 * @typedef {typeof import("lockstep/wackamole").wackamole} Wackamole
 * @typedef {ReturnType<Wackamole["step"]>} Outcome
 * @type {Readonly<Record<string, Partial<Wackamole>>>}
 */
export const faults = {
  // What a killed predecessor left on the interfaces stays there.
  "initial-releases-nothing": {
    initial: (config) => ({ ...initial(config), effects: [{ type: "connect" }] }),
  },
  // A state message of an earlier view is believed (W7).
  "old-state-believed": {
    step: (config, state, event) =>
      step(config, state, event?.type === "STATE_MSG" && state.view ? { ...event, view: state.view.id } : event),
  },
  // Others hear of a release before it is done (R3).
  "sends-before-it-releases": { step: changed((outcome) => ({ ...outcome, effects: outcome.effects.toReversed() })) },
  // Nobody hears that an address has moved (W21).
  "announces-nothing": {
    step: changed((outcome) => ({ ...outcome, effects: outcome.effects.filter(({ type }) => type !== "announce") })),
  },
  // A server that lost its connection is immature again (R5).
  "maturity-forgotten": {
    step: changed((outcome) =>
      outcome.action === "Disconnect" ? { ...outcome, state: { ...outcome.state, mature: false } } : outcome,
    ),
  },
  // The right refusal for the wrong reason.
  "another-conjunct": {
    step: (config, state, event) => {
      const outcome = step(config, state, event);
      return outcome.kind === "refused" && outcome.because === "Representative"
        ? { ...outcome, because: "SomethingToMove" }
        : outcome;
    },
  },
  // More hosts are remembered than the configuration allows (W22).
  "hosts-without-limit": { step: (config, state, event) => step({ ...config, hostsMax: 1_000 }, state, event) },
  // Malformed events are answered as if they were only late.
  "malformed-let-in": {
    step: (config, state, event) => {
      const outcome = step(config, state, event);
      return outcome.action === "Malformed" ? { kind: "took", action: "Malformed", state, effects: [] } : outcome;
    },
  },
  // A boolean that was written as a number.
  "numbers-for-booleans": {
    step: changed((outcome) => {
      const mature = /** @type {unknown} */ (Number(outcome.state.mature));
      return { ...outcome, state: { ...outcome.state, mature: /** @type {boolean} */ (mature) } };
    }),
  },
  // A table without owners for what nobody covers.
  "absent-for-null": {
    step: changed((outcome) => ({
      ...outcome,
      state: {
        ...outcome.state,
        handover: Object.fromEntries(Object.entries(outcome.state.handover).filter(([, owner]) => owner !== null)),
      },
    })),
  },
};

/**
 * @param {(outcome: Extract<Outcome, { kind: "took" }>) => Outcome} change
 * @returns {Wackamole["step"]}
 */
function changed(change) {
  return (config, state, event) => {
    const outcome = step(config, state, event);
    return outcome.kind === "took" ? change(outcome) : outcome;
  };
}
