import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TlcResult } from "../tlc/result.ts";
import { runTlc } from "../tlc/run.ts";
import { canonical } from "./canonical.ts";
import { fromItf, readItf, toItf, writeItf } from "./itf.ts";
import { parseState, parseValue } from "./parse.ts";
import { printState, printValue } from "./print.ts";
import { isMap, isModelValue, isSet, isTuple, type TlaValue } from "./value.ts";

const SEED = 20261121;

const MODEL_VALUES = ["m1", "m2", "a_long_model_value"];

const name = fc.constantFrom("a", "b2", "type", "IF", "TRUE", "__proto__", "constructor", "x_y", "2b", "field");
const text = fc.oneof(
  name,
  fc.constantFrom(
    "",
    "1",
    "a b",
    'say "x, y"',
    "\\",
    "/\\ x = 1\n",
    "\t\f\r",
    "<<1, {2",
    "(* c *)",
    "a |-> b @@ c :> d",
  ),
  fc.string({ maxLength: 12 }),
);
const scalar = [fc.integer({ min: -(2 ** 31) + 1, max: 2 ** 31 - 1 }), text, fc.boolean()] as const;
const modelValue = fc.constantFrom(...MODEL_VALUES).map((model): TlaValue => ({ "#model": model }));

/** Values of one type, as TLC wants the elements of a set to be; all shapes of the type, shrinking to small ones. */
const typed: fc.Arbitrary<fc.Arbitrary<TlaValue>> = fc.letrec<{ type: fc.Arbitrary<TlaValue> }>((tie) => ({
  type: fc.oneof(
    { depthSize: "small", maxDepth: 3 },
    fc.constantFrom<fc.Arbitrary<TlaValue>>(...scalar, modelValue),
    tie("type").map((type) => fc.array(type, { maxLength: 4 }).map((set): TlaValue => ({ "#set": set }))),
    tie("type").map((type) => fc.array(type, { maxLength: 4 }).map((tup): TlaValue => ({ "#tup": tup }))),
    fc.tuple(tie("type"), tie("type")).map(([a, b]) => fc.tuple(a, b).map((tup): TlaValue => ({ "#tup": tup }))),
    fc
      .uniqueArray(fc.tuple(name, tie("type")), { minLength: 1, maxLength: 4, selector: ([field]) => field })
      .map((fields) =>
        fc.tuple(...fields.map(([, type]) => type)).map((values) => {
          return Object.fromEntries(fields.map(([field], index): [string, TlaValue] => [field, values[index] ?? 0]));
        }),
      ),
    fc
      .tuple(fc.oneof({ weight: 1, arbitrary: fc.constant(fc.integer({ min: 0, max: 3 })) }, tie("type")), tie("type"))
      .map(([from, to]) => fc.array(fc.tuple(from, to), { maxLength: 4 }).map((map): TlaValue => ({ "#map": map }))),
  ),
})).type;

const value: fc.Arbitrary<TlaValue> = typed.chain((type) => type);

/** Integers that TLC cannot compute with are read and written all the same. */
const anyValue: fc.Arbitrary<TlaValue> = fc.oneof(
  { weight: 9, arbitrary: value },
  { weight: 1, arbitrary: fc.bigInt().map((integer): TlaValue => ({ "#bigint": String(integer) })) },
);

