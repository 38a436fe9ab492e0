import type { Definition, Expression, SourceText, Span } from "../../../../tla/syntax/index.ts";

/** What a definition is for, in any of the models. */
export type Part = "initial" | "step" | "fairness" | "property";

/** An expression in the place where it may be changed. */
export interface Site {
  readonly expression: Expression;
  /** The expression that it is right below; none for the body of a definition. */
  readonly parent?: Expression;
  /** The definition that it belongs to, not that of a LET. */
  readonly definition: Definition;
  readonly parts: ReadonlySet<Part>;
  /** Whether the definition stands anywhere for a condition. */
  readonly isCondition: boolean;
  readonly source: SourceText;
}

/** The name of the built-in or standard operator that an expression applies. */
export function operatorOf({ kind, operator }: Expression): string | undefined {
  return kind === "apply" ? operator?.name : undefined;
}

const CONJUNCTIONS: ReadonlySet<string | undefined> = new Set(["$ConjList", "\\land"]);
const DISJUNCTIONS: ReadonlySet<string | undefined> = new Set(["$DisjList", "\\lor"]);

export function isConjunction(expression: Expression): boolean {
  return CONJUNCTIONS.has(operatorOf(expression)) && expression.operands.length > 1;
}

export function isDisjunction(expression: Expression): boolean {
  return DISJUNCTIONS.has(operatorOf(expression)) && expression.operands.length > 1;
}

/**
 * Whether an expression says what the first or the next state is, rather than whether there is one. It can be neither
 * negated nor compared otherwise: TLC could not compute the state.
 */
export function assigns({ parts }: Pick<Site, "parts">, expression: Expression): boolean {
  if (parts.has("step") || parts.has("fairness")) if (expression.level === 2) return true;
  if (!parts.has("initial")) return false;
  const [left] = expression.operands;
  const names = ["=", "\\in"].includes(operatorOf(expression) ?? "");
  return (names && left?.operator?.kind === "variable") || expression.operands.some((one) => assigns({ parts }, one));
}

/** Whether a site is a conjunct that is negated, as that is a change of its own. */
export function isNegatedConjunct(site: Site): boolean {
  const { parent, expression } = site;
  if (parent === undefined || !isConjunction(parent) || parent.level === 3) return false;
  return !isConjunction(expression) && !assigns(site, expression);
}

/** The part of the text that an expression takes up, with the parentheses around it. */
export function spanOf({ source, parent, expression }: Site): Span {
  const span = source.span(expression.location);
  if (parent === undefined) return span;
  const bound = source.span(parent.location);
  for (;;) {
    const before = /\(\s*$/.exec(source.code.slice(bound.from, span.from));
    const after = /^\s*\)/.exec(source.code.slice(span.to, bound.to));
    if (before === null || after === null) return span;
    Object.assign(span, { from: span.from - before[0].length, to: span.to + after[0].length });
  }
}

/** The built-in operators whose value is a truth value. */
const TRUTHS: ReadonlySet<string> = new Set(
  String.raw`= /= \lnot \land \lor => \in \notin \subseteq < > \leq \geq $ConjList $DisjList $BoundedForall
    $BoundedExists TRUE FALSE`.split(/\s+/),
);

/** Whether the value of an expression can be told to be a truth value. */
export function isTruth(expression: Expression): boolean {
  if (expression.kind === "let") return expression.operands.some(isTruth);
  return TRUTHS.has(operatorOf(expression) ?? "");
}

/** The expressions below one that stand for conditions. */
export function conditionsIn(expression: Expression): readonly Expression[] {
  const name = operatorOf(expression) ?? "";
  if (name === "$IfThenElse") return expression.operands.slice(0, 1);
  return CONNECTIVES.has(name) ? expression.operands : [];
}

const CONNECTIVES: ReadonlySet<string> = new Set(
  String.raw`\lnot \land \lor => $ConjList $DisjList $BoundedForall $BoundedExists $BoundedChoose $SubsetOf`.split(
    /\s+/,
  ),
);
