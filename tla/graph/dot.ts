import { UserError } from "../errors.ts";
import { Fingerprints } from "./fingerprints.ts";

/** What a {@link DotReader} finds. Labels are given as `bytes[from … to)`, still with DOT's escapes. */
export interface DotSink {
  state(node: number, initial: boolean, bytes: Uint8Array, from: number, to: number): void;
  edge(source: number, target: number, bytes: Uint8Array, from: number, to: number): void;
}

/**
 * Reads what TLC writes with `-dump dot,actionlabels`, in pieces of any size. Nodes are numbered `0, 1, 2 …` as they are
 * first named. TLC always heads the file `strict digraph`; that alone drops no edge, for only graphviz heeds it.
 *
 * TLC 2.18 writes one line for each initial state, one for each state generated from another, and one for each of those
 * that is new:
 *
 *     -35234077 [label="/\\ x = 1\n/\\ y = \"a\"",style = filled]
 *     -35234077 -> 80310417 [label="Step",color="black",fontcolor="black"];
 *     80310417 [label="/\\ x = 2\n/\\ y = \"a\""];
 *
 * Builds of 2026 add `,tooltip="…"` to the last and the arguments to the label of an edge.
 *
 * Every method throws a UserError (64) for what is no such file, with the number of the line.
 */
export class DotReader {
  readonly #name: string;
  readonly #sink: DotSink;
  readonly #fingerprints = new Fingerprints();
  /** The start of a line whose end has not arrived. */
  #pending: Uint8Array = new Uint8Array(4096);
  #pendingLength = 0;
  #line = 0;
  /** Open braces. */
  #depth = 0;
  #started = false;
  #legend = false;
  /** The fingerprint that {@link #fingerprint} read last, and where it ended. */
  #high = 0;
  #low = 0;
  #at = 0;

  /** `name` is what errors call the file. */
  constructor(name: string, sink: DotSink) {
    this.#name = name;
    this.#sink = sink;
  }

  /** How many nodes have been named. */
  get nodes(): number {
    return this.#fingerprints.size;
  }

  /** TLC's fingerprint of a node. */
  fingerprint(node: number): string {
    return this.#fingerprints.text(node);
  }

  /** Reads a piece, which may be overwritten afterwards. */
  write(chunk: Uint8Array): void {
    let from = 0;
    if (this.#pendingLength > 0) {
      const newline = chunk.indexOf(NEWLINE);
      this.#keep(chunk, 0, newline < 0 ? chunk.length : newline);
      if (newline < 0) return;
      this.#read(this.#pending, 0, this.#pendingLength);
      this.#pendingLength = 0;
      from = newline + 1;
    }
    for (;;) {
      const newline = chunk.indexOf(NEWLINE, from);
      if (newline < 0) break;
      this.#read(chunk, from, newline);
      from = newline + 1;
    }
    this.#keep(chunk, from, chunk.length);
  }

