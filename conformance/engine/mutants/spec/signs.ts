import type { Expression } from "../../../../tla/syntax/index.ts";
import { signOf, withSign } from "./infix.ts";
import type { Mutation } from "./mutation.ts";
import { assigns, isNegatedConjunct, operatorOf, type Site, spanOf } from "./site.ts";

/** What stands in the place of a sign; that of another sense, not merely the opposite where that is as telling. */
const SIGNS: Readonly<Record<string, string>> = {
  "=": "#",
  "/=": "=",
  "<": "=<",
  "\\leq": "<",
  ">": ">=",
  "\\geq": ">",
  "\\in": "\\notin",
  "\\notin": "\\in",
  "\\union": "\\cap",
  "\\intersect": "\\cup",
  "\\": "\\cap",
  "+": "-",
  "-": "+",
  "=>": "<=>",
};

/** A sign that is the opposite of its substitute: to swap it is to negate the whole. */
const OPPOSITES: ReadonlySet<string> = new Set(["=", "/=", "\\in", "\\notin"]);

/** Whether another sign says the opposite of an expression, so that a negation of it would be the same mutant again. */
export function hasOpposite(expression: Expression): boolean {
  return OPPOSITES.has(operatorOf(expression) ?? "");
}

/** Signs of which none may stand beside another without parentheses. */
const SETS: ReadonlySet<string> = new Set(["\\union", "\\intersect", "\\"]);

function isAmongSets({ expression, parent }: Site): boolean {
  const neighbours = parent === undefined ? expression.operands : [parent, ...expression.operands];
  return isOfSets(expression) && neighbours.some(isOfSets);
}

function isOfSets(expression: Expression): boolean {
  return SETS.has(operatorOf(expression) ?? "");
}

/** A sign between two operands becomes another. */
export function swapSign(site: Site): readonly Mutation[] {
  const name = operatorOf(site.expression) ?? "";
  const sign = signOf(site);
  const text = Object.hasOwn(SIGNS, name) ? SIGNS[name] : undefined;
  if (text === undefined || sign === undefined) return [];
  if (assigns(site, site.expression) || (OPPOSITES.has(name) && isNegatedConjunct(site))) return [];
  const was = site.source.slice(site.source.span(site.expression.location));
  return [
    {
      operator: "swap-operator",
      edits: isAmongSets(site) ? withSign(site, text) : [{ ...sign, text }],
      was,
      is: was.slice(0, sign.from - site.source.span(site.expression.location).from) + text + tail(site, sign.to),
    },
  ];
}

/** The sides of an inclusion are exchanged. */
export function swapInclusion(site: Site): readonly Mutation[] {
  const { expression, source } = site;
  if (operatorOf(expression) !== "\\subseteq") return [];
  const [left, right] = expression.operands.map((one) => spanOf({ ...site, parent: expression, expression: one }));
  if (left === undefined || right === undefined) return [];
  const [was, is] = [`${source.slice(left)} \\subseteq ${source.slice(right)}`, source.slice(right)];
  return [
    {
      operator: "swap-operator",
      edits: [
        { ...left, text: is },
        { ...right, text: source.slice(left) },
      ],
      was,
      is: `${is} \\subseteq ${source.slice(left)}`,
    },
  ];
}

/** For all becomes for some, and the other way round. */
export function swapQuantifier(site: Site): readonly Mutation[] {
  const name = operatorOf(site.expression);
  if (name !== "$BoundedForall" && name !== "$BoundedExists") return [];
  const { from, to } = site.source.span(site.expression.location);
  const text = name === "$BoundedForall" ? "\\E" : "\\A";
  const was = site.source.slice({ from, to });
  return [{ operator: "swap-operator", edits: [{ from, to: from + 2, text }], was, is: text + was.slice(2) }];
}

/** A number becomes the next, or the one before. */
export function shiftBound({ expression, source }: Site): readonly Mutation[] {
  if (expression.kind !== "number" || expression.value === undefined) return [];
  const span = source.span(expression.location);
  const was = String(expression.value);
  return [expression.value + 1, expression.value - 1]
    .filter((value) => value >= 0)
    .map((value) => ({ operator: "swap-bound", edits: [{ ...span, text: String(value) }], was, is: String(value) }));
}

function tail({ expression, source }: Site, from: number): string {
  return source.slice({ from, to: source.span(expression.location).to });
}
