import { UserError } from "../errors.ts";
import { parseState, parseValues } from "../values/parse.ts";
import type { TlaState, TlaValue } from "../values/value.ts";
import { findLocation, type Location } from "./location.ts";
import type { Message } from "./messages.ts";

/** A state of a counterexample, and the step that led to it. */
export interface TraceStep {
  /** Name of the action; `Initial predicate` for the first state, {@link UNNAMED} where TLC has no name for it. */
  readonly action: string;
  /** The action's arguments, which builds of 2026 tell and 2.18 does not. */
  readonly args?: readonly TlaValue[];
  readonly location?: Location;
  /** The values of the variables; none where `unread` is given. */
  readonly state: TlaState;
  /** TLC's own words for a state that holds what is no finite value, for instance `SUBSET Nat`. */
  readonly unread?: string;
}

/** A behaviour that TLC printed. */
export interface Trace {
  readonly steps: readonly TraceStep[];
  /** For a violated liveness property: what follows the last state, for ever. */
  readonly lasso?: Lasso;
  /** How many states at the end were not kept, since the behaviour was too long or too large. */
  readonly dropped: number;
}

/** How an infinite behaviour goes on after its last state. */
export interface Lasso {
  /** Index of the state that the behaviour goes back to; the last one if it stutters. */
  readonly loop: number;
  /** The action that leads back; undefined if it stutters. */
  readonly action?: Pick<TraceStep, "action" | "args" | "location">;
}

/** The most states of one trace that are kept. */
export const LONGEST_TRACE = 10_000;

/** The most text of one trace that is kept, in characters. */
const LARGEST_TRACE = 64 * 1024 * 1024;

/** Builds a trace from TLC's messages, in bounded memory. */
export class TraceBuilder {
  readonly #steps: TraceStep[] = [];
  #size = 0;
  #dropped = 0;
  #lasso: Lasso | undefined;

  /** Takes what a message of TLC's says of the behaviour, if it says something. */
  take({ code, text, nested }: Pick<Message, "code" | "text" | "nested">): void {
    if (code === 2217) this.add(text);
    else if (code === 2218) this.stutters();
    else if (code === 2122) this.backTo(text);
    else if ((code === 2107 || code === 2108) && !nested) {
      const colon = text.indexOf(":\n");
      if (colon >= 0) this.addInitial(text.slice(colon + 2));
    }
  }

  /** Adds a state of message 2217: `2: <Up line 14, col 5 to …>`, and the state on the lines below. */
  add(text: string): void {
    const parts = STEP.exec(text);
    this.#keep(text.length, () => ({ ...readLabel(parts?.[1] ?? ""), ...readState(parts?.[2] ?? text) }));
  }

  /** Adds the one state of the messages 2107 and 2108, which have no number and no action. */
  addInitial(stateText: string): void {
    this.#keep(stateText.length, () => ({ action: INITIAL, ...readState(stateText) }));
  }

  /** Message 2122: `2: Back to state: <Reset line 19, …>`. */
  backTo(text: string): void {
    const parts = BACK.exec(text);
    const loop = Number(parts?.[1] ?? 0) - 1;
    if (loop < 0 || loop >= this.#steps.length) return;
    this.#lasso = parts?.[2] === undefined ? { loop } : { loop, action: readLabel(parts[2]) };
  }

  /** Message 2218: `4: Stuttering`. */
  stutters(): void {
    if (this.#dropped === 0) this.#lasso = { loop: this.#steps.length - 1 };
  }

  get empty(): boolean {
    return this.#steps.length === 0;
  }

  build(): Trace {
    return {
      steps: this.#steps,
      dropped: this.#dropped,
      ...(this.#lasso === undefined ? {} : { lasso: this.#lasso }),
    };
  }

  #keep(size: number, read: () => TraceStep): void {
    if (this.#dropped > 0 || this.#steps.length >= LONGEST_TRACE || this.#size + size > LARGEST_TRACE) {
      this.#dropped += 1;
      return;
    }
    this.#size += size;
    this.#steps.push(read());
  }
}

/** What TLC calls the step to the first state. */
export const INITIAL = "Initial predicate";

/** What TLC calls a step of an action that has no name. */
export const UNNAMED = "Action";

// Arguments may be broken over lines, so a label ends at the first `>` that ends a line.
const STEP = /^\d+: ?(?:<([\s\S]*?)>)?[ ]*\n([\s\S]*)$/;
const BACK = /^(\d+): Back to state(?:: <([\s\S]*)>)?/;

/** Reads `Initial predicate`, `Up line 14, col 5 to …`, `Up(s1, 3) line 14, …`. */
function readLabel(label: string): Pick<TraceStep, "action" | "args" | "location"> {
  const location = findLocation(label);
  const name = label.replace(/ ?line \d+, col \d+ to line \d+, col \d+ of module \w+$/, "");
  const called = /^([^\s(]+)\(([\s\S]*)\)$/.exec(name);
  return {
    action: called?.[1] ?? (name === "" ? UNNAMED : name),
    ...(called?.[2] === undefined ? {} : readArgs(called[2])),
    ...(location === undefined ? {} : { location }),
  };
}

function readState(text: string): Pick<TraceStep, "state" | "unread"> {
  try {
    return { state: parseState(text) };
  } catch (error) {
    if (error instanceof UserError) return { state: {}, unread: text };
    throw error;
  }
}

/** Arguments that are no finite values are left out: `Send(Nat)`. */
function readArgs(text: string): Pick<TraceStep, "args"> {
  try {
    return { args: parseValues(text) };
  } catch (error) {
    if (error instanceof UserError) return {};
    throw error;
  }
}
