import { describe, expect, it } from "vitest";
import { BadRecording } from "./event.ts";
import { judge, type Verdict } from "./judge.ts";
import { judgeRecording } from "./recording.ts";
import { regular, sends } from "./testing/lines.ts";

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string | Uint8Array, size = 7, longest?: number): Promise<Verdict | string> {
  const judging = judge();
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  try {
    await judgeRecording(chunks(bytes, size), judging, longest);
    return judging.end();
  } catch (error) {
    if (error instanceof BadRecording) return `${error.line}: ${error.message}`;
    throw error;
  }
}

const line = (event: unknown): string => `${JSON.stringify(event)}\n`;
const first = line(regular("é", "r", "é"));

describe("a recording", () => {
  it("is read in chunks of any size, with or without an end of line at its end", async () => {
    for (const text of [
      first + line(sends("é", 1)),
      (first + line(sends("é", 1))).trimEnd(),
      first.replace("\n", "\r\n") + line(sends("é", 1)),
    ]) {
      for (const size of [1, 2, 7, 1_000]) expect(await read(text, size)).toMatchObject({ events: 2, violations: [] });
    }
    expect(await read("")).toMatchObject({ events: 0 });
  });

  it.each([
    ["2: it is not JSON", "{"],
    ["2: it is empty", "\n"],
    ["2: it is no event: Invalid input: expected object, received array", "[]"],
    [
      "2: it is no event: event: Invalid discriminator value. Expected 'configuration' | 'send' | 'deliver' | 'fail' | 'recover' | 'complete'",
      "{}",
    ],
    ['2: it is no event: Unrecognized key: "colour"', line({ ...sends("p", 1), colour: "red" })],
    ['2: it is no event: Unrecognized key: "__proto__"', '{"process":"p","event":"fail","__proto__":{}}'],
    [
      "2: it is no event: number: Invalid input: expected number, received string",
      line({ ...sends("p", 1), number: "1" }),
    ],
    ["2: it is no event: number: Invalid input: expected int, received number", line(sends("p", 1.5))],
    ["2: it is no event: number: Too big: expected int to be <=9007199254740991", line(sends("p", 2 ** 60))],
    [
      '2: it is no event: service: Invalid option: expected one of "agreed"|"safe"',
      line({ ...sends("p", 1), service: "causal" }),
    ],
    ["2: it is no event: process: Too big: expected string to have <=256 characters", line(sends("p".repeat(257), 1))],
    ["2: it is no event: members: Too small: expected array to have >=1 items", line(regular("p", "s", ""))],
  ])("is refused: %s", async (says, text) => {
    expect(await read(first + text)).toBe(says);
  });

  it("is refused in few words, however much there is to say", async () => {
    const key = "k".repeat(100_000);
    const says = await read(first + line({ ...sends("p", 1), [key]: 1 }), 1_000);
    expect(says).toMatch(/^2: it is no event: Unrecognized key: "k+$/);
    expect(String(says).length).toBeLessThan(300);
    expect(await read(first + "[".repeat(500_000), 1_000_000)).toBe("2: it is not JSON");
  });

  it("is refused where it is not UTF-8, and where a line has no end", async () => {
    expect(await read(new Uint8Array([...new TextEncoder().encode(first), 0xff, 0x0a]))).toBe(
      "2: it, or one soon after it, is not UTF-8",
    );
    expect(await read(first + " ".repeat(200), 7, 100)).toBe('2: it is longer than 100 characters, the limit "line"');
    expect(await read(`${first}${" ".repeat(200)}\n`, 1_000, 100)).toBe(
      '2: it is longer than 100 characters, the limit "line"',
    );
  });
});
