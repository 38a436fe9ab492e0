import { createHash } from "node:crypto";
import { type Definition, type Expression, partsOf, SourceText, within } from "../../../../tla/syntax/index.ts";
import { edited } from "./edit.ts";
import { dropConjunct, dropDisjunct, negateConjunct, swapJunction } from "./junctions.ts";
import type { Mutation, MutationOperator } from "./mutation.ts";
import { shiftBound, swapInclusion, swapQuantifier, swapSign } from "./signs.ts";
import { conditionsIn, type Part, type Site } from "./site.ts";
import { keyOf } from "./usage.ts";
import { dropExcept, dropNegation, fixCondition, negateCondition, swapTruth, unprime } from "./values.ts";

/** A module with one thing changed. */
export interface SpecMutant {
  /** `Module!Definition operator ordinal hash`: the same as long as the definition is. */
  readonly id: string;
  readonly module: string;
  /** As `Module!Definition`. */
  readonly definition: string;
  readonly operator: string;
  /** What was changed, on one line. */
  readonly diff: string;
  /** The definition with the change, without comments. */
  readonly changed: string;
  /** Whether a condition of what can happen is taken away. */
  readonly guard: boolean;
  /** Whether the definition is temporal: then it says more than what a graph can tell. */
  readonly temporal: boolean;
  /** What the definition is for. */
  readonly parts: ReadonlySet<Part>;
  /** The whole text of the module. */
  readonly text: string;
}

/** A module whose definitions are to be changed. */
export interface Mutable {
  readonly source: SourceText;
  readonly definitions: readonly Definition[];
  /** What the definitions are for, by `Module!Definition`; one that is not there is for nothing, and left alone. */
  readonly parts: ReadonlyMap<string, ReadonlySet<Part>>;
}

const OPERATORS: readonly MutationOperator[] = [
  dropConjunct,
  negateConjunct,
  dropDisjunct,
  swapJunction,
  swapSign,
  swapInclusion,
  swapQuantifier,
  shiftBound,
  unprime,
  negateCondition,
  dropNegation,
  dropExcept,
  swapTruth,
  fixCondition,
];

/** Every change of one thing, in the order of the text; changes that come to the same text are one. */
export function specMutants({ source, definitions, parts }: Mutable): SpecMutant[] {
  const inner = new Set(definitions.flatMap(({ body }) => [...within(body)].flatMap((one) => one.definitions)));
  const conditions = new Set(
    definitions.flatMap(({ body }) => [...within(body)].flatMap(conditionsIn).map(({ operator }) => operator?.id)),
  );
  const seen = new Set([source.text]);
  return definitions
    .filter((definition) => !inner.has(definition))
    .sort((one, other) => one.location.line - other.location.line)
    .flatMap((definition) => {
      const key = keyOf(definition);
      const used = parts.get(key);
      if (used === undefined) return [];
      const about = { definition, source, parts: used, isCondition: conditions.has(definition.id) };
      const found = mutationsOf(about, definition.body).flatMap((mutation) => {
        const text = edited(source, mutation.edits);
        return seen.size === seen.add(text).size ? [] : [{ mutation, text }];
      });
      const hash = hashOf(source, definition);
      const temporal = definition.level === 3;
      const ordinals = new Map<string, number>();
      return found.map(({ mutation, text }): SpecMutant => {
        const { operator, guard = false } = mutation;
        const ordinal = (ordinals.get(operator) ?? 0) + 1;
        ordinals.set(operator, ordinal);
        const id = `${key} ${operator} ${ordinal} ${hash}`;
        const [module = ""] = key.split("!", 1);
        const changed = codeIn(text, source, definition);
        return {
          id,
          module,
          definition: key,
          operator,
          diff: diffOf(mutation),
          changed,
          guard,
          temporal,
          parts: used,
          text,
        };
      });
    });
}

function mutationsOf(
  about: Omit<Site, "expression" | "parent">,
  expression: Expression,
  parent?: Expression,
): Mutation[] {
  const site: Site = { ...about, expression, ...(parent === undefined ? {} : { parent }) };
  // The place of what an instance or an EXCEPT stands for is elsewhere.
  if (expression.kind === "at" || expression.location.module !== about.definition.location.module) return [];
  return [
    ...OPERATORS.flatMap((operator) => operator(site)),
    ...partsOf(expression).flatMap((part) => mutationsOf(about, part, expression)),
  ];
}

function hashOf(source: SourceText, { location }: Definition): string {
  const { from, to } = source.span(location);
  const code = source.code.slice(from, to).replace(/\s+/g, " ");
  return createHash("sha256").update(code).digest("hex").slice(0, 8);
}

/** The text of a definition in a text that differs from the module in nothing else. */
function codeIn(text: string, source: SourceText, { location }: Definition): string {
  const { from, to } = source.span(location);
  const { code } = new SourceText(text.slice(from, to + text.length - source.text.length));
  return code.replace(/\s+$/gm, "");
}

function diffOf({ was, is }: Mutation): string {
  return `${short(was)} -> ${short(is) || "(nothing)"}`;
}

function short(text: string): string {
  const line = text
    .replace(/\\\*[^\n]*/g, "")
    .replace(/\s+/g, " ")
    .trim();
  return line.length > MOST ? `${line.slice(0, MOST - 3)}...` : line;
}

/** How much of a text is shown, in characters. */
const MOST = 100;