  /** Says that no more will come. */
  end(): void {
    // The last line, of closing braces, has no end of its own; any other line without an end was cut off.
    const last = this.#pending.subarray(0, this.#pendingLength);
    const cut = this.#started && !last.every((byte) => byte === CLOSE || byte === RETURN);
    if (!cut && last.length > 0) this.#read(last, 0, last.length);
    if (!this.#started) throw new UserError(`${this.#name} is empty.`, 64);
    if (cut || this.#depth > 0) {
      throw new UserError(`${this.#name} is truncated: its closing brace is missing, so TLC did not finish it.`, 64);
    }
  }

  /** Throws with the number of the line being read. */
  fail(what: string): never {
    throw new UserError(`${this.#name}, line ${this.#line}: ${what}.`, 64);
  }

  #keep(chunk: Uint8Array, from: number, to: number): void {
    const length = this.#pendingLength + to - from;
    if (length > MAX_LINE) this.fail("a line is longer than any that TLC writes");
    if (length > this.#pending.length) {
      const larger = new Uint8Array(Math.max(length, this.#pending.length * 2));
      larger.set(this.#pending.subarray(0, this.#pendingLength));
      this.#pending = larger;
    }
    this.#pending.set(chunk.subarray(from, to), this.#pendingLength);
    this.#pendingLength = length;
  }

  #read(bytes: Uint8Array, from: number, to: number): void {
    this.#line += 1;
    if (!isNumeral(bytes[from])) {
      this.#structure(bytes, from, bytes[to - 1] === RETURN ? to - 1 : to);
      return;
    }
    if (this.#depth === 0) this.#notDot();
    this.#fingerprint(bytes, from, to);
    const first = this.#fingerprints.number(this.#high, this.#low);
    if (!matches(bytes, this.#at, ARROW)) {
      this.#state(first, bytes, this.#at, to);
      return;
    }
    this.#fingerprint(bytes, this.#at + ARROW.length, to);
    const second = this.#fingerprints.number(this.#high, this.#low);
    this.#edge(first, second, bytes, this.#at, to);
  }

  #state(node: number, bytes: Uint8Array, from: number, to: number): void {
    const [start, end] = [from + LABEL.length, this.#quoted(bytes, from, to)];
    const initial = to - end === INITIAL.length && matches(bytes, end, INITIAL);
    if (!initial && !matches(bytes, to - 3, STATE_END)) {
      this.fail("a state that a constraint excludes; dump without the option constrained");
    }
    this.#sink.state(node, initial, bytes, start, end);
  }

  #edge(source: number, target: number, bytes: Uint8Array, from: number, to: number): void {
    if (bytes[from] === SEMICOLON || matches(bytes, from, DASHED)) {
      this.fail("an edge without a label; dump with -dump dot,actionlabels and no other option");
    }
    const [start, end] = [from + LABEL.length, this.#quoted(bytes, from, to)];
    if (bytes[end + 1] !== COMMA || !matches(bytes, to - 2, EDGE_END)) {
      this.fail("an edge that does not end as TLC ends it");
    }
    this.#sink.edge(source, target, bytes, start, end);
  }

  /** Where the label ends that starts with ` [label="` at `from`. */
  #quoted(bytes: Uint8Array, from: number, to: number): number {
    if (!matches(bytes, from, LABEL)) this.fail("neither a state nor an edge as TLC writes them");
    for (let at = from + LABEL.length; at < to; at += 1) {
      const byte = bytes[at];
      if (byte === QUOTE) return at;
      if (byte === BACKSLASH) at += 1;
    }
    return this.fail("a label that is not closed on its line");
  }

  /** Reads a decimal number of up to 64 bits into its sign and two halves. */
  #fingerprint(bytes: Uint8Array, from: number, to: number): void {
    const negative = bytes[from] === MINUS;
    const first = negative ? from + 1 : from;
    let at = first;
    while (at < to && isDigit(bytes[at])) at += 1;
    if (at === first || at - first > 19) this.fail("a fingerprint that is no integer of 64 bits");
    // head · 10⁹ + tail, with head < 10¹⁰: multiplied in pieces of 16 bits, for 53 are exact.
    const split = Math.max(first, at - 9);
    let head = 0;
    for (let digit = first; digit < split; digit += 1) head = head * 10 + (bytes[digit] ?? 0) - ZERO;
    let tail = 0;
    for (let digit = split; digit < at; digit += 1) tail = tail * 10 + (bytes[digit] ?? 0) - ZERO;
    const lower = (head & 0xffff) * 1e9 + tail;
    const upper = Math.floor(head / 65536) * 1e9 + Math.floor(lower / 65536);
    const high = Math.floor(upper / 65536);
    if (high > SIGN || (high === SIGN && !negative)) this.fail("a fingerprint that is no integer of 64 bits");
    this.#low = ((upper & 0xffff) << 16) | (lower & 0xffff);
    this.#high = high | (negative ? SIGN : 0);
    this.#at = at;
  }

  /** A line that is neither state nor edge: heads, ranks, legend, braces. */
  #structure(bytes: Uint8Array, from: number, to: number): void {
    if (from === to) return;
    const start = Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.min(to - from, 32)).toString("latin1");
    if (!this.#started && !/^(strict )?digraph /.test(start)) this.#notDot();
    if (this.#started && this.#depth === 0) this.fail("something after the closing brace");
    if (start.startsWith("subgraph cluster_legend")) this.#legend = true;
    if (this.#started && !this.#legend && !STRUCTURE.test(start)) this.fail("nothing that TLC writes");
    this.#started = true;
    let quoted = false;
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at];
      if (byte === QUOTE) quoted = !quoted;
      else if (byte === OPEN && !quoted) this.#depth += 1;
      else if (byte === CLOSE && !quoted) this.#depth -= 1;
    }
  }

  #notDot(): never {
    throw new UserError(`${this.#name} is no graph that TLC wrote with -dump dot,actionlabels.`, 64);
  }
}

/** More than the line that lists the nodes of one depth takes for ten million of them. */
const MAX_LINE = 2 ** 28;

const STRUCTURE = /^(node |edge |nodesep=|rankdir=|color=|subgraph |\{rank = same; |\})/;

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const COMMA = 44;
const MINUS = 45;
const ZERO = 48;
const SEMICOLON = 59;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;
const SIGN = 0x80000000;

const ARROW: Uint8Array = Buffer.from(" -> ");
const LABEL: Uint8Array = Buffer.from(' [label="');
const DASHED: Uint8Array = Buffer.from(" [style=");
const INITIAL: Uint8Array = Buffer.from('",style = filled]');
const STATE_END: Uint8Array = Buffer.from('"];');
const EDGE_END: Uint8Array = Buffer.from("];");

function matches(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  for (let index = 0; index < expected.length; index += 1) {
    if (bytes[at + index] !== expected[index]) return false;
  }
  return true;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= ZERO + 9;
}

function isNumeral(byte: number | undefined): boolean {
  return isDigit(byte) || byte === MINUS;
}
