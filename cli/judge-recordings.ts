import { createReadStream } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import pc from "picocolors";
import {
  BadRecording,
  judge,
  judgeRecording,
  LIMITS,
  type Limits,
  SPECIFICATIONS,
  type Specification,
  type Verdict,
  type Violation,
} from "../conformance/evs/judge/index.ts";
import { UserError } from "../tla/errors.ts";
import { BAD_INPUT, MISMATCH, NOT_CHECKED } from "./exit-codes.ts";
import { count } from "./progress.ts";
import { writeWhole } from "./results-file.ts";
import { print } from "./standard-output.ts";

interface JudgeFlags {
  readonly complete?: true;
  readonly limit: Partial<Limits>;
  readonly json?: string;
}

/** What became of one recording; `refused` where it could not be judged to its end. */
interface Judged {
  readonly file: string;
  readonly exit: number;
  readonly verdict: Verdict;
  readonly refused?: { readonly line: number; readonly because: string };
}

/** `lockstep judge`: recordings of any group communication system, held against Extended Virtual Synchrony. */
export function judgeCommand(): Command {
  return new Command("judge")
    .description("hold recordings of group communication (NDJSON, see docs/judge.md) against the specifications of EVS")
    .argument("<files...>", "recordings, each judged by itself; - is standard input")
    .option("--complete", "nothing more was to come in any of them: what is owed at the end is due")
    .option("--limit <name=number>", `hold more or less than usual of ${Object.keys(LIMITS).join(", ")}`, limit, {})
    .option("--json <file>", "write what was found as JSON")
    .action(async (files: readonly string[], flags: JudgeFlags) => {
      const judged: Judged[] = [];
      for (const file of files) {
        const one = await judgeFile(file, flags);
        await print(`${report(one).join("\n")}\n`);
        judged.push(one);
      }
      if (flags.json !== undefined)
        await writeWhole(flags.json, `${JSON.stringify({ recordings: judged }, null, 2)}\n`);
      process.exitCode = exitOf(judged);
    });
}

function limit(text: string, before: Partial<Limits>): Partial<Limits> {
  const [, name = "", number] = /^(\w+)=(\d+)$/.exec(text) ?? [];
  if (!Object.hasOwn(LIMITS, name)) {
    throw new InvalidArgumentError(`It must be one of ${Object.keys(LIMITS).join(", ")}, with = and a number.`);
  }
  return { ...before, [name]: Number(number) };
}

async function judgeFile(file: string, flags: JudgeFlags): Promise<Judged> {
  const judging = judge({ complete: flags.complete === true, limits: flags.limit });
  const source = file === "-" ? process.stdin : createReadStream(file, { highWaterMark: 1 << 20 });
  try {
    await judgeRecording(source, judging, flags.limit.line);
  } catch (error) {
    if (error instanceof BadRecording) {
      const refused = { line: error.line, because: error.message };
      return { file, exit: BAD_INPUT, verdict: judging.found(), refused };
    }
    if (error instanceof Error && "code" in error) {
      throw new UserError(`${file} cannot be read: ${error.message}.`, BAD_INPUT);
    }
    throw error;
  }
  const verdict = judging.end();
  return { file, exit: exitOfVerdict(verdict), verdict };
}

function exitOfVerdict({ violations, more, compared }: Verdict): number {
  if (violations.length + more > 0) return MISMATCH;
  return SPECIFICATIONS.some((name) => isJudged(name) && compared[name] > 0) ? 0 : NOT_CHECKED;
}

/** That configurations are what section 2 assumes says nothing yet of the specifications. */
function isJudged(name: Specification): boolean {
  return name !== "model";
}

/** What makes no sense first, then what is violated, then what was not judged. */
function exitOf(judged: readonly Judged[]): number {
  return [BAD_INPUT, MISMATCH, NOT_CHECKED].find((code) => judged.some(({ exit }) => exit === code)) ?? 0;
}

function report({ file, exit, verdict, refused }: Judged): string[] {
  const { events, isComplete, violations, more, compared } = verdict;
  const name = file === "-" ? "standard input" : file;
  const found = violations.length + more;
  const words =
    refused !== undefined
      ? `line ${refused.line} cannot be judged: ${visible(refused.because)}`
      : exit === NOT_CHECKED
        ? "nothing was judged"
        : found === 0
          ? "no specification is violated"
          : `${count(found)} ${found === 1 ? "violation" : "violations"}`;
  const unheld = SPECIFICATIONS.filter((one) => compared[one] === 0);
  return [
    `${exit === 0 ? pc.green("PASS") : pc.red("FAIL")} ${name}: ${words}`,
    `  ${count(events)} events${isComplete ? ", complete" : ""}`,
    ...violations.map(violationText),
    ...(more > 0 ? [`  and ${count(more)} more`] : []),
    `  compared: ${SPECIFICATIONS.filter((one) => compared[one] > 0)
      .map((one) => `${one} ${count(compared[one])}`)
      .join(", ")}`,
    ...(unheld.length > 0 ? [`  nothing to compare: ${unheld.join(", ")}`] : []),
  ];
}

function violationText({ specifications, says, lines }: Violation): string {
  const where = `${lines.length === 1 ? "line" : "lines"} ${lines.join(", ")}`;
  return `  ${specifications.join(" and ")}: ${visible(says)} (${where})`;
}

/** A recording names what it likes, and no name may move the cursor or turn the text around. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`);
}
