import { open } from "node:fs/promises";
import { UserError } from "../errors.ts";
import { canonical } from "../values/canonical.ts";
import { unreadable } from "../values/file.ts";
import { parseState, parseValue } from "../values/parse.ts";
import { columnGraph, type EdgeLabel, groupBySource, Values } from "./columns.ts";
import { DotReader, type DotSink } from "./dot.ts";
import type { StateGraph } from "./graph.ts";
import { IntList } from "./growable.ts";
import { ByteInterner, HASH_SEED, hashByte } from "./intern.ts";
import { readLabel, unescapeDot } from "./label.ts";

/** What TLC said about the run that wrote the dump. */
export interface Totals {
  /**
   * States generated, initial ones included. Leave it out when a constraint cuts steps away: TLC counts those steps but
   * does not dump them.
   */
  readonly generated?: number;
  /** Distinct states found. */
  readonly distinct: number;
  /**
   * Initial states generated, repeated ones included: 3 where TLC says "3 states generated, with 2 of them distinct".
   * Without it, `Init` is taken to have generated each initial state once.
   */
  readonly initial?: number;
}

export interface LoadOptions {
  /** Every action that may label an edge; without it, whatever labels one is an action. */
  readonly actions?: readonly string[];
  readonly totals?: Totals;
  /** Called after each piece that was read, a megabyte as a rule. */
  readonly onProgress?: (progress: LoadProgress) => void;
}

export interface LoadProgress {
  readonly bytes: number;
  readonly states: number;
  readonly edges: number;
}

/**
 * Loads what TLC wrote with `-dump dot,actionlabels`, from a file or a stream, in memory that grows with the numbers of
 * states, edges and distinct values but not with the length of the text. A dump does not tell whether a VIEW or a
 * SYMMETRY was in force, under which it is not the complete graph; that is for the caller to rule out.
 *
 * @throws UserError (64) with one sentence for what is no such dump, is empty or truncated; for an edge labelled `Next`
 *   (TLC lost the action's name) or with an unknown action; and where the counts are not `totals`, as when the newer
 *   builds' option `strict` dropped parallel edges.
 */
export async function loadGraph(
  source: string | AsyncIterable<Uint8Array>,
  options: LoadOptions = {},
): Promise<StateGraph> {
  const name = typeof source === "string" ? source : "The dump";
  const sink = new Collector(name, options.actions);
  const reader = sink.reader;
  let bytes = 0;
  for await (const chunk of typeof source === "string" ? chunks(source) : source) {
    reader.write(chunk);
    bytes += chunk.length;
    options.onProgress?.({ bytes, states: sink.states, edges: sink.edges });
  }
  reader.end();
  return sink.graph(options.totals);
}

