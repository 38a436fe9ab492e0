import { UserError } from "../errors.ts";
import type { Trace } from "../tlc/trace.ts";
import type { ItfTrace } from "../values/itf.ts";
import { printValue } from "../values/print.ts";

/**
 * A counterexample in the Informal Trace Format, with the action and its arguments in the meta field of each state.
 * A behaviour that stutters at its end loops from its last state to itself.
 *
 * @throws UserError (64) where a state holds what is no finite value, or the trace was too long to be kept whole.
 */
export function toItfTrace(trace: Trace, meta: Readonly<Record<string, unknown>> = {}): ItfTrace {
  const { steps, lasso, dropped } = trace;
  const unread = steps.findIndex((step) => step.unread !== undefined);
  if (unread >= 0) {
    throw new UserError(
      `State ${unread + 1} holds what is no finite value, so the trace cannot be written as ITF.`,
      64,
    );
  }
  if (dropped > 0) throw new UserError("The trace is too long to be kept whole, so it cannot be written as ITF.", 64);
  return {
    meta,
    params: [],
    variables: Object.keys(steps[0]?.state ?? {}),
    states: steps.map(({ action, args, state }) => ({
      meta: { action, ...(args === undefined ? {} : { args: args.map(printValue) }) },
      values: state,
    })),
    ...(lasso === undefined ? {} : { loop: lasso.loop }),
  };
}
