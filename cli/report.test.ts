import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Results } from "../conformance/engine/index.ts";
import { readReport } from "../report/index.ts";
import type { ProtocolReport } from "../report/shape.ts";
import { brokenLinks } from "../report/testing/html.ts";
import { located } from "./located.ts";
import { type ReportFlags, report } from "./report.ts";
import { sourceHash } from "./source-hash.ts";

let folder: string;
let out: string;
let printed: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lockstep-report-"));
  out = join(folder, "out");
  printed = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

async function write(path: string, text: string): Promise<string> {
  const whole = join(folder, path);
  await mkdir(join(whole, ".."), { recursive: true });
  await writeFile(whole, text);
  return whole;
}

const page = (path: string): Promise<string> => readFile(join(out, path), "utf8");

async function made(flags: Partial<ReportFlags> = {}): Promise<ProtocolReport> {
  expect(await report({ out, ...flags })).toBe(0);
  const [protocol] = readReport(await page("report.json"), "report.json").protocols;
  if (protocol === undefined) throw new Error("the report holds no protocol");
  return protocol;
}

const sentence = (flags: Partial<ReportFlags>): Promise<unknown> =>
  report({ out, ...flags }).then(
    () => "no error",
    (error: unknown) => error,
  );

function results(kind: Results["kind"], sha256: string): Results {
  const shard = { index: 1, of: 1 };
  const found = {
    counts: { runs: 3, campaigns: 2 },
    sets: { features: Array.from({ length: 501 }, (_, at) => String(at)) },
  };
  return {
    ...{ format: "lockstep-results", version: 1, kind, protocol: "wackamole", sha256, shard, seconds: 1 },
    ...{ settings: { seed: 11, campaigns: 2 }, complete: true, ...found, items: [] },
  };
}

/** What `lockstep verify --json` writes, for two models of Wackamole. */
function verified(sha256: string): string {
  const tlc = { result: "success", distinct: 624, generated: 1283, depth: 18, seconds: 1.5 };
  const compared = { sound: 10, complete: 20, refusals: 30 };
  const conformance = {
    ...compared,
    states: 624,
    edges: 1278,
    mismatches: 0,
    seconds: 1,
    actions: { Crash: compared },
  };
  const run = { passed: true, words: "as it should", checks: [], tlc };
  const models = [
    { cfg: "MCWackamoleBoot.cfg", ...run, conformance },
    { cfg: "MCWackamole.cfg", ...run, conformance },
  ];
  const broken = [{ cfg: "BrokenShortList.cfg", ...run, tlc: { result: "invariant", depth: 2, seconds: 1 } }];
  const protocol = { name: "wackamole", sha256, models, broken, witnesses: [], left: [], faults: [] };
  return JSON.stringify({ format: "lockstep-verify", version: 1, bounds: "quick", protocols: [protocol], exit: 0 });
}

