import { UserError } from "../errors.ts";
import { MessageReader } from "../tlc/messages.ts";
import { type Trace, TraceBuilder } from "../tlc/trace.ts";

/** Whether a text is what TLC printed about a counterexample, in either of its forms. */
export function isPrinted(text: string): boolean {
  return TOOL.test(text) || STATE.test(text) || INITIAL_STATE.test(text);
}

/**
 * Reads the counterexample that TLC printed, as a stream of `-tool` messages or as words, whatever else it printed.
 *
 * @throws UserError (64) where there is none, or more than one, or a message was cut off.
 */
export function readPrinted(text: string, name: string): Trace {
  const fail = (what: string): never => {
    throw new UserError(`${name} ${what}.`, 64);
  };
  const builder = new TraceBuilder();
  let begun = 0;
  if (TOOL.test(text)) {
    if (occurrences(text, /^@!@!@ENDMSG /gm) < occurrences(text, /@!@!@STARTMSG /g))
      fail("was cut off within a message");
    const reader = new MessageReader({
      onMessage: (message) => {
        if (message.code === 2217 && /^1:/.test(message.text)) begun++;
        builder.take(message);
      },
      onLine: () => {},
    });
    reader.push(text);
    reader.end();
  } else begun = readWords(text, builder);
  if (begun > 1) fail(`holds ${begun} counterexamples, and only one can be told at a time`);
  return builder.empty ? fail("holds no counterexample") : builder.build();
}

/** Reads the form without `-tool`, and gives the number of counterexamples that begin in it. */
function readWords(text: string, builder: TraceBuilder): number {
  let begun = 0;
  let open: string[] | undefined;
  const close = (): void => {
    const [head = "", ...rest] = open ?? [];
    // In words a step is told as in messages, but for `State` before the number.
    if (open !== undefined && begun === 1) {
      if (INITIAL_STATE.test(head)) builder.addInitial(rest.join("\n"));
      else builder.add([head.replace(/^State /, ""), ...rest].join("\n"));
    }
    open = undefined;
  };
  for (const line of text.split(/\r?\n/)) {
    const begins = STATE.test(line) || INITIAL_STATE.test(line);
    if (begins) begun++;
    if (begins || /^State \d+: </.test(line)) {
      close();
      open = [line];
    } else if (STUTTERING.test(line)) {
      close();
      if (begun === 1) builder.stutters();
    } else if (BACK.test(line)) {
      close();
      if (begun === 1) builder.backTo(line.replace(BACK, "$1: Back to state"));
    } else if (line.trim() === "") close();
    else open?.push(line);
  }
  close();
  return begun;
}

function occurrences(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

const TOOL = /^@!@!@STARTMSG -?\d+:\d+ @!@!@$/m;
const STATE = /^State 1:/m;
const INITIAL_STATE = /^Error: .* violated by the initial state:$/m;
const STUTTERING = /^State \d+: Stuttering$/;
const BACK = /^Back to state (\d+)/;
