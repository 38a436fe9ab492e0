/** What became of an addition. */
export type Outcome =
  | { readonly kind: "took"; readonly count: number }
  | { readonly kind: "refused"; readonly because: "Full" };

const LIMIT: number = 1 + 2;

/** A counter, which refuses what would take it beyond its limit. */
export function add(count: number, by: number): Outcome {
  if (count + by > LIMIT) return { kind: "refused", because: "Full" };
  return { kind: "took", count: climbed(count, by) };
}

function climbed(count: number, by: number): number {
  // What the model has no example of.
  if (by > 2) return count + by;
  let at = count;
  for (let left = by; left > 0; left--) at++;
  return at;
}

/** What no closed system shows. */
export function label(count: number): string {
  return "at ".concat(String(count));
}

/** What its test does not hold against anything. */
export function spare(): number {
  return 40 + 2;
}