describe("lockstep report", () => {
  it("reads of Wackamole every rule with conjuncts and functions, every action, model, property and trace", async () => {
    const wackamole = await made({ protocol: ["wackamole"] });
    expect(wackamole.rules).toHaveLength(27);
    const cites = (rule: string, kind: string): boolean =>
      wackamole.citations.some(
        (one) => one.rule === rule && wackamole.sources.find(({ path }) => path === one.path)?.kind === kind,
      );
    const uncited = wackamole.rules.filter(({ id }) => !(cites(id, "specification") && cites(id, "program")));
    expect(uncited).toEqual([]);
    const actions = wackamole.actions.map(({ name }) => name);
    expect(actions).toHaveLength(15);
    const specified = new Set(wackamole.functions.flatMap(({ specifies }) => specifies));
    expect(actions.filter((name) => !specified.has(`Wackamole!${name}`))).toEqual([]);
    expect(wackamole.properties.filter(({ brokenBy }) => brokenBy.length === 0)).toEqual([]);
    const failing = wackamole.models.filter(({ purpose }) => purpose === "must fail" || purpose === "witness");
    expect(wackamole.traces.map(({ cfg }) => cfg).sort()).toEqual(failing.map(({ cfg }) => cfg).sort());
    expect(wackamole.traces.filter(({ stale, lanes }) => stale !== false || lanes.length < 2)).toEqual([]);
    expect(wackamole.statements.map(({ title }) => title)).toEqual(
      expect.arrayContaining(["Wackamole.tla", "What was never exhausted", "Not modelled"]),
    );
    expect(wackamole.sources.find(({ path }) => path.endsWith("/RefusedWackamole.tla"))?.kind).toBe("model");
    expect(wackamole.statements.map(({ title }) => title)).not.toContain("RefusedWackamole.tla");
    expect(printed).toMatch(/^wackamole: .*\nWROTE \d+ files on 1 protocol: /);
    expect(printed).not.toMatch(/FAIL/);
  });

  it("tells a specification without a reducer from one whose reducer was not compared", async () => {
    const filter = await made({ protocol: ["filter"] });
    expect(filter).toMatchObject({ name: "filter", hasReducer: false, fuzz: null });
    expect(filter.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(filter.actions.length).toBeGreaterThan(3);
    expect(await page("filter/conformance.html")).toContain("There is no reducer");
  });

  it("takes what verify and other jobs found, and says which is of other sources", async () => {
    const sha256 = (await sourceHash(await located("wackamole"))) ?? "";
    const verify = await write("verify.json", verified(sha256));
    await write("results/wackamole/fuzz.json", JSON.stringify(results("fuzz", "0".repeat(64))));
    await write("results/wackamole/replay.json", JSON.stringify(results("replay", sha256)));
    const found = await made({ protocol: ["wackamole"], verify, results: join(folder, "results") });
    expect(found.sha256).toBe(sha256);
    expect(found.actions.find(({ name }) => name === "Crash")?.compared).toEqual({
      sound: 20,
      complete: 40,
      refusals: 60,
    });
    expect(found.actions.find(({ name }) => name === "Merge")?.compared).toBeNull();
    expect(found.models.find(({ cfg }) => cfg === "BrokenShortList.cfg")?.run).toMatchObject({
      passed: true,
      depth: 2,
    });
    expect(found.models.find(({ cfg }) => cfg === "MCWackamole.cfg")?.run).toMatchObject({
      passed: false,
      words: expect.stringContaining("as it should; the manifest has"),
    });
    expect(found.fuzz?.sets).toEqual({ features: { size: 501, members: [] } });
    expect(await page("wackamole/fuzz.html")).toContain("<strong>Out of date.</strong>");
    expect(await page("wackamole/replay.html")).not.toContain("ut of date");
    expect(await page("wackamole/mutants.html")).toContain("<strong>Not run.</strong>");
    expect(await page("wackamole/models.html")).not.toContain("ut of date");
    const other = await write("verify.json", verified("1".repeat(64)));
    await made({ protocol: ["wackamole"], verify: other });
    expect(await page("wackamole/models.html")).toContain("<strong>Out of date.</strong>");
  });

  it("compares with an earlier report, and writes the same content as JSON elsewhere", async () => {
    await made({ protocol: ["evs"], json: join(folder, "earlier.json") });
    const earlier = join(folder, "earlier.json");
    expect(await readFile(earlier, "utf8")).toBe(await page("report.json"));
    await made({ protocol: ["evs"], against: earlier });
    expect(printed).toContain("Since the earlier report: nothing has changed.");
    const text = (await readFile(earlier, "utf8")).replaceAll("BrokenStays.cfg", "BrokenGone.cfg");
    await write("earlier.json", text);
    await made({ protocol: ["evs"], against: earlier });
    expect(printed).toMatch(/evs: model: BrokenStays\.cfg: \(none\) -> must fail/);
    expect(printed).toMatch(/evs: model: BrokenGone\.cfg: must fail.* -> \(none\)/);
    expect(await page("changes.html")).toContain("BrokenGone.cfg");
  });

  it("replaces an earlier report and nothing else", async () => {
    await made({ protocol: ["wackamole"] });
    await write("out/notes.txt", "mine");
    await made({ protocol: ["evs"] });
    const files = (await readdir(out, { recursive: true })).filter((path) => /\.\w+$/.test(path));
    expect(files.filter((path) => path.startsWith("wackamole") && path.endsWith(".html"))).toEqual([]);
    expect(files).toContain("notes.txt");
  });

  it("reports on a protocol of a user, with what there is of it", async () => {
    const two = join(folder, "two-phase");
    await cp(join(import.meta.dirname, "..", "examples", "two-phase"), two, { recursive: true });
    for (const name of ["manifest.json", "traces"]) await rm(join(two, name), { recursive: true, force: true });
    const module = await write(
      "two-phase/lockstep.js",
      `export const protocol = { protocol: "two-phase", modelOf: () => "nothing", notConformed: {} };
       const here = new URL(".", import.meta.url);
       const at = (name) => new URL(name, here);
       export const folders = { spec: here, reducer: here, binding: here, traces: at("traces"), results: at("results") };`,
    );
    const found = await made({ protocol: [module] });
    expect(found).toMatchObject({ name: "two-phase", hasReducer: true, rules: [], models: [], traces: [], fuzz: null });
    expect(found.actions.map(({ name }) => name)).toContain("RMRcvCommit");
    expect(found.sources.map(({ path }) => path)).toContain("two-phase/two-phase.js");
    expect(JSON.stringify(found)).not.toContain(folder);
    expect(await page("two-phase/rules.html")).toContain("There is no <code>paper.md</code>");
    expect(await page("two-phase/actions.html")).toContain("No function here says that it implements this action.");
    const pages = new Map<string, string>();
    for (const path of await readdir(out, { recursive: true })) {
      if (/\.(?:html|css)$/.test(path)) pages.set(path, await page(path));
    }
    expect(brokenLinks(pages)).toEqual([]);
  });
});

describe("lockstep report refuses", () => {
  it.each([
    ["a protocol that is not there", { protocol: ["paxos"] }, "There is no protocol paxos"],
    ["a module that is not there", { protocol: ["./nowhere.js"] }, "cannot be loaded"],
    ["results of verify that are named and not there", { verify: "nowhere.json" }, "nowhere.json cannot be read"],
    ["an earlier report that is not there", { against: "nowhere.json" }, "nowhere.json cannot be read"],
  ])("%s", async (_, flags, words) => {
    expect(await sentence(flags)).toMatchObject({ exitCode: 64, message: expect.stringContaining(words) });
  });

  it.each([
    ["cut off", '{"format":', "is not JSON"],
    ["another file", '{"protocols":[]}', "is not of lockstep verify --json: format"],
  ])("results of verify that are %s", async (_, text, words) => {
    const verify = await write("verify.json", text);
    expect(await sentence({ verify })).toMatchObject({ exitCode: 64, message: expect.stringContaining(words) });
  });

  it("results of another kind or protocol, and parts that were not added up", async () => {
    const fuzz = results("fuzz", "0".repeat(64));
    const refused = async (text: unknown, words: string): Promise<void> => {
      await write("results/wackamole/fuzz.json", typeof text === "string" ? text : JSON.stringify(text));
      const flags = { protocol: ["wackamole"], results: join(folder, "results") };
      expect(await sentence(flags)).toMatchObject({ exitCode: 64, message: expect.stringContaining(words) });
    };
    await refused({ ...fuzz, kind: "replay" }, "holds results of replay of wackamole");
    await refused({ ...fuzz, protocol: "evs" }, "holds results of fuzz of evs");
    await refused({ ...fuzz, shard: { index: 1, of: 2 } }, "is part 1 of 2");
    await refused({ ...fuzz, settings: { campaigns: 3 } }, "it has 2 of 3 campaigns");
    await refused("", "is not JSON");
    await refused({ ...fuzz, counts: { runs: -1 } }, "counts.runs");
  });

  it("a folder that holds something else, and an earlier report that it cannot read", async () => {
    await write("out/letter.txt", "dear");
    expect(await sentence({ protocol: ["evs"] })).toMatchObject({
      exitCode: 64,
      message: `${out} is not empty and holds no earlier report; name another folder.`,
    });
    await write("out/report.json", '{"format":"lockstep-report","version":9}');
    expect(await sentence({ protocol: ["evs"] })).toMatchObject({ exitCode: 64 });
    expect(await readdir(out)).toEqual(["letter.txt", "report.json"]);
    const file = await write("file", "");
    expect(await sentence({ protocol: ["evs"], out: file })).toMatchObject({ exitCode: 64 });
  });
});
