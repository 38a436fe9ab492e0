import { InvalidArgumentError } from "commander";

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** Reads a time from the command line, such as 60s, 5m or 1h; in seconds. */
export function duration(text: string): number {
  const [, number, unit = "s"] = /^(\d{1,6}(?:\.\d+)?)([smh]?)$/.exec(text) ?? [];
  if (number === undefined || Number(number) === 0) {
    throw new InvalidArgumentError("It must be a time such as 60s, 5m or 1h.");
  }
  return Number(number) * (UNITS[unit || "s"] as number);
}