describe("round trips", () => {
  it("reads back every value that it prints", () => {
    fc.assert(
      fc.property(anyValue, (it) => canonical(parseValue(printValue(it))) === canonical(it)),
      { seed: SEED, numRuns: 2000 },
    );
  });

  it("reads back every state that it prints", () => {
    fc.assert(
      fc.property(fc.dictionary(name, value, { minKeys: 1 }), (state) => {
        expect(printState(parseState(printState(state)))).toBe(printState(state));
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it("gives one text whatever the order of a set, a record or a function", () => {
    fc.assert(
      fc.property(anyValue, (it) => canonical(reversed(it)) === canonical(it)),
      { seed: SEED, numRuns: 1000 },
    );
  });

  it("survives ITF in both directions, through JSON", () => {
    fc.assert(
      fc.property(anyValue, (it) => {
        const json: unknown = JSON.parse(JSON.stringify(toItf(it)));
        expect(canonical(fromItf(json))).toBe(canonical(it));
        expect(toItf(fromItf(json))).toEqual(json);
      }),
      { seed: SEED, numRuns: 1000 },
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), (values) => {
        const states = values.map((x, index) => ({ meta: { index }, values: { x } }));
        const trace = { meta: {}, params: [], variables: ["x"], states };
        const written = writeItf(trace);
        expect(writeItf(readItf(written, "t"))).toBe(written);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });
});

describe("TLC as the oracle", () => {
  // Strings beyond ASCII depend on the encoding that Java reads and prints with, and a backquote opens a comment even
  // inside a string, so neither is asked of TLC.
  const samples = fc
    .sample(value, { seed: SEED, numRuns: 400 })
    .filter((sample) => /^[\x20-\x5f\x61-\x7e]*$/.test(canonical(sample)));

  it("prints values that are read back, and finds each equal to what was read", async () => {
    expect(samples.length).toBeGreaterThan(300);
    const definitions = samples.map((sample, index) => `v${index} == ${roughly(sample)}`);
    const printed = await evaluate([
      ...definitions,
      ...samples.map((_, i) => `ASSUME PrintT("@${i}") /\\ PrintT(v${i})`),
    ]);
    expect(printed.result.outcome).toMatchObject({ kind: "success" });
    const texts = printed.lines
      .join("\n")
      .split(/^"@\d+"\n/m)
      .slice(1);
    expect(texts.length).toBe(samples.length);
    expect(texts.some((it) => it.trim().includes("\n"))).toBe(true);
    const read = texts.map((it) => parseValue(it));
    expect(read.map(canonical)).toEqual(samples.map(canonical));
    const checked = await evaluate([...definitions, ...read.map((it, i) => `ASSUME v${i} = ${printValue(it)}`)]);
    expect(checked.result.outcome).toMatchObject({ kind: "success" });
  });

  it("rejects every value that was altered", async () => {
    const pairs = samples.map((sample) => [sample, altered(sample)] as const);
    const differing = pairs.filter(([sample, other]) => canonical(sample) !== canonical(other));
    expect(differing.length).toBeGreaterThan(200);
    const definitions = differing.map(([sample], index) => `v${index} == ${roughly(sample)}`);
    const claims = differing.map(([, other], index) => `v${index} = ${printValue(other)}`);
    const told = await evaluate([...definitions, ...claims.map((claim, i) => `ASSUME PrintT(<<"@${i}", ${claim}>>)`)]);
    expect(told.result.outcome).toMatchObject({ kind: "success" });
    expect(told.lines).toEqual(claims.map((_, index) => `<<"@${index}", FALSE>>`));
    const [claim] = claims;
    const refused = await evaluate([...definitions, `ASSUME ${claim}`]);
    expect(refused.result).toMatchObject({ exitCode: 10, outcome: { kind: "assumption" } });
  });
});

/** Has TLC read a module of these lines. */
async function evaluate(lines: readonly string[]): Promise<{ result: TlcResult; lines: readonly string[] }> {
  const folder = await mkdtemp(join(tmpdir(), "lockstep-oracle-"));
  try {
    const spec = join(folder, "Oracle.tla");
    const head = [
      "---- MODULE Oracle ----",
      "EXTENDS TLC, Integers",
      `CONSTANTS ${MODEL_VALUES.join(", ")}`,
      "VARIABLE x",
    ];
    const body = ["Init == x = 0", "Next == UNCHANGED x", ...lines, "===="];
    await writeFile(spec, [...head, ...body].join("\n"));
    const constants = MODEL_VALUES.map((model) => `CONSTANT ${model} = ${model}`);
    await writeFile(join(folder, "Oracle.cfg"), ["INIT Init", "NEXT Next", ...constants].join("\n"));
    const printed: string[] = [];
    const result = await runTlc({ spec, workers: 1, onPrint: (line) => printed.push(line) });
    return { result, lines: printed };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A value in TLA+ that is far from canonical: sets as they come, every function and record by `:>` and `@@`. */
function roughly(it: TlaValue): string {
  if (typeof it !== "object" || isModelValue(it)) return printValue(it);
  if (isTuple(it)) return `<<${it["#tup"].map(roughly).join(",")}>>`;
  if (isSet(it)) return `{${it["#set"].map(roughly).join(" ,\n ")}}`;
  const pairs: readonly (readonly [TlaValue, TlaValue])[] = isMap(it) ? it["#map"] : Object.entries(it as object);
  if (pairs.length === 0) return "[none \\in {} |-> 0]";
  return `(${pairs.map(([from, to]) => `${roughly(from)} :> ${roughly(to)}`).join(" @@ ")})`;
}

function reversed(it: TlaValue): TlaValue {
  if (typeof it !== "object" || "#bigint" in it || isModelValue(it)) return it;
  if (isTuple(it)) return { "#tup": it["#tup"].map(reversed) };
  if (isSet(it)) return { "#set": it["#set"].map(reversed).reverse() };
  if (isMap(it)) {
    const first = new Map(it["#map"].toReversed().map((pair) => [canonical(pair[0]), pair]));
    return { "#map": [...first.values()].map(([from, to]) => [reversed(from), reversed(to)] as const) };
  }
  return Object.fromEntries(
    Object.entries(it as object)
      .reverse()
      .map(([field, part]) => [field, reversed(part)]),
  );
}

/** The value with each of its integers, truth values and strings changed, so of the same type still. */
function altered(it: TlaValue): TlaValue {
  if (typeof it === "number") return it === 7 ? 8 : 7;
  if (typeof it === "boolean") return !it;
  if (typeof it === "string") return `${it}!`;
  if (isModelValue(it)) return { "#model": it["#model"] === "m1" ? "m2" : "m1" };
  if (isTuple(it)) return { "#tup": it["#tup"].map(altered) };
  if (isSet(it)) return { "#set": it["#set"].map(altered) };
  if (isMap(it)) return { "#map": it["#map"].map(([from, to]) => [from, altered(to)] as const) };
  return Object.fromEntries(Object.entries(it as object).map(([field, part]) => [field, altered(part)]));
}
