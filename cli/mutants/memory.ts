import { createHash } from "node:crypto";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * What was found before, in a file of lines that is only ever added to: a run that was interrupted is taken up where it
 * ended. What a finding depends on is in its key, so that nothing in it is ever out of date.
 */
export class Memory<T> {
  readonly #path: string | undefined;
  readonly #found: Map<string, T>;

  private constructor(path: string | undefined, found: Map<string, T>) {
    this.#path = path;
    this.#found = found;
  }

  /** Reads what is there; a line that was not written to its end is left out. Without a path nothing is kept. */
  static async open<T>(path: string | undefined): Promise<Memory<T>> {
    const found = new Map<string, T>();
    if (path === undefined) return new Memory(path, found);
    await mkdir(dirname(path), { recursive: true });
    const text = await readFile(path, "utf8").catch(() => "");
    for (const line of text.split("\n")) {
      const entry = entryOf<T>(line);
      if (entry !== undefined) found.set(...entry);
    }
    // A line that was cut short must not swallow the next one.
    if (text !== "" && !text.endsWith("\n")) await appendFile(path, "\n");
    return new Memory(path, found);
  }

  get(key: string): T | undefined {
    return this.#found.get(key);
  }

  async put(key: string, value: T): Promise<void> {
    this.#found.set(key, value);
    if (this.#path !== undefined) await appendFile(this.#path, `${JSON.stringify([key, value])}\n`);
  }
}

/** The key of what depends on these, whatever they are. */
export function keyOf(...parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

function entryOf<T>(line: string): [string, T] | undefined {
  try {
    return JSON.parse(line) as [string, T];
  } catch {
    return undefined;
  }
}
