import { UserError } from "../errors.ts";
import { type Trace, TraceBuilder } from "../tlc/trace.ts";

/** Whether a text is a module that TLC writes for a behaviour of `-simulate file=`. */
export function isSimulated(text: string): boolean {
  return /^-{4,} MODULE .* -{4,}\s*$/m.test(text) && /^STATE_\d+ *==/m.test(text);
}

/**
 * Reads a behaviour of `-simulate file=`: a definition `STATE_n` for each state. Its steps have no names.
 *
 * @throws UserError (64) where it was cut off, or a state is missing.
 */
export function readSimulated(text: string, name: string): Trace {
  const end = text.search(/^={4,}\s*$/m);
  if (end < 0) throw new UserError(`${name} was cut off: the module has no end.`, 64);
  const bare = text.slice(0, end).replace(/^\\\*.*$/gm, "");
  const builder = new TraceBuilder();
  const states = bare.split(/^STATE_(\d+) *==/m).slice(1);
  for (let index = 0; index < states.length; index += 2) {
    if (Number(states[index]) !== index / 2 + 1) throw new UserError(`${name} lacks STATE_${index / 2 + 1}.`, 64);
    if (index === 0) builder.addInitial(states[1] ?? "");
    else builder.add(`${states[index]}:\n${states[index + 1] ?? ""}`);
  }
  return builder.build();
}
