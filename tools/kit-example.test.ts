import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { headerLine, kitSchema, kitSource, tallied, vectorLines } from "../conformance/engine/index.ts";
import { parts } from "../conformance/engine/testing/counter.ts";
import type { Refusal } from "../impl/wackamole/index.ts";
import { type Ended, run } from "./consumer.ts";
import { root } from "./house/files.ts";

const example = join(root, "examples/kit-python");
const schemaFile = join(root, "docs/kit.schema.json");
const python = hasPython();
if (!python) console.warn("There is no python3: the runner for ports is NOT tested.");

let folder: string;
let file: string;
/** A kit of a dozen lines, for ports that do not get far. */
let small: string;
let smallLines: readonly string[];
let made: Ended;
let lines: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lockstep-kit-"));
  file = join(folder, "kit.ndjson");
  small = join(folder, "small.ndjson");
  smallLines = counterKit();
  await writeFile(small, smallLines.join("\n"));
  made = await run(root, process.execPath, "dist/cli/main.js", "kit", "wackamole", "--out", file);
  lines = (await readFile(file, "utf8").catch(() => made.out)).split("\n");
}, 300_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Asks a port everything in a kit. */
function runKit(command: readonly string[], options: readonly string[] = [], kit: string = file): Promise<Ended> {
  return run(example, "python3", "run_kit.py", ...options, kit, "--", ...command);
}

describe("the kit of Wackamole's quick graph", () => {
  it("covers every edge, and every conjunct that can refuse", () => {
    expect(made.code).toBe(0);
    expect(made.out).toMatch(/^PASS wackamole: all edges of 1 graph and \d+ refusals$/m);
    const Header = z.object({
      graphs: z.array(z.object({ cfg: z.string(), edges: z.number(), covered: z.number() })),
      refused: z.record(z.string(), z.record(z.string(), z.number().positive())),
    });
    const { graphs, refused } = Header.parse(JSON.parse(lines[0] ?? ""));
    expect(graphs).toEqual([{ cfg: "MCWackamole.cfg", edges: 46_306, covered: 46_306 }]);
    const every: Record<Refusal, true> = {
      ...{ InGather: true, OfCurrentView: true, InRun: true, NotMature: true, Representative: true },
      ...{ HandoverOver: true, SomethingToMove: true, Connected: true, FromMember: true, FromRepresentative: true },
      ...{ OfMembers: true, OnItsWay: true, WellFormed: true },
    };
    expect(new Set(Object.values(refused).flatMap(Object.keys))).toEqual(new Set(Object.keys(every)));
  });

  it("is not made of a graph in which nothing is balanced: the conjuncts without a vector are named", async () => {
    const args = ["kit", "wackamole", "--cfg", "MCWackamoleSmall.cfg", "--out", join(folder, "none.ndjson")];
    const { code, out } = await run(root, process.execPath, "dist/cli/main.js", ...args);
    expect(out).toMatch(/^The vectors of MCWackamoleSmall.cfg leave gaps: no vector has Balance taken; .*\.\n$/);
    expect(code).toBe(4);
    expect(await readdir(folder)).not.toContain("none.ndjson");
  });

  it("is of a few megabytes", () => {
    expect(lines.join("\n").length).toBeLessThan(5_000_000);
  });

  it("has lines as the committed schema says, every one", async () => {
    const validate = new Ajv2020({ strict: true }).compile(JSON.parse(await readFile(schemaFile, "utf8")));
    expect(lines.at(-1)).toBe("");
    expect(lines.length).toBeGreaterThan(10_000);
    const wrong = lines.slice(0, -1).filter((line) => !validate(JSON.parse(line)));
    expect(wrong).toEqual([]);
  });
});

describe("the committed schema", () => {
  it("is what the shapes are now", async () => {
    // `npx vitest run tools/kit-example -u` writes it anew.
    await expect(`${JSON.stringify(kitSchema(), null, 2)}\n`).toMatchFileSnapshot(schemaFile);
  });

  it("refuses what is no line of a kit", async () => {
    const validate = new Ajv2020({ strict: true }).compile(JSON.parse(await readFile(schemaFile, "utf8")));
    const step = { kind: "step", config: 0, state: 0, event: 0 };
    const took = { kind: "took", action: "A", state: 1, effects: [] };
    expect(validate({ ...step, outcome: took })).toBe(true);
    for (const line of [
      ...[null, {}, { kind: "other" }, { kind: "state", id: 0 }, { kind: "state", id: -1, state: {} }],
      ...[
        step,
        { ...step, outcome: { kind: "refused", action: "A" } },
        { ...step, outcome: { ...took, because: "B" } },
      ],
      ...[
        { ...step, event: {}, outcome: took },
        { ...step, outcome: took, more: 1 },
      ],
      { kind: "header", format: "lockstep-kit", version: 2 },
    ]) {
      expect([line, validate(line)]).toEqual([line, false]);
    }
  });
});

