// @ts-check
import { coordinator, manager } from "./two-phase.js";

/**
 * The reducers closed into a world: every manager, the coordinator, and every message ever sent.
 *
 * @typedef {import("./two-phase.js").Manager} Manager
 * @typedef {import("./two-phase.js").Coordinator} Coordinator
 * @typedef {{ commit: boolean, abort: boolean, prepared: readonly boolean[] }} Sent
 * @typedef {{ managers: readonly Manager[], coordinator: Coordinator, sent: Sent }} World
 * @typedef {{ action: string, rm?: number }} Move an action of the specification, and the manager that it is about
 */

const ofManager = ["TMRcvPrepared", "RMPrepare", "RMChooseToAbort", "RMRcvCommit", "RMRcvAbort"];
const ofCoordinator = ["TMCommit", "TMAbort"];

/**
 * @param {number} managers how many there are
 * @param {boolean} [impatient] plants a fault in the coordinator
 * @param {{ manager: typeof manager, coordinator: typeof coordinator }} [reducers] others to be held against the
 *   specification in the place of ours
 * @returns {import("lockstep/conformance").ClosedSystem<World, Move>}
 */
export function closed(managers, impatient = false, reducers = { manager, coordinator }) {
  const each = Array.from({ length: managers }, (_, rm) => rm);
  const none = each.map(() => false);
  const moves = [
    ...ofCoordinator.map((action) => ({ action })),
    ...each.flatMap((rm) => ofManager.map((action) => ({ action, rm }))),
  ];
  /** @type {(world: World, event: Parameters<typeof coordinator>[1]) => import("lockstep/conformance").Tried<World>} */
  const coordinates = (world, event) => coordinated(world, reducers.coordinator(world.coordinator, event, impatient));
  /** @type {(world: World, rm: number, event: Parameters<typeof manager>[1]) => ReturnType<typeof managed>} */
  const manages = (world, rm, event) =>
    managed(world, rm, reducers.manager(/** @type {Manager} */ (world.managers[rm]), event));
  return {
    initials: () => [
      {
        managers: each.map(() => "working"),
        coordinator: { decided: "init", prepared: none },
        sent: { commit: false, abort: false, prepared: none },
      },
    ],
    moves: () => moves,
    apply(world, { action, rm = -1 }) {
      const { sent } = world;
      if (action === "TMCommit") return coordinates(world, "commit");
      if (action === "TMAbort") return coordinates(world, "abort");
      if (action === "RMPrepare") return manages(world, rm, "prepare");
      if (action === "RMChooseToAbort") return manages(world, rm, "abort");
      if (action === "RMRcvCommit") return sent.commit ? manages(world, rm, "Commit") : unsent;
      if (action === "RMRcvAbort") return sent.abort ? manages(world, rm, "Abort") : unsent;
      return sent.prepared[rm] ? coordinates(world, { prepared: rm }) : unsent;
    },
  };
}

/** @type {{ kind: "refused", because: string }} */
const unsent = { kind: "refused", because: "sent" };

/**
 * @param {World} world
 * @param {number} rm
 * @param {import("./two-phase.js").Outcome<Manager>} outcome
 * @returns {import("lockstep/conformance").Tried<World>}
 */
function managed(world, rm, outcome) {
  if (outcome.kind === "refused") return outcome;
  const { sent } = world;
  const after = outcome.sends.length > 0 ? { ...sent, prepared: sent.prepared.with(rm, true) } : sent;
  return { kind: "took", world: { ...world, managers: world.managers.with(rm, outcome.state), sent: after } };
}

/**
 * @param {World} world
 * @param {import("./two-phase.js").Outcome<Coordinator>} outcome
 * @returns {import("lockstep/conformance").Tried<World>}
 */
function coordinated(world, outcome) {
  if (outcome.kind === "refused") return outcome;
  const { sent } = world;
  const [message] = outcome.sends;
  const after = message === undefined ? sent : { ...sent, [message === "Commit" ? "commit" : "abort"]: true };
  return { kind: "took", world: { ...world, coordinator: outcome.state, sent: after } };
}

/**
 * The world as the variables of TwoPhase.tla, for the resource managers r1, r2, … of its configuration.
 *
 * @param {number} managers
 * @returns {import("lockstep/conformance").Refinement<World, Move>}
 */
export function refinement(managers) {
  const names = Array.from({ length: managers }, (_, rm) => ({ "#model": `r${rm + 1}` }));
  const announced = names.map((rm) => ({ type: "Prepared", rm }));
  return {
    module: "MCTwoPhase",
    actions: [...ofCoordinator, ...ofManager],
    view: ({ managers, coordinator, sent }) => ({
      rmState: { "#map": names.map((name, rm) => [name, /** @type {Manager} */ (managers[rm])]) },
      tmState: coordinator.decided,
      tmPrepared: { "#set": names.filter((_, rm) => coordinator.prepared[rm]) },
      msgs: {
        "#set": [
          ...announced.filter((_, rm) => sent.prepared[rm]),
          ...(sent.commit ? [{ type: "Commit" }] : []),
          ...(sent.abort ? [{ type: "Abort" }] : []),
        ],
      },
    }),
    moved: (_, { action, rm }) => [
      rm === undefined ? { name: action } : { name: action, args: names.slice(rm, rm + 1) },
    ],
  };
}
