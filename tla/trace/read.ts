import { UserError } from "../errors.ts";
import { INITIAL, type Trace, UNNAMED } from "../tlc/trace.ts";
import { type ItfTrace, readItf } from "../values/itf.ts";
import { isPrinted, readPrinted } from "./printed.ts";
import { isSimulated, readSimulated } from "./simulated.ts";

/** A behaviour that a file holds, with what the file says of where it comes from. */
export interface TraceFile {
  readonly trace: Trace;
  readonly meta: Readonly<Record<string, unknown>>;
}

/**
 * Reads a behaviour from the text of a file, in whichever form it has: ITF, what TLC prints of a counterexample (with
 * `-tool` or without), or a module that `-simulate file=` writes. `name` is what errors call it.
 *
 * @throws UserError (64) with one sentence for what is none of these, or was cut off.
 */
export function readTrace(text: string, name: string): TraceFile {
  if (text.trim() === "") throw new UserError(`${name} is empty.`, 64);
  if (text.trimStart().startsWith("{")) return ofItf(readItf(text, name));
  if (isSimulated(text)) return { trace: readable(readSimulated(text, name), name), meta: {} };
  if (isPrinted(text)) return { trace: readable(readPrinted(text, name), name), meta: {} };
  throw new UserError(
    `${name} holds no behaviour: it is neither ITF, nor a counterexample as TLC prints it, nor a file of -simulate.`,
    64,
  );
}

function ofItf({ meta, states, loop }: ItfTrace): TraceFile {
  const steps = states.map((state, index) => {
    const { action } = state.meta;
    return { action: typeof action === "string" ? action : index === 0 ? INITIAL : UNNAMED, state: state.values };
  });
  return { trace: { steps, dropped: 0, ...(loop === undefined ? {} : { lasso: { loop } }) }, meta };
}

/** TLC's words are kept where a state is no finite value; here that is of no use. */
function readable(trace: Trace, name: string): Trace {
  if (trace.dropped > 0) throw new UserError(`${name} holds a behaviour that is too long to be kept whole.`, 64);
  const unread = trace.steps.findIndex((step) => step.unread !== undefined);
  if (unread >= 0) throw new UserError(`${name}: state ${unread + 1} is no state, or was cut off.`, 64);
  const variables = trace.steps.map(({ state }) => Object.keys(state).sort().join(", "));
  const odd = variables.findIndex((names) => names !== variables[0]);
  if (odd < 0) return trace;
  throw new UserError(
    `${name}: state ${odd + 1} has ${variables[odd]}, the first one ${variables[0]}; the file was cut off or mixed up.`,
    64,
  );
}
