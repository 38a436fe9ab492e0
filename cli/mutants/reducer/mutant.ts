import { createHash } from "node:crypto";
import type { Position, RawMutant } from "./tools.ts";

/** One change of one source of a reducer. */
export interface ReducerMutant {
  /** `file!definition mutator ordinal hash`: it stays as long as the definition does. */
  readonly id: string;
  /** Its number in the instrumented sources. */
  readonly switch: string;
  /** The source that it changes, below the reducer's folder. */
  readonly file: string;
  /** The definition at the top level that it changes: `file!name`. */
  readonly definition: string;
  readonly operator: string;
  /** The source as the mutant has it. */
  readonly text: string;
  /** The number of the line where it begins, and the lines there, as they were and as they are. */
  readonly line: number;
  readonly diff: string;
  /** Whether it takes a guard away, the whole of it or one of its conditions. */
  readonly guard: boolean;
}

/**
 * What the instrumenter made, as mutants of the sources by their names.
 *
 * @throws Error for a mutant that changes nothing, or that has the name of another: a defect of ours.
 */
export function mutantsOf(raw: readonly RawMutant[], sources: ReadonlyMap<string, string>): readonly ReducerMutant[] {
  const ordinals = new Map<string, number>();
  const mutants = raw.map((one): ReducerMutant => {
    const source = sources.get(one.fileName) ?? "";
    const start = offsetOf(source, one.location.start);
    const end = offsetOf(source, one.location.end);
    const replacement = standingAlone(one);
    const definition = definitionAt(source, start);
    const key = `${one.fileName}!${definition.name}`;
    const place = `${key} ${one.mutatorName}`;
    const ordinal = (ordinals.get(place) ?? 0) + 1;
    ordinals.set(place, ordinal);
    const text = source.slice(0, start) + replacement + source.slice(end);
    if (text === source) throw new Error(`the mutant ${place} ${ordinal} changes nothing`);
    return {
      id: `${place} ${ordinal} ${hashOf(definition.text, replacement)}`,
      switch: one.id,
      file: one.fileName,
      definition: key,
      operator: one.mutatorName,
      text,
      line: one.location.start.line + 1,
      diff: diffOf(source, start, end, replacement),
      guard: replacement === "false" && isGuard(source, start, end),
    };
  });
  if (new Set(mutants.map(({ id }) => id)).size < mutants.length) throw new Error("two mutants have one name");
  return mutants;
}

/** An operator that binds less than the one it stands for keeps its operands together. */
function standingAlone({ mutatorName, replacement = "" }: RawMutant): string {
  return mutatorName === "LogicalOperator" ? `(${replacement})` : replacement;
}

function offsetOf(source: string, { line, column }: Position): number {
  let at = 0;
  for (let lines = 0; lines < line; lines++) at = source.indexOf("\n", at) + 1;
  return at + column;
}

/** The definition at the top level, which begins at the beginning of a line, that a place is in. */
function definitionAt(source: string, at: number): { readonly name: string; readonly text: string } {
  const heads = [
    ...source.matchAll(/^(?:export )?(?:default )?(?:async )?(?:function\*?|const|let|class) +([\w$]+)/gm),
  ];
  const index = heads.findLastIndex((head) => head.index <= at);
  const head = heads[index];
  if (head === undefined) return { name: "module", text: source };
  return { name: head[1] ?? "", text: source.slice(head.index, heads[index + 1]?.index) };
}

function hashOf(...texts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 8);
}

/** `if (… HERE …) return …refused…`: a guard is an `if` that does nothing but refuse. */
function isGuard(source: string, start: number, end: number): boolean {
  const before = source.slice(0, start).match(/\bif \([^;{}]*$/);
  const after = /^[^;{}]*\)\s*\{?\s*return\b[^;]*\brefused\b/.test(source.slice(end));
  return before !== null && after;
}

/** How much of a line is shown on either side of a change, and of the change itself, in characters. */
const BESIDE = 60;
const CHANGED = 100;

/** A line as it was and as it is; of a long one what is near the change. */
function diffOf(source: string, start: number, end: number, replacement: string): string {
  const from = Math.max(source.lastIndexOf("\n", start - 1) + 1, start - BESIDE);
  const newline = source.indexOf("\n", end);
  const until = Math.min(newline < 0 ? source.length : newline, end + BESIDE);
  const [before, after] = [source.slice(from, start), source.slice(end, until)];
  const shown = (text: string): string => (before + short(text) + after).trim();
  return `${shown(source.slice(start, end))} -> ${shown(replacement)}`;
}

function short(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length <= CHANGED ? line : `${line.slice(0, CHANGED)}…`;
}
