import type { Expression } from "../../../../tla/syntax/index.ts";
import { around, blank } from "./edit.ts";
import type { Mutation } from "./mutation.ts";
import { hasOpposite } from "./signs.ts";
import { assigns, isNegatedConjunct, isTruth, operatorOf, type Site, spanOf } from "./site.ts";

/** What is assigned to a variable's next value becomes its value, and elsewhere the next value does. */
export function unprime(site: Site): readonly Mutation[] {
  const { expression, parent, source, parts } = site;
  const span = source.span(expression.location);
  const was = source.slice(span);
  const [left, right] = expression.operands;
  const isAssigning = parts.has("step") || parts.has("fairness");
  if (isAssigning && operatorOf(expression) === "=" && isPrimed(left) && right !== undefined) {
    const variable = source.slice(source.span(left.location)).replace(/'\s*$/, "");
    const value = source.span(right.location);
    if (source.slice(value) === variable) return [];
    return [{ operator: "unprime", edits: [{ ...value, text: variable }], was, is: `${variable}' = ${variable}` }];
  }
  const isAssigned =
    isAssigning && parent !== undefined && operatorOf(parent) === "=" && parent.operands[0] === expression;
  if (!isPrimed(expression) || isAssigned) return [];
  const prime = { from: span.to - 1, to: span.to };
  return [{ operator: "unprime", edits: [blank(source, prime)], was, is: was.slice(0, -1) }];
}

function isPrimed(expression: Expression | undefined): expression is Expression {
  return expression !== undefined && operatorOf(expression) === "'";
}

/** IF, and each arm of CASE, decides the other way; where another sign does that, it is left to the sign. */
export function negateCondition(site: Site): readonly Mutation[] {
  const { expression, parent, source } = site;
  const isArm = operatorOf(expression) === "$Pair" && parent !== undefined && operatorOf(parent) === "$Case";
  const [condition] = operatorOf(expression) === "$IfThenElse" || isArm ? expression.operands : [];
  if (condition === undefined || condition.kind === "other" || hasOpposite(condition)) return [];
  const span = source.span(condition.location);
  const was = source.slice(span);
  return [{ operator: "negate-condition", edits: around(span, "~(", ")"), was, is: `~(${was})` }];
}

/** A negation that is no conjunct is left out. */
export function dropNegation(site: Site): readonly Mutation[] {
  const { expression, source } = site;
  if (operatorOf(expression) !== "\\lnot" || isNegatedConjunct(site)) return [];
  const { from, to } = source.span(expression.location);
  const was = source.slice({ from, to });
  const sign = /^(?:~|\\lnot\b|\\neg\b)/.exec(was)?.[0].length ?? 0;
  const edits = [blank(source, { from, to: from + sign })];
  return sign === 0 ? [] : [{ operator: "drop-negation", edits, was, is: was.slice(sign) }];
}

/** An update of a function or record is left out. */
export function dropExcept(site: Site): readonly Mutation[] {
  const { expression, source } = site;
  if (operatorOf(expression) !== "$Except") return [];
  const [base, ...updates] = expression.operands;
  if (base === undefined) return [];
  const whole = source.span(expression.location);
  if (updates.length === 1) {
    const is = source.slice(source.span(base.location));
    return [{ operator: "drop-except", edits: [{ ...whole, text: is }], was: source.slice(whole), is }];
  }
  return updates.map((update, index) => {
    const own = source.span(update.location);
    const next = updates[index + 1];
    const before = updates[index - 1];
    const gone =
      next !== undefined
        ? { from: own.from, to: source.span(next.location).from }
        : { from: before === undefined ? own.from : source.span(before.location).to, to: own.to };
    return { operator: "drop-except", edits: [blank(source, gone)], was: source.slice(own), is: "" };
  });
}

/** TRUE becomes FALSE, and the other way round. */
export function swapTruth({ expression, source }: Site): readonly Mutation[] {
  const name = operatorOf(expression);
  if (name !== "TRUE" && name !== "FALSE") return [];
  return constant(source.span(expression.location), name, name === "TRUE" ? "FALSE" : "TRUE");
}

/** A condition that has a name, and what a property wants of each step, becomes a constant. */
export function fixCondition(site: Site): readonly Mutation[] {
  const { expression, parent, definition, source, parts } = site;
  const isWhole = parent === undefined && expression === definition.body && !assigns(site, expression);
  if (isWhole && expression.level < 2 && (site.isCondition || isTruth(expression))) {
    const span = spanOf(site);
    // A property that is never true is noticed at once, so it would tell nothing.
    const truths = parts.size === 1 && parts.has("property") ? ["TRUE"] : ["TRUE", "FALSE"];
    const guard = parts.has("step");
    return truths.flatMap((is) =>
      constant(span, source.slice(span), is).map((one) => ({ ...one, guard: guard && is === "TRUE" })),
    );
  }
  const isStep = parent !== undefined && operatorOf(parent) === "$SquareAct" && parent.operands[0] === expression;
  if (!isStep || !site.parts.has("property")) return [];
  const span = spanOf(site);
  return constant(span, source.slice(span), "TRUE");
}

function constant(span: { readonly from: number; readonly to: number }, was: string, is: string): Mutation[] {
  return was === is ? [] : [{ operator: "fix-condition", edits: [{ ...span, text: is }], was, is }];
}
