import type { Expression, SourceText, Span } from "../../../../tla/syntax/index.ts";
import { around, blank } from "./edit.ts";
import { withSign } from "./infix.ts";
import type { Mutation } from "./mutation.ts";
import { assigns, isConjunction, isDisjunction, isNegatedConjunct, operatorOf, type Site, spanOf } from "./site.ts";

/** A conjunct is left out. */
export function dropConjunct(site: Site): readonly Mutation[] {
  return isConjunction(site.expression) ? dropped(site, "drop-conjunct") : [];
}

/** A disjunct is left out: an action of the next-state relation, for one. */
export function dropDisjunct(site: Site): readonly Mutation[] {
  return isDisjunction(site.expression) ? dropped(site, "drop-disjunct") : [];
}

/** A conjunct that is a condition becomes its opposite. */
export function negateConjunct(site: Site): readonly Mutation[] {
  if (!isNegatedConjunct(site)) return [];
  const span = spanOf(site);
  const was = site.source.slice(span);
  return [{ operator: "negate-conjunct", edits: around(span, "~(", ")"), was, is: `~(${was})` }];
}

/** A conjunction of conditions becomes a disjunction; a disjunction becomes a conjunction. */
export function swapJunction(site: Site): readonly Mutation[] {
  const { expression, source } = site;
  const conjunction = isConjunction(expression);
  if (!conjunction && !isDisjunction(expression)) return [];
  if (conjunction && (expression.level === 3 || assigns(site, expression))) return [];
  const [was, is] = conjunction ? ["/\\", "\\/"] : ["\\/", "/\\"];
  const about = { operator: "swap-operator", was: words(site), is: `${is} for ${was}` };
  if (isList(expression)) {
    const edits = expression.operands.map((operand) => ({ ...bullet(source, operand), text: is }));
    return [{ ...about, edits }];
  }
  return [{ ...about, edits: withSign(site, is) }];
}

function dropped(site: Site, operator: string): Mutation[] {
  const { expression, source } = site;
  return expression.operands.flatMap((operand, index): Mutation[] => {
    // Of several in a row, each is left out by itself.
    if (operatorOf(operand) === (operator === "drop-conjunct" ? "\\land" : "\\lor")) return [];
    const own = spanOf({ ...site, parent: expression, expression: operand });
    const other = expression.operands[1 - index];
    const gone =
      isList(expression) || other === undefined
        ? { from: bullet(source, operand).from, to: own.to }
        : between(site, index);
    const guard = operator === "drop-conjunct" && isGuard(site, operand);
    return [{ operator, edits: [blank(source, gone)], was: source.slice(own), is: "", guard }];
  });
}

/**
 * Whether a conjunct is a condition of what can happen: one of an action, or of a condition that has a name of its own.
 * What an action computes, such as the set of what it changes, has conjuncts as well, and they guard nothing.
 */
function isGuard(site: Site, operand: Expression): boolean {
  const { expression, parts, isCondition, definition } = site;
  const guards = expression.level === 2 || (isCondition && definition.level < 2);
  return parts.has("step") && guards && operand.level < 2 && !assigns(site, operand);
}

/** Whether a junction is written as a list, a sign before each item. */
function isList(expression: Expression): boolean {
  return operatorOf(expression)?.startsWith("$") === true;
}

/** One of two operands with the sign between them. */
function between(site: Site, index: number): Span {
  const [left, right] = site.expression.operands.map((expression) =>
    spanOf({ ...site, parent: site.expression, expression }),
  );
  if (left === undefined || right === undefined) throw new RangeError("a junction has two operands");
  return index === 0 ? { from: left.from, to: right.from } : { from: left.to, to: right.to };
}

/** The bullet of an item of a list. */
function bullet(source: SourceText, item: Expression): Span {
  const before = source.code.slice(0, source.span(item.location).from);
  const from = Math.max(before.lastIndexOf("/\\"), before.lastIndexOf("\\/"));
  return { from, to: from + 2 };
}

function words({ source, expression }: Site): string {
  return source.slice(source.span(expression.location));
}
