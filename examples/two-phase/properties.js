// @ts-check
/**
 * The properties of TwoPhase.tla once more, over worlds, and the world that a state of it shows: so what TLC finds
 * violated in a counterexample can be found violated here, at the same state.
 *
 * @typedef {import("./system.js").World} World
 * @typedef {import("lockstep/tla/values").TlaValue} TlaValue
 */
import { isMap, isSet, printValue } from "lockstep/tla/values";

const phases = ["working", "prepared", "committed", "aborted"];
const decisions = ["init", "committed", "aborted"];

/**
 * @param {number} managers
 * @returns {import("lockstep/conformance").Properties<World>}
 */
export function properties(managers) {
  return {
    invariants: [
      {
        name: "TypeOK",
        holds: (world) =>
          world.managers.length === managers &&
          world.managers.every((state) => phases.includes(state)) &&
          decisions.includes(world.coordinator.decided),
      },
      {
        name: "Consistent",
        holds: (world) => !(world.managers.includes("committed") && world.managers.includes("aborted")),
      },
    ],
    steps: [],
    // Beyond TwoPhase.tla, which has no fairness and so promises nothing in the end.
    atRest: [
      {
        name: "Finished",
        holds: (world) => world.managers.every((state) => state === "committed" || state === "aborted"),
      },
    ],
  };
}

/**
 * The inverse of the refinement's view.
 *
 * @param {number} managers
 * @param {import("lockstep/tla/values").TlaState} state
 * @returns {World}
 */
export function restore(managers, state) {
  const names = Array.from({ length: managers }, (_, rm) => `r${rm + 1}`);
  const { rmState = false, tmState = false, tmPrepared = false, msgs = false } = state;
  const phaseOf = new Map((isMap(rmState) ? rmState["#map"] : []).map(([rm, phase]) => [printValue(rm), phase]));
  const [prepared, sent] = [elements(tmPrepared), elements(msgs)];
  return {
    managers: names.map((name) => /** @type {World["managers"][number]} */ (phaseOf.get(name))),
    coordinator: {
      decided: /** @type {World["coordinator"]["decided"]} */ (tmState),
      prepared: names.map((name) => prepared.has(name)),
    },
    sent: {
      commit: sent.has('[type |-> "Commit"]'),
      abort: sent.has('[type |-> "Abort"]'),
      prepared: names.map((name) => sent.has(`[rm |-> ${name}, type |-> "Prepared"]`)),
    },
  };
}

/**
 * The elements of a set, each by its text.
 *
 * @param {TlaValue} value
 */
function elements(value) {
  return new Set((isSet(value) ? value["#set"] : []).map(printValue));
}