/** The pieces of a file, all in the same memory. */
async function* chunks(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await open(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  try {
    const buffer = new Uint8Array(1 << 20);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length).catch((error: unknown) => {
        throw unreadable(path, error);
      });
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** Gathers states and edges in columns. */
class Collector implements DotSink {
  readonly reader: DotReader;
  readonly #name: string;
  readonly #known: readonly string[] | undefined;
  readonly #actions: string[];
  readonly #initials: number[] = [];
  /** Names in TLC's order, what each state writes before its value, and the distinct texts of the value. */
  #variables: readonly { readonly name: string; readonly prefix: Uint8Array; readonly texts: ByteInterner }[] = [];
  /** Numbers of texts, by node and variable; a node that was only named has -1. */
  readonly #cells = new IntList();
  #states = 0;
  readonly #labelTexts = new ByteInterner();
  readonly #labels: EdgeLabel[] = [];
  readonly #sources = new IntList();
  readonly #targets = new IntList();
  readonly #labelled = new IntList();

  constructor(name: string, actions: readonly string[] | undefined) {
    this.reader = new DotReader(name, this);
    this.#name = name;
    this.#known = actions;
    this.#actions = [...(actions ?? [])];
  }

  get states(): number {
    return this.#states;
  }

  get edges(): number {
    return this.#sources.length;
  }

  state(node: number, initial: boolean, bytes: Uint8Array, from: number, to: number): void {
    if (this.#variables.length === 0) this.#learn(bytes.subarray(from, to));
    const width = this.#variables.length;
    this.#cells.fill((node + 1) * width, -1);
    if (this.#cells.at(node * width) >= 0) this.reader.fail("a state that was given before");
    let at = from;
    for (let index = 0; index < width; index += 1) {
      const variable = this.#variables[index];
      if (variable === undefined || !startsWith(bytes, at, variable.prefix)) this.#otherVariables();
      at += variable.prefix.length;
      const start = at;
      let hash = HASH_SEED;
      // A value ends where a line that starts with /\ does; other breaks are the pretty-printer's.
      while (at < to && !(bytes[at] === BACKSLASH && startsWith(bytes, at, CONJUNCT))) {
        hash = hashByte(hash, bytes[at] ?? 0);
        at += 1;
        // An escaped backslash or quote is not the start of anything.
        if (bytes[at - 1] === BACKSLASH && at < to) {
          hash = hashByte(hash, bytes[at] ?? 0);
          at += 1;
        }
      }
      this.#cells.set(node * width + index, variable.texts.number(bytes, start, at, hash));
      at += LINE_BREAK;
    }
    if (at < to) this.#otherVariables();
    this.#states += 1;
    if (initial) this.#initials.push(node);
  }

  edge(source: number, target: number, bytes: Uint8Array, from: number, to: number): void {
    let hash = HASH_SEED;
    for (let at = from; at < to; at += 1) hash = hashByte(hash, bytes[at] ?? 0);
    const label = this.#labelTexts.number(bytes, from, to, hash);
    if (label === this.#labels.length) this.#labels.push(this.#label(unescapeDot(bytes.subarray(from, to))));
    this.#sources.push(source);
    this.#targets.push(target);
    this.#labelled.push(label);
  }

  graph(totals: Totals | undefined): StateGraph {
    if (this.#states === 0) throw new UserError(`${this.#name} holds no state.`, 64);
    const nodes = this.reader.nodes;
    this.#checkDescribed(nodes);
    if (totals !== undefined) this.#checkTotals(totals);
    const order = this.#variables.map((_, index) => index);
    order.sort((a, b) => ((this.#variables[a]?.name ?? "") < (this.#variables[b]?.name ?? "") ? -1 : 1));
    const columns = order.map((index) => this.#column(index, nodes));
    const cells = new Int32Array(nodes * order.length);
    columns.forEach(({ numbers }, index) => {
      for (let node = 0; node < nodes; node += 1) cells[node * order.length + index] = numbers[node] ?? 0;
    });
    return columnGraph({
      name: this.#name,
      variables: columns.map(({ name }) => name),
      actions: this.#actions,
      initials: this.#initials,
      values: columns.map(({ values }) => values),
      cells,
      labels: this.#labels,
      ...groupBySource(nodes, {
        sources: this.#sources.items(),
        targets: this.#targets.items(),
        labelled: this.#labelled.items(),
      }),
    });
  }

  /** Takes the variables, and their order, from the first state. */
  #learn(label: Uint8Array): void {
    const text = unescapeDot(label);
    const names = this.#mending(() => Object.keys(parseState(text)));
    const several = text.startsWith("/\\");
    this.#variables = names.map((name) => ({
      name,
      prefix: Buffer.from(several ? `/\\\\ ${name} = ` : `${name} = `),
      texts: new ByteInterner(),
    }));
  }

  #otherVariables(): never {
    const names = this.#variables.map(({ name }) => name).join(", ");
    return this.reader.fail(`a state that does not give the variables ${names} in this order, as the first one does`);
  }

  #label(text: string): EdgeLabel {
    const { name, args } = this.#mending(() => readLabel(text));
    if (name === "") this.reader.fail("an edge whose label is empty; dump with -dump dot,actionlabels");
    if (name === "Next") {
      this.reader.fail(
        "an edge labelled Next: TLC knows no action there, so make every disjunct of Next an action with a name and put guards inside it",
      );
    }
    let action = this.#actions.indexOf(name);
    if (action < 0 && this.#known !== undefined) {
      this.reader.fail(`the action ${name} is none of ${this.#known.join(", ")}`);
    }
    if (action < 0) action = this.#actions.push(name) - 1;
    return args === undefined ? { action } : { action, args };
  }

  /** Gives an error below a label the number of its line. */
  #mending<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (error instanceof UserError) this.reader.fail(error.message.replace(/\.$/, ""));
      throw error;
    }
  }

  #checkDescribed(nodes: number): void {
    const width = this.#variables.length;
    this.#cells.fill(nodes * width, -1);
    if (this.#states === nodes) return;
    const missing = this.#cells.items().indexOf(-1) / width;
    throw new UserError(
      `${this.#name} names ${nodes} nodes but describes ${this.#states} of them, not ${this.reader.fingerprint(Math.floor(missing))}, so it is incomplete.`,
      64,
    );
  }

  #checkTotals({ generated, distinct, initial = this.#initials.length }: Totals): void {
    if (this.#states !== distinct) {
      throw new UserError(`${this.#name} holds ${this.#states} states, but TLC found ${distinct}.`, 64);
    }
    if (initial < this.#initials.length) {
      throw new UserError(
        `${this.#name} holds ${this.#initials.length} initial states, but TLC generated ${initial}.`,
        64,
      );
    }
    if (generated !== undefined && this.edges !== generated - initial) {
      throw new UserError(
        `${this.#name} holds ${this.edges} edges, but TLC generated ${generated} states of which ${initial} are initial, so there should be ${generated - initial}; a constraint cut steps away, or the option strict dropped edges.`,
        64,
      );
    }
  }

  /** The values of a variable, each distinct text parsed once, and their numbers by node. */
  #column(index: number, nodes: number): { name: string; values: Values; numbers: Int32Array } {
    const variable = this.#variables[index];
    if (variable === undefined) throw new RangeError(`there is no variable ${index}`);
    const values = new Values();
    const renumbered = new Int32Array(variable.texts.size);
    for (let number = 0; number < renumbered.length; number += 1) {
      renumbered[number] = values.add(this.#canonical(variable.name, variable.texts.bytes(number)));
    }
    const width = this.#variables.length;
    const numbers = new Int32Array(nodes);
    for (let node = 0; node < nodes; node += 1) numbers[node] = renumbered[this.#cells.at(node * width + index)] ?? 0;
    return { name: variable.name, values, numbers };
  }

  #canonical(variable: string, bytes: Uint8Array): string {
    try {
      return canonical(parseValue(unescapeDot(bytes)));
    } catch (error) {
      if (error instanceof UserError) {
        throw new UserError(`${this.#name}, variable ${variable}: ${error.message}`, error.exitCode);
      }
      throw error;
    }
  }
}

const BACKSLASH = 92;
/** A break of the line as DOT escapes it, `\n`, and what TLC starts a variable's line with, `/\`. */
const CONJUNCT: Uint8Array = Buffer.from("\\n/\\\\ ");
const LINE_BREAK = 2;

function startsWith(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  for (let index = 0; index < expected.length; index += 1) {
    if (bytes[at + index] !== expected[index]) return false;
  }
  return true;
}
