import { stat } from "node:fs/promises";
import { UserError } from "../../../tla/errors.ts";
import { type TlcResult, traceOf } from "../../../tla/tlc/index.ts";
import { NOT_CHECKED } from "../../exit-codes.ts";
import { INTERRUPTED } from "../../interrupt.ts";
import { messageOf, violated } from "../../verify-model.ts";
import type { Desk } from "./desk.ts";
import { printOf } from "./print.ts";
import type { Subject } from "./subjects.ts";
import { conformed, type Genuine } from "./trial.ts";

/** No model takes longer as it is. */
const PATIENCE = 3600;

/**
 * Runs a model as it is, since nothing can be told of a mutant by a model that does not do what it should: one that is
 * conformed must conform, and gives the graph that mutants are compared with.
 *
 * @throws UserError (4) where it does something else, (130) where the user ends it.
 */
export async function genuineOf(subject: Subject, desk: Desk, signal: AbortSignal): Promise<Genuine | null> {
  const { model, system } = subject;
  const limits = { seconds: PATIENCE, ...(system === undefined ? {} : { dump: Number.POSITIVE_INFINITY }) };
  const tlc = await desk.run(subject, limits, signal);
  if (signal.aborted) throw new UserError("Interrupted.", INTERRUPTED);
  const fault = faultOf(subject, tlc);
  if (fault !== undefined)
    throw new UserError(`${model.cfg} does not do what it should, with nothing changed: ${fault}`, NOT_CHECKED);
  if (system === undefined) return null;
  const { generated, distinct = 0, initial } = tlc;
  const totals = { generated, distinct, ...(initial === undefined ? {} : { initial: initial.generated }) };
  const report = await conformed(system, desk, totals);
  if (!report.passed) {
    throw new UserError(`${model.cfg} is not in lockstep with the reducers, with nothing changed.`, NOT_CHECKED);
  }
  const { size: bytes } = await stat(desk.dump);
  return { print: await printOf(desk.dump), bytes, states: report.states.of, edges: report.edges.of };
}

function faultOf({ model: { purpose, checks } }: Subject, tlc: TlcResult): string | undefined {
  if ("exitCode" in purpose) {
    const fails =
      violated(tlc) === checks[0] && tlc.exitCode === purpose.exitCode && traceOf(tlc.outcome) !== undefined;
    return fails ? undefined : messageOf(tlc);
  }
  if (tlc.outcome.kind !== "success" || purpose.kind !== "good") return messageOf(tlc);
  return tlc.distinct === purpose.distinct ? undefined : `it has ${tlc.distinct} states, not ${purpose.distinct}.`;
}
