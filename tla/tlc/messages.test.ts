import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LONGEST_LINE } from "./lines.ts";
import { type Message, MessageReader } from "./messages.ts";

const STREAM = [
  "@!@!@STARTMSG 2262:0 @!@!@",
  "TLC2 Version 2.18 of 20 March 2023",
  "@!@!@ENDMSG 2262 @!@!@",
  "Parsing file /x/Counter.tla",
  "@!@!@STARTMSG 1000:1 @!@!@",
  "The exception was a tlc2.tool.ConfigFileException",
  ": @!@!@STARTMSG 5004:0 @!@!@",
  "The keyword SPECIFICATION appeared twice.",
  "@!@!@ENDMSG 5004 @!@!@",
  "@!@!@ENDMSG 1000 @!@!@",
  "@!@!@STARTMSG 2217:4 @!@!@",
  "1: <Initial predicate>",
  "n = 0",
  "",
  "@!@!@ENDMSG 2217 @!@!@",
  "",
].join("\n");

function read(pieces: readonly string[]): { messages: Message[]; lines: string[] } {
  const messages: Message[] = [];
  const lines: string[] = [];
  const reader = new MessageReader({
    onMessage: (message) => messages.push(message),
    onLine: (line) => lines.push(line),
  });
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return { messages, lines };
}

describe("the reader of TLC's message stream", () => {
  it("tells messages from other lines, and the inner message before the one it stands in", () => {
    const { messages, lines } = read([STREAM]);
    expect(lines).toEqual(["Parsing file /x/Counter.tla"]);
    expect(messages.map(({ code, severity, nested }) => [code, severity, nested])).toEqual([
      [2262, "info", false],
      [5004, "info", true],
      [1000, "error", false],
      [2217, "state", false],
    ]);
    expect(messages[2]?.text).toBe(
      "The exception was a tlc2.tool.ConfigFileException\n: \nThe keyword SPECIFICATION appeared twice.",
    );
    expect(messages[3]?.text).toBe("1: <Initial predicate>\nn = 0");
  });

  it("reads the same wherever the stream is cut into pieces, and with the line ends of Windows", () => {
    const whole = read([STREAM]);
    const cuts = fc.array(fc.nat(STREAM.length), { maxLength: 20 });
    fc.assert(
      fc.property(cuts, fc.boolean(), (places, windows) => {
        const bounds = [0, ...places.sort((a, b) => a - b), STREAM.length];
        const pieces = bounds.slice(1).map((bound, index) => STREAM.slice(bounds[index], bound));
        expect(read(windows ? [pieces.join("").replaceAll("\n", "\r\n")] : pieces)).toEqual(whole);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it("hands on what it has of a message that was cut off", () => {
    const { messages } = read(["@!@!@STARTMSG 2110:1 @!@!@\nInvariant Small is"]);
    expect(messages).toEqual([{ code: 2110, severity: "error", text: "Invariant Small is", nested: false }]);
  });

  it("keeps no more of a line than the limit, however long it is", () => {
    const piece = "x".repeat(1024 * 1024);
    const { lines } = read([...Array.from({ length: 20 }, () => piece), "\nnext\n"]);
    expect(lines.map((line) => line.length)).toEqual([LONGEST_LINE, 4]);
  });
});
