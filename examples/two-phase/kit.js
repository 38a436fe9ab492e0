// @ts-check
import { kitSource } from "lockstep/conformance";
import { closed, refinement } from "./system.js";
import { coordinator, manager } from "./two-phase.js";

/**
 * Both reducers as one, which is what a port has to offer: the configuration says which of the two a node is.
 *
 * @typedef {import("./two-phase.js").Manager} Manager
 * @typedef {import("./two-phase.js").Coordinator} Coordinator
 * @typedef {{ role: "manager" } | { role: "coordinator", managers: number }} Config
 * @typedef {Parameters<typeof manager>[1]} ManagerEvent
 * @typedef {Parameters<typeof coordinator>[1]} CoordinatorEvent
 * @typedef {Manager | Coordinator} State
 * @typedef {ManagerEvent | CoordinatorEvent} Event
 * @typedef {keyof typeof answers} Action
 * @typedef {import("lockstep/kernel").Protocol<Config, State, Event, string, Action, string>} Reducer
 */

const answers = {
  RMPrepare: { taken: true, refusedFor: ["working"] },
  RMChooseToAbort: { taken: true, refusedFor: ["working"] },
  RMRcvCommit: { taken: true, refusedFor: [] },
  RMRcvAbort: { taken: true, refusedFor: [] },
  TMRcvPrepared: { taken: true, refusedFor: ["undecided"] },
  TMCommit: { taken: true, refusedFor: ["undecided", "all prepared"] },
  TMAbort: { taken: true, refusedFor: ["undecided"] },
  Malformed: { taken: false, refusedFor: ["well-formed"] },
};

/** @type {Readonly<Record<string, Action>>} */
const managerActions = {
  prepare: "RMPrepare",
  abort: "RMChooseToAbort",
  Commit: "RMRcvCommit",
  Abort: "RMRcvAbort",
};

/** @type {Reducer} */
const reducer = {
  initial: (config) => ({
    state: config.role === "manager" ? "working" : { decided: "init", prepared: Array(config.managers).fill(false) },
    effects: [],
  }),
  step(config, state, event) {
    if (config.role === "manager") {
      const action =
        typeof event === "string" && Object.hasOwn(managerActions, event) ? managerActions[event] : undefined;
      return action === undefined
        ? malformed
        : answer(action, manager(/** @type {Manager} */ (state), /** @type {ManagerEvent} */ (event)));
    }
    const action = coordinatorAction(config.managers, event);
    return action === undefined
      ? malformed
      : answer(action, coordinator(/** @type {Coordinator} */ (state), /** @type {CoordinatorEvent} */ (event)));
  },
};

/** @type {ReturnType<Reducer["step"]>} */
const malformed = { kind: "refused", action: "Malformed", because: "well-formed" };

/**
 * Peers may send anything, so nothing is taken for granted.
 *
 * @param {number} managers
 * @param {unknown} event
 * @returns {Action | undefined} nothing where it is no event of a coordinator
 */
function coordinatorAction(managers, event) {
  if (event === "commit") return "TMCommit";
  if (event === "abort") return "TMAbort";
  if (typeof event !== "object" || event === null || !("prepared" in event)) return undefined;
  const { prepared } = event;
  const known = typeof prepared === "number" && Number.isInteger(prepared) && prepared >= 0 && prepared < managers;
  return known ? "TMRcvPrepared" : undefined;
}

/**
 * @param {Action} action
 * @param {import("./two-phase.js").Outcome<State>} outcome
 * @returns {ReturnType<Reducer["step"]>}
 */
function answer(action, outcome) {
  return outcome.kind === "refused"
    ? { ...outcome, action }
    : { kind: "took", action, state: outcome.state, effects: outcome.sends };
}

/**
 * @template S
 * @param {ReturnType<Reducer["step"]>} outcome
 * @returns {import("./two-phase.js").Outcome<S>}
 */
function inParts(outcome) {
  return outcome.kind === "refused"
    ? outcome
    : { kind: "took", state: /** @type {S} */ (outcome.state), sends: outcome.effects };
}

/**
 * The closed system with every manager and the coordinator played by one reducer.
 *
 * @param {number} managers
 * @param {Reducer} port
 * @returns {import("lockstep/conformance").ClosedSystem<import("./system.js").World, import("./system.js").Move>}
 */
function closedAround(managers, port) {
  const system = closed(managers, false, {
    manager: (state, event) => inParts(port.step({ role: "manager" }, state, event)),
    coordinator: (state, event) => inParts(port.step({ role: "coordinator", managers }, state, event)),
  });
  return {
    ...system,
    *initials() {
      for (const world of system.initials()) {
        yield {
          ...world,
          managers: world.managers.map(() => /** @type {Manager} */ (port.initial({ role: "manager" }).state)),
          coordinator: /** @type {Coordinator} */ (port.initial({ role: "coordinator", managers }).state),
        };
      }
    },
  };
}

/**
 * Vectors for ports of both reducers.
 *
 * @param {(cfg: string) => number | string} managersOf how many a configuration has, or what has no counterpart
 */
export function kit(managersOf) {
  return kitSource({
    reducer,
    answers,
    open(cfg, port) {
      const managers = managersOf(cfg);
      if (typeof managers === "string") return managers;
      return { system: closedAround(managers, port), refinement: refinement(managers) };
    },
    besides: (config) => [
      ...[null, true, 0, "", "Prepared", "__proto__", [], {}, ["abort"], { commit: true }],
      ...[null, true, "0", "length", -1, 0.5, [], {}].map((prepared) => ({ prepared })),
      // One manager more than there are; what comes with more fields than it needs is well-formed.
      ...(config.role === "manager"
        ? [{ prepared: 0 }, "commit"]
        : [{ prepared: config.managers }, "Commit", { prepared: 0, more: true }]),
    ],
  });
}
