import { BadRecording, type RecordedEvent, recordedEvent } from "./event.ts";
import type { Judge } from "./judge.ts";
import { LIMITS } from "./limits.ts";

/**
 * Reads one line of a recording.
 *
 * @throws BadRecording with one sentence where it is none.
 */
export function readEvent(text: string, line: number): RecordedEvent {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new BadRecording(line, text.trim() === "" ? "it is empty" : "it is not JSON");
  }
  const read = recordedEvent.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue?.path.length === 0 ? "" : `${issue?.path.join(".")}: `;
  const complaint = (issue?.message ?? "").replace(/\.$/, "");
  throw new BadRecording(line, `it is no event: ${where}${complaint.slice(0, COMPLAINT)}`);
}

/** Characters of a complaint: it may quote what is as long as a line. */
const COMPLAINT = 200;

/**
 * Hands the lines of a recording to a judge, as UTF-8 in chunks of any size. Nothing is kept but a line that has not
 * ended yet.
 *
 * @throws BadRecording where a line is no event, is not UTF-8, or is longer than the limit.
 */
export async function judgeRecording(
  chunks: AsyncIterable<Uint8Array>,
  judge: Judge,
  longest: number = LIMITS.line,
): Promise<void> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 0;
  let rest = "";
  const takeLines = (text: string, isLast: boolean): void => {
    const lines = (rest + text).split("\n");
    rest = isLast ? "" : (lines.pop() ?? "");
    for (const one of lines) {
      line++;
      if (one.length > longest) throw tooLong(line, longest);
      judge.take(readEvent(one, line), line);
    }
    if (rest.length > longest) throw tooLong(line + 1, longest);
  };
  const decoded = (chunk?: Uint8Array): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch {
      throw new BadRecording(line + 1, "it, or one soon after it, is not UTF-8");
    }
  };
  for await (const chunk of chunks) takeLines(decoded(chunk), false);
  const end = decoded();
  if (rest + end !== "") takeLines(end, true);
}

function tooLong(line: number, longest: number): BadRecording {
  return new BadRecording(line, `it is longer than ${longest} characters, the limit "line"`);
}
