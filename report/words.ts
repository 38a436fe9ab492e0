/** A field of an item for people. */
export function words(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return value.toLocaleString("en-US");
  if (value === undefined || value === null) return "";
  return JSON.stringify(value);
}
