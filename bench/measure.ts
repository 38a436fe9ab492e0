import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";

const bench = new URL("../../bench/", import.meta.url);
const results = new URL("results/", bench);

/** What several runs of one thing came to. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
}

/** One line of a result: what was measured, in which unit, and the goal that the issue of the numbers set. */
export interface Line {
  readonly what: string;
  readonly unit: string;
  readonly value: Spread;
  readonly goal?: string;
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (index: number): number => Number((sorted[index] ?? Number.NaN).toPrecision(4));
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
  return { median, min: at(0), max: at(sorted.length - 1), runs: sorted.length };
}

/**
 * Runs a script of this folder in a process of its own, so that nothing is warm and memory is its alone. `wall` is in
 * seconds and counts Node's start, as TLC's time counts Java's.
 */
export async function isolated<T>(script: string, ...args: (string | number)[]): Promise<T & { wall: number }> {
  const began = performance.now();
  const file = fileURLToPath(new URL(script, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [file, ...args.map(String)]);
  return { ...(JSON.parse(stdout) as T), wall: (performance.now() - began) / 1000 };
}

/** The numbers that a script is given, for instance `--managers 7 --runs 3`. */
export function numbers<K extends string>(defaults: Readonly<Record<K, number>>): Record<K, number> {
  const options = Object.fromEntries(Object.keys(defaults).map((name) => [name, { type: "string" as const }]));
  const { values } = parseArgs({ options });
  const given = Object.entries(values).map(([name, text]): [string, number] => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} must be a positive integer, not ${text}`);
    return [name, value];
  });
  return { ...defaults, ...Object.fromEntries(given) };
}

/** Prints a result, keeps it as JSON, and writes the table of all results that are kept. */
export async function record(name: string, title: string, lines: readonly Line[]): Promise<void> {
  const [cpu] = cpus();
  const result = {
    title,
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} × ${cpu?.model ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
    // An object and not a list, so that it is written one way only.
    lines: Object.fromEntries(lines.map(({ what, ...line }) => [what, line])),
  };
  await mkdir(results, { recursive: true });
  await writeFile(new URL(`${name}.json`, results), `${JSON.stringify(result, null, 2)}\n`);
  for (const { what, unit, value, goal } of lines)
    console.log(`${what}: ${`${text(value)} ${unit}`.trim()}${goal ? ` (goal: ${goal})` : ""}`);
  await writeTable();
}

const marker = "<!-- the table below is written by the scripts -->";

async function writeTable(): Promise<void> {
  const files = (await readdir(results)).filter((file) => file.endsWith(".json")).sort();
  const parts = await Promise.all(
    files.map(async (file) => {
      const { title, date, machine, lines } = JSON.parse(await readFile(new URL(file, results), "utf8"));
      const rows = Object.entries(lines as Record<string, Omit<Line, "what">>).map(
        ([what, { unit, value, goal = "" }]) => [what, `${text(value)} ${unit}`.trim(), goal] as const,
      );
      return [
        `**${title}** (${date}; ${machine})`,
        "",
        ...table([["measured", "median (min to max of runs)", "goal"], ...rows]),
        "",
      ];
    }),
  );
  const readme = new URL("README.md", bench);
  const [head = ""] = (await readFile(readme, "utf8")).split(marker);
  await writeFile(readme, [`${head}${marker}`, "", ...parts.flat()].join("\n"));
}

function text({ median, min, max, runs }: Spread): string {
  return runs === 1 ? `${median}` : `${median} (${min} to ${max} of ${runs})`;
}

type Row = readonly [string, string, string];

/** Markdown, with its columns aligned as the formatter wants them. */
function table(rows: readonly Row[]): string[] {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const [head = "", ...body] = rows.map((row) => line(row.map((cell, column) => cell.padEnd(widths[column] ?? 0))));
  return [head, line(widths.map((width) => "-".repeat(width))), ...body];
}