describe.skipIf(!python)("the runner for ports", () => {
  it("passes our own reducer behind the adapter, having compared everything", async () => {
    const { code, out } = await runKit([process.execPath, "adapter.mjs"]);
    const vectors = lines.filter((line) => /^\{"kind":"(?:initial|step)"/.test(line)).length;
    expect(vectors).toBeGreaterThan(10_000);
    expect(out).toMatch(new RegExp(`^PASS wackamole: ${vectors} of ${vectors} answers compared, 0 wrong$`, "m"));
    expect(code).toBe(0);
  });

  const planted: Readonly<Record<string, string>> = {
    "initial-releases-nothing": "effects[0].addresses: expected ",
    "old-state-believed": 'because: expected "OfCurrentView", got nothing',
    "sends-before-it-releases": "effects[0].",
    "announces-nothing": 'effects[2].how: expected "gratuitous-arp", got nothing',
    "maturity-forgotten": "state.mature: expected true, got false",
    "another-conjunct": 'because: expected "Representative", got "SomethingToMove"',
    "hosts-without-limit": "effects[0].message.hosts[4]: expected nothing, got ",
    "malformed-let-in": 'because: expected "WellFormed", got nothing',
    "numbers-for-booleans": "state.mature: expected false, got 0",
    "absent-for-null": "state.handover.a1: expected null, got nothing",
    "balances-as-often-as-it-shares": "effects[4].ms: expected 60000, got 90000",
    "mature-timeout-fixed": "effects[1].ms: expected 5001, got 5000",
    "hosts-limit-fixed": "effects[0].message.hosts[4]: expected ",
    "prefix-fixed": "effects[0].addresses[0].prefix: expected 16, got 24",
    "interface-fixed": 'effects[1].addresses[0].interface: expected "eth1", got "eth0"',
    "first-address-alone": "effects[0].addresses[1]: expected ",
    "groups-sorted": 'effects[0].group: expected "zeta", got "alpha"',
    "members-sorted": 'state.view.members[0]: expected "n3", got "n1"',
    "number-for-mature": 'action: expected "Malformed", got "ReceiveStateMsg"',
    "number-for-view": 'action: expected "Malformed", got "ViewChange"',
    "number-for-owner": 'action: expected "Malformed", got "ReceiveBalanceMsg"',
    "leading-zeros": 'action: expected "Malformed", got "LearnHosts"',
    zone: 'action: expected "Malformed", got "LearnHosts"',
    "no-length-limit": 'action: expected "Malformed", got "LearnHosts"',
    "unknown-fields-refused": 'because: expected "InGather", got "WellFormed"',
  };

  it.each(Object.entries(planted))("finds the planted fault %s, and says where it shows", async (name, says) => {
    const { code, out } = await runKit([process.execPath, "adapter.mjs", "--fault", name], ["--stop", "--show", "1"]);
    expect(out).toContain(`   ${says}`);
    expect(out).toMatch(/^FAIL wackamole: \d+ of \d+ answers compared, [1-9]\d* wrong$/m);
    expect(code).toBe(3);
  });

  it("has every fault of the example tried", async () => {
    const { code, out } = await run(example, process.execPath, "adapter.mjs", "--fault", "nothing");
    expect([code, out]).toEqual([64, `There is no fault nothing; there is ${Object.keys(planted).join(", ")}.\n`]);
  });

  const misbehaving: readonly (readonly [does: string, program: string, says: string])[] = [
    ["ends at once", "", "the port ended without an answer"],
    ["ends later", answering("if (n++ === 9) process.exit(1); say('{}');"), "the port ended without an answer"],
    ["hangs", "setTimeout(() => {}, 60_000)", "the port gave no answer within 1 s"],
    ["reads all and says nothing", answering(""), "the port gave no answer within 1 s"],
    ["ends its lines with nothing", answering("process.stdout.write('{}');"), "the port gave no answer within 1 s"],
    ["writes no JSON", answering("say('hi');"), "the port gave an answer that is not JSON: 'hi'"],
    ["writes NaN", answering("say('NaN');"), "the port gave an answer that is not JSON: 'NaN'"],
    ["writes no text", answering("say(Buffer.from([255]));"), "the port gave an answer that is not JSON: '\\xff'"],
    ["nests too deep", answering("say('['.repeat(200_000));"), "the port gave an answer that is not JSON"],
    [
      "never ends a line",
      "for (;;) require('fs').writeSync(1, 'x'.repeat(65536))",
      "the port gave an answer of more than",
    ],
    ["says too much", answering("say('{}'); if (n++ === 0) say('{}');"), "the port said more than it was asked."],
  ];

  it.each(misbehaving)("gives one sentence for a port that %s", async (_, program, says) => {
    const limit = says.includes("within 1 s") ? "1" : "60";
    const { code, out } = await runKit([process.execPath, "-e", program], ["--time-limit", limit], small);
    const last = out.split("\n").find((line) => /^(PASS|FAIL)/.test(line));
    expect(last?.startsWith(`FAIL ${says}`), out).toBe(true);
    expect(out).not.toContain("Traceback");
    expect(code).toBe(3);
  });

  it("gives one sentence and 64 for what makes no sense", async () => {
    const bad = join(folder, "bad.ndjson");
    const [header = "", config = "", ...others] = smallLines;
    const kits: Readonly<Record<string, string>> = {
      "is empty": "",
      "is no text": "\u0000",
      "is another format": '{"format":"other"}\n',
      "is of another version": `${header.replace('"version":1', '"version":2')}\n`,
      "is truncated between lines": `${smallLines.slice(0, 10).join("\n")}\n`,
      "is truncated within a line": smallLines.join("\n").slice(0, -10),
      "lacks the end of its last line": smallLines.join("\n").trimEnd(),
      "has a line twice": [header, config, config, ...others].join("\n"),
      "names a value that no line tells": [header, '{"kind":"initial","config":-1,"outcome":{}}', ""].join("\n"),
      "nests too deep": `${"[".repeat(200_000)}\n`,
    };
    for (const [how, text] of Object.entries(kits)) {
      await writeFile(bad, text);
      const { code, out } = await runKit(["true"], [], bad);
      expect([how, code, out.trimEnd().split("\n").length, out.includes("bad.ndjson is no kit: ")]).toEqual([
        ...[how, 64, 1, true],
      ]);
    }
    for (const [options, kit, command] of [
      [[], join(folder, "nowhere"), ["true"]],
      [[], folder, ["true"]],
      [[], small, []],
      [[], small, [join(folder, "nowhere")]],
      [["--time-limit", "0"], small, ["true"]],
      [["--time-limit", "nan"], small, ["true"]],
      [["--show", "0"], small, ["true"]],
      [["--nonsense"], small, ["true"]],
    ] as const) {
      const { code, out } = await runKit(command, options, kit);
      expect([options, code, out.trimEnd().split("\n").length]).toEqual([options, 64, 1]);
    }
  });

  it("ends with 4 where a kit asks nothing", async () => {
    const nothing = join(folder, "nothing.ndjson");
    await writeFile(nothing, `${(smallLines[0] ?? "").replace(/"lines":\{[^}]*\}/, '"lines":{}')}\n`);
    const { code, out } = await runKit(["true"], [], nothing);
    expect([code, out]).toEqual([4, "FAIL counter: 0 of 0 answers compared, 0 wrong\n"]);
  });

  it("has an adapter that TypeScript finds nothing wrong with", async () => {
    const programs = (await readdir(example)).filter((name) => name.endsWith(".mjs"));
    expect(programs.length).toBeGreaterThan(0);
    const strict = ["--ignoreConfig", "--noEmit", "--strict", "--checkJs", "--module", "nodenext", "--types", "node"];
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    expect(await run(example, process.execPath, tsc, ...strict, ...programs)).toEqual({ code: 0, out: "" });
  });
});

/** A port that does this for each question. */
function answering(body: string): string {
  return `let n = 0; const say = (text) => { process.stdout.write(text); process.stdout.write("\\n"); };
    require("readline").createInterface({ input: process.stdin }).on("line", () => { ${body} });`;
}

/** The lines of a kit of the smallest protocol. */
function counterKit(): string[] {
  const vectors = kitSource(parts).record(["3"]);
  if (typeof vectors === "string") throw new Error(vectors);
  return [headerLine({ protocol: "counter", graphs: [], ...tallied(vectors) }, vectors), ...vectorLines(vectors), ""];
}

function hasPython(): boolean {
  try {
    execFileSync("python3", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
