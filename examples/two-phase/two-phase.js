// @ts-check
/**
 * Two-phase commit as two pure reducers: what a resource manager and a transaction manager make of an event, with the
 * messages that they send, or the guard that refused.
 *
 * @template S
 * @typedef {{ kind: "took", state: S, sends: readonly string[] } | { kind: "refused", because: string }} Outcome
 */

/** @typedef {"working" | "prepared" | "committed" | "aborted"} Manager */
/** @typedef {{ decided: "init" | "committed" | "aborted", prepared: readonly boolean[] }} Coordinator */

/**
 * @param {Manager} state
 * @param {"prepare" | "abort" | "Commit" | "Abort"} event
 * @returns {Outcome<Manager>}
 */
export function manager(state, event) {
  if (event === "Commit") return { kind: "took", state: "committed", sends: [] };
  if (event === "Abort") return { kind: "took", state: "aborted", sends: [] };
  if (state !== "working") return { kind: "refused", because: "working" };
  return event === "prepare"
    ? { kind: "took", state: "prepared", sends: ["Prepared"] }
    : { kind: "took", state: "aborted", sends: [] };
}

/**
 * @param {Coordinator} state
 * @param {"commit" | "abort" | { prepared: number }} event a wish of its own, or the message of a resource manager
 * @param {boolean} [impatient] a fault: it commits although one resource manager may still be missing
 * @returns {Outcome<Coordinator>}
 */
export function coordinator(state, event, impatient = false) {
  if (state.decided !== "init") return { kind: "refused", because: "undecided" };
  if (event === "abort") return { kind: "took", state: { ...state, decided: "aborted" }, sends: ["Abort"] };
  if (event !== "commit") {
    return { kind: "took", state: { ...state, prepared: state.prepared.with(event.prepared, true) }, sends: [] };
  }
  const missing = state.prepared.filter((prepared) => !prepared).length;
  if (missing > (impatient ? 1 : 0)) return { kind: "refused", because: "all prepared" };
  return { kind: "took", state: { ...state, decided: "committed" }, sends: ["Commit"] };
}
