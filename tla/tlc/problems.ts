import { basename } from "node:path";
import { findLocation } from "./location.ts";

/** What is wrong with a specification or a configuration, in TLC's own words and where it says so. */
export interface Problem {
  /** Path of the module or of the configuration, as far as it is known. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly text: string;
}

/** What to say where SANY meets an empty file, or one that is no module: it throws an exception of Java's. */
export const NO_MODULE = "There is no module in this file.";

/** One line for a problem, in the form that editors recognise: `file:line:column: words`. */
export function problemText(problem: Problem): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(":");
  return place === "" ? problem.text : `${place}: ${problem.text}`;
}

/** The problems that SANY, TLA+'s parser, tells of in what it prints. */
export function readSanyProblems(lines: readonly string[]): Problem[] {
  const reader = new SanyReader();
  for (const line of lines) reader.line(line.trim());
  return reader.done();
}

/** Reads SANY's prose line by line; it names a place first and says on the lines below what is wrong there. */
class SanyReader {
  readonly #files = new Map<string, string>();
  readonly #found: Problem[] = [];
  #current: string | undefined;
  #section: "none" | "syntax" | "errors" | "warnings" = "none";
  #place: Omit<Problem, "text"> | undefined;
  #words: string[] = [];

  line(line: string): void {
    const file = /^Parsing file (.+?\.tla)( \(.*\))?$/.exec(line)?.[1];
    const lexical = /^Lexical error at line (\d+), column (\d+)\./.exec(line);
    if (file !== undefined) {
      this.#current = file;
      this.#files.set(basename(file, ".tla"), file);
    } else if (lexical !== null) {
      this.#add({ ...this.#inCurrent(), line: Number(lexical[1]), column: Number(lexical[2]) }, line);
    } else if (line.startsWith("***")) {
      this.#flush();
      this.#section = sectionOf(line);
      if (this.#section === "syntax") this.#place = this.#inCurrent();
    } else if (this.#section === "syntax") {
      if (line === "") this.#leave();
      else this.#words.push(line);
    } else if (this.#section === "errors") {
      this.#inErrors(line);
    }
  }

  done(): Problem[] {
    this.#flush();
    // "Could not parse module X" only repeats what was said of X before.
    const telling = this.#found.filter((problem) => !problem.text.startsWith("Could not parse module"));
    return telling.length > 0 ? telling : this.#found;
  }

  #inErrors(line: string): void {
    const location = findLocation(line);
    if (location !== undefined && line.startsWith("line ")) {
      this.#flush();
      this.#place = { ...this.#in(location.module), line: location.line, column: location.column };
    } else if (/^In module \w+$/.test(line) || line === "Unknown location") {
      this.#flush();
      this.#place = line === "Unknown location" ? this.#inCurrent() : this.#in(line.slice("In module ".length));
    } else if (line !== "" && this.#place !== undefined) {
      this.#words.push(line);
    }
  }

  #leave(): void {
    this.#flush();
    this.#section = "none";
  }

  #flush(): void {
    if (this.#place !== undefined && this.#words.length > 0) {
      const text = this.#words.join(" ");
      const at = /at line (\d+), column (\d+)/.exec(text);
      // Builds of 2026 find the end of an empty file at line 0.
      const where = at === null || at[1] === "0" ? {} : { line: Number(at[1]), column: Number(at[2]) };
      this.#add({ ...this.#place, ...where }, text);
    }
    this.#place = undefined;
    this.#words = [];
  }

  #add(place: Omit<Problem, "text">, text: string): void {
    this.#found.push({ ...place, text });
  }

  #in(module: string): Pick<Problem, "file"> {
    return { file: this.#files.get(module) ?? `${module}.tla` };
  }

  #inCurrent(): Pick<Problem, "file"> {
    return this.#current === undefined ? {} : { file: this.#current };
  }
}

function sectionOf(heading: string): "none" | "syntax" | "errors" | "warnings" {
  if (heading.startsWith("***Parse Error")) return "syntax";
  if (/^\*\*\* (Errors|Abort messages):/.test(heading)) return "errors";
  return heading.startsWith("*** Warnings:") ? "warnings" : "none";
}
