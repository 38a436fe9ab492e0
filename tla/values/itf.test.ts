import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { UserError } from "../errors.ts";
import { fromItf, type ItfTrace, loadItf, readItf, toItf, writeItf } from "./itf.ts";

const TRACE: ItfTrace = {
  meta: { format: "ITF", source: "Clock.tla" },
  params: ["N"],
  variables: ["hour", "who"],
  states: [
    { meta: { index: 0 }, values: { hour: 1, who: { "#model": "alice" } } },
    { meta: { index: 1, action: "Tick" }, values: { hour: 2, who: { __proto__x: { "#set": ["a"] } } } },
  ],
  loop: 0,
};

describe("ITF", () => {
  it("writes a trace that reads back as itself, with every integer as a #bigint", () => {
    const text = writeItf(TRACE);
    expect(text).toContain('"hour":{"#bigint":"1"},"who":{"#model":"alice"}');
    expect(readItf(text, "t.itf.json")).toEqual(TRACE);
    expect(writeItf(readItf(text, "t.itf.json"))).toBe(text);
  });

  it("reads what Apalache writes: metadata, plain numbers, functions as pairs", () => {
    const text = `{"#meta":{"format":"ITF","varTypes":{"f":"Int -> Bool"}},"vars":["f","x"],
      "states":[{"#meta":{"index":0},"f":{"#map":[[{"#bigint":"0"},true]]},"x":3}]}`;
    expect(readItf(text, "t").states[0]?.values).toEqual({ f: { "#map": [[0, true]] }, x: 3 });
  });

  it("keeps a field called __proto__ as a field, both ways", () => {
    const value = fromItf(JSON.parse('{"__proto__":{"#bigint":"1"}}'));
    expect(JSON.stringify(value)).toBe('{"__proto__":1}');
    expect(JSON.stringify(toItf(value))).toBe('{"__proto__":{"#bigint":"1"}}');
  });

  const good = { vars: ["x"], states: [{ x: 1 }] };
  it.each([
    ["", "it is empty"],
    ["{", "it is not JSON, or was cut off"],
    [writeItf(TRACE).slice(0, -20), "it is not JSON, or was cut off"],
    ["[]", "the whole: "],
    ["null", "the whole: "],
    [JSON.stringify({ ...good, vars: undefined }), "vars: "],
    [JSON.stringify({ ...good, vars: [] }), "vars: "],
    [JSON.stringify({ ...good, vars: ["x", "x"] }), "vars names a variable twice"],
    [JSON.stringify({ ...good, vars: ["#x"] }), "vars.0: expected the name of a variable"],
    [JSON.stringify({ ...good, states: [] }), "states: "],
    [JSON.stringify({ ...good, loop: 1 }), "loop is 1, but there are 1 states"],
    [JSON.stringify({ ...good, states: [7] }), "states.0: expected an object"],
    [JSON.stringify({ ...good, states: [{}] }), "states.0: expected the variables x, found none"],
    [JSON.stringify({ ...good, states: [{ x: 1, y: 2 }] }), "states.0: expected the variables x, found x, y"],
    [JSON.stringify({ ...good, states: [{ x: null }] }), "states.0.x: expected a TLA+ value"],
    [JSON.stringify({ ...good, states: [{ x: 1.5 }] }), "states.0.x: 1.5 is not a safe integer"],
    [
      JSON.stringify({ ...good, states: [{ x: { "#bigint": 1 } }] }),
      "states.0.x.#bigint: expected an integer in digits",
    ],
    [JSON.stringify({ ...good, states: [{ x: { "#bigint": "1x" } }] }), "expected an integer in digits"],
    [JSON.stringify({ ...good, states: [{ x: { "#model": "TRU E" } }] }), "expected the name of a model value"],
    [JSON.stringify({ ...good, states: [{ x: { "#set": 1 } }] }), "states.0.x.#set: expected an array"],
    [JSON.stringify({ ...good, states: [{ x: { "#map": [[1]] } }] }), "states.0.x.#map.0: expected a pair"],
    [
      JSON.stringify({
        ...good,
        states: [
          {
            x: {
              "#map": [
                [1, 2],
                [1, 3],
              ],
            },
          },
        ],
      }),
      "an argument is given twice",
    ],
    [JSON.stringify({ ...good, states: [{ x: { "#tup": [], y: 1 } }] }), "expected nothing beside #tup"],
    [JSON.stringify({ ...good, states: [{ x: { y: 1, "#tup": [] } }] }), "expected nothing beside #tup"],
    [JSON.stringify({ ...good, states: [{ x: { "#unserializable": "Nat" } }] }), "there is no such kind of value"],
  ])("refuses the file %j with one sentence", (text, sentence) => {
    expect(() => readItf(text, "bad.itf.json")).toThrow(UserError);
    expect(() => readItf(text, "bad.itf.json")).toThrow(`bad.itf.json is not an ITF trace: `);
    expect(() => readItf(text, "bad.itf.json")).toThrow(sentence);
  });

  it("refuses a value nested 100,000 deep without exhausting the stack", () => {
    const deep = '{"#tup":['.repeat(100_000) + "]}".repeat(100_000);
    expect(() => readItf(`{"vars":["x"],"states":[{"x":${deep}}]}`, "deep")).toThrow(
      "values nest deeper than 256 levels",
    );
  });

  it("refuses to write a state that lacks a variable", () => {
    expect(() => writeItf({ ...TRACE, states: [{ meta: {}, values: { hour: 1 } }] })).toThrow(TypeError);
  });

  it("says in one sentence why a file cannot be read", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lockstep-itf-"));
    try {
      await expect(loadItf(join(folder, "none"))).rejects.toThrow("cannot be read: there is no such file");
      await expect(loadItf(folder)).rejects.toThrow("cannot be read: it is a directory");
      const binary = join(folder, "binary");
      await writeFile(binary, Uint8Array.of(0xff, 0xfe));
      await expect(loadItf(binary)).rejects.toThrow("is not text in UTF-8");
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
