import type { Span } from "../../../../tla/syntax/index.ts";
import type { Edit } from "./edit.ts";
import { type Site, spanOf } from "./site.ts";

/** The place of the sign between two operands. */
export function signOf(site: Site): Span | undefined {
  const [left, right] = operandsOf(site);
  if (left === undefined || right === undefined) return undefined;
  const [, before = "", sign] = /^(\s*)(\S+)\s*$/.exec(site.source.code.slice(left.to, right.from)) ?? [];
  if (sign === undefined) return undefined;
  return { from: left.to + before.length, to: left.to + before.length + sign.length };
}

/**
 * Another sign between two operands, with parentheses around each and around the whole: it may bind as its neighbours
 * do not allow.
 */
export function withSign(site: Site, text: string): Edit[] {
  const sign = signOf(site);
  const [left, right] = operandsOf(site);
  if (sign === undefined || left === undefined || right === undefined) {
    throw new RangeError("there is no sign between two operands");
  }
  const insert = (at: number, text: string): Edit => ({ from: at, to: at, text });
  const { from, to } = site.source.span(site.expression.location);
  return [insert(from, "(("), insert(left.to, ")"), { ...sign, text }, insert(right.from, "("), insert(to, "))")];
}

function operandsOf(site: Site): Span[] {
  return site.expression.operands.map((expression) => spanOf({ ...site, parent: site.expression, expression }));
}
