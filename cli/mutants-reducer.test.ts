import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConformanceModels } from "../conformance/engine/index.ts";
import { buildGraph, writeCorpus } from "../tla/graph/index.ts";
import type { Located } from "./located.ts";
import { counterModels } from "./mutants/reducer/testing/protocol.ts";
import { type MutatedReducer, mutateReducer, type ReducerMutation } from "./mutants-reducer.ts";
import { specHash } from "./spec-hash.ts";
import { Program } from "./testing/program.ts";

const testing = join(import.meta.dirname, "mutants", "reducer", "testing");

const counter = `---- MODULE Counter ----
EXTENDS Naturals
VARIABLE count
Init == count = 0
One == count + 1 <= 3 /\\ count' = count + 1
Two == count + 2 <= 3 /\\ count' = count + 2
Next == One \\/ Two
Spec == Init /\\ [][Next]_count
InRange == count \\in 0..3
====
`;
const cfg = "SPECIFICATION Spec\nINVARIANT InRange\nCHECK_DEADLOCK FALSE\n";
const model = {
  path: "spec/counter/Counter.cfg",
  runtime: "00:00:01",
  mode: "exhaustive search",
  result: "success",
  distinctStates: 4,
  totalStates: 6,
  stateDepth: 3,
};

let root: string;
let protocol: Located;
/** The mutants of the counter, judged without Java: its graph is kept. */
let judged: MutatedReducer;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "lockstep-counter-"));
  const at = (...names: string[]): string => join(root, ...names);
  for (const folder of ["spec", "traces"]) await mkdir(at(folder));
  await mkdir(at("spec", "counter"));
  await writeFile(at("spec", "counter", "Counter.tla"), counter);
  await writeFile(at("spec", "counter", "Counter.cfg"), cfg);
  const modules = [{ path: "spec/counter/Counter.tla", models: [model] }];
  await writeFile(
    at("spec", "counter", "manifest.json"),
    JSON.stringify({ path: "spec/counter", title: "C", modules }),
  );
  protocol = {
    models: counterModels,
    module: join(testing, "protocol.ts"),
    spec: at("spec", "counter"),
    libraries: [],
    reducer: join(testing, "counter"),
    binding: testing,
    traces: at("traces"),
    results: at("results"),
  };
  await keepGraph([0, 1, 2, 3]);
  judged = await mutate();
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Keeps a graph of the counter that has these states. */
async function keepGraph(counts: readonly number[]): Promise<void> {
  const edges = counts.flatMap((source) =>
    [1, 2]
      .filter((by) => counts.includes(source + by))
      .map((by) => ({ source, action: by === 1 ? "One" : "Two", target: source + by })),
  );
  const parts = { name: "Counter", variables: ["count"], actions: ["One", "Two"], initials: [0], edges };
  const graph = buildGraph({ ...parts, states: counts.map((count) => ({ count })) });
  const spec = join(root, "spec", "counter");
  const sha256 = await specHash(join(spec, "Counter.tla"), join(spec, "Counter.cfg"), []);
  const origin = { module: "Counter", cfg: "Counter.cfg", sha256, tlc: "none" };
  await writeFile(join(root, "traces", "Counter.graph.ndjson"), writeCorpus({ origin, graph }));
}

function mutate(mutation: Partial<ReducerMutation> = {}, changed: Partial<Located> = {}): Promise<MutatedReducer> {
  return mutateReducer({ ...protocol, ...changed }, { shard: { index: 1, of: 1 }, lanes: 2, patience: 1, ...mutation });
}

/** What became of the mutant that turns one line into another. */
function fateOf(was: string, is: string): unknown {
  const items = judged.items.filter(({ diff }) => diff === `${was} -> ${is}`);
  expect(items, `${was} -> ${is}`).toHaveLength(1);
  return items[0]?.["killedBy"] ?? items[0]?.["survived"];
}

describe("a mutant of a reducer", () => {
  it("is killed by the first layer that can tell it from the reducer", () => {
    const guard = 'if (count + by > LIMIT) return { kind: "refused", because: "Full" };';
    expect(fateOf(guard, guard.replace('"Full"', '""'))).toBe("types");
    expect(fateOf("for (let left = by; left > 0; left--) at++;", "for (let left = by; left > 0; left--) at--;")).toBe(
      "sound",
    );
    expect(fateOf(guard, guard.replace("count + by > LIMIT", "true"))).toBe("complete");
    expect(fateOf(guard, guard.replace("count + by > LIMIT", "false"))).toBe("refusals");
    expect(fateOf("if (by > 2) return count + by;", "if (by > 2) return count - by;")).toBe("fuzz");
    expect(fateOf(`return "at ".concat(String(count));`, `return "".concat(String(count));`)).toBe("tests");
  });

  it("is killed by the time that it takes, and the thread goes on with the next one", () => {
    expect(fateOf("for (let left = by; left > 0; left--) at++;", "for (let left = by; left > 0; left++) at++;")).toBe(
      "timeout",
    );
  });

  it("is active from the start where it changes what is computed once", () => {
    expect(fateOf("const LIMIT: number = 1 + 2;", "const LIMIT: number = 1 - 2;")).toBe("complete");
  });

  it("survives where no layer can tell it from the reducer", () => {
    expect(fateOf("return 40 + 2;", "return 40 - 2;")).toEqual(["types", "tests"]);
  });

  it("has a name of its own, and one that takes a guard away is told from the others", () => {
    expect(new Set(judged.items.map(({ id }) => id)).size).toBe(judged.all);
    const guards = judged.items.filter(({ guard }) => guard === true);
    expect(guards.map(({ id }) => id)).toEqual([
      expect.stringMatching(/^counter\.ts!add ConditionalExpression 2 [0-9a-f]{8}$/),
    ]);
  });
});

describe("the mutants of a reducer", () => {
  it("are the same over all shards as at once", async () => {
    const parts = await Promise.all(
      [1, 2].map((index) => mutate({ shard: { index, of: 2 }, only: "counter.ts!add " })),
    );
    const whole = judged.items.filter(({ id }) => id.startsWith("counter.ts!add "));
    const bare = (items: MutatedReducer["items"]): unknown[] =>
      items.map(({ seconds: _, ...item }) => item).sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(parts.every(({ items }) => items.length > 0)).toBe(true);
    expect(bare(parts.flatMap(({ items }) => items))).toEqual(bare(whole));
  });

  it("are not judged twice, unless what they were judged by is another", async () => {
    const memory = join(root, "memory.ndjson");
    const only = "counter.ts!label ";
    const first = await mutate({ memory, only });
    const size = (await readFile(memory, "utf8")).length;
    expect(first.judged).toBe(first.items.length);
    expect(await mutate({ memory, only })).toEqual({ ...first, judged: 0 });
    expect((await readFile(memory, "utf8")).length).toBe(size);
    await writeFile(memory, (await readFile(memory, "utf8")).slice(0, -20));
    expect((await mutate({ memory, only })).items.map((item) => item["killedBy"])).toEqual(
      first.items.map((item) => item["killedBy"]),
    );
  });

  it("may survive for a reason, which is stale once the mutant is killed or gone", async () => {
    const reducer = join(root, "counter");
    await cp(protocol.reducer, reducer, { recursive: true });
    const id = judged.items.find((item) => item["survived"] !== undefined && item.id.includes("Arithmetic"))?.id ?? "";
    const killed = judged.items.find((item) => item["killedBy"] === "types")?.id ?? "";
    await writeFile(join(reducer, "survivors.json"), JSON.stringify({ [id]: "unused", [killed]: "no", gone: "no" }));
    await writeFile(join(reducer, "tsconfig.json"), JSON.stringify({ compilerOptions: { strict: true } }));
    await rm(join(reducer, "counter.test.ts"));
    await cp(join(testing, "protocol.ts"), join(root, "protocol.ts"));
    const engine = join(import.meta.dirname, "..", "conformance", "engine", "index.ts");
    const text = await readFile(join(root, "protocol.ts"), "utf8");
    await writeFile(join(root, "protocol.ts"), text.replace(/"[^"]*engine\/index\.ts"/, JSON.stringify(engine)));
    const found = await mutate({}, { reducer, module: join(root, "protocol.ts") });
    expect(found.items.find((item) => item.id === id)).toMatchObject({ reason: "unused" });
    expect([...found.stale].sort()).toEqual([killed, "gone"].sort());
    await writeFile(join(reducer, "survivors.json"), '{"a": 1}');
    await expect(mutate({}, { reducer })).rejects.toMatchObject({ exitCode: 64 });
  });
});

describe("nothing is judged", () => {
  it("where the reducer as it is does not agree with the graph", async () => {
    await keepGraph([0, 1, 2]);
    const only = "counter.ts!climbed ";
    await expect(mutate({ only })).rejects.toMatchObject({
      message: "Counter.cfg does not agree with the reducer as it is, so no mutant can be judged.",
      exitCode: 4,
    });
    await keepGraph([0, 1, 2, 3]);
  });

  it.each([
    [
      "that lack types which they name",
      { types: ["nowhere"] },
      /^The compiler cannot check the reducer: .*'nowhere'\.$/,
    ],
    [
      "that do not take it as it is",
      { strict: true, lib: ["es5"] },
      /^The compiler does not take the reducer as it is: /,
    ],
  ])("under settings of the compiler %s", async (_, compilerOptions, message) => {
    const reducer = await mkdtemp(join(root, "settings-"));
    await cp(protocol.reducer, reducer, { recursive: true });
    await writeFile(join(reducer, "unsound.ts"), "export const unsound: number = [1].at(0);\n");
    await writeFile(join(reducer, "tsconfig.json"), JSON.stringify({ compilerOptions }));
    await expect(mutate({}, { reducer })).rejects.toMatchObject({
      message: expect.stringMatching(message),
      exitCode: 4,
    });
  });

  it("where the sources are not there", async () => {
    await expect(mutate({}, { reducer: join(root, "nowhere") })).rejects.toMatchObject({ exitCode: 2 });
  });

  it("where the tools are not installed, which is said in a sentence", async () => {
    const program = await Program.make();
    try {
      const there = (name: string): string => join(program.folder, name);
      await writeFile(there("reducer.js"), "export const one = () => 1 + 1;\n");
      const supplied = 'export const protocol = { protocol: "p", modelOf: () => "none", notConformed: {} };';
      const folder = JSON.stringify(program.folder);
      const names = ["spec", "binding", "traces", "results"].map((name) => `${name}: ${folder}`).join(", ");
      const folders = `export const folders = { reducer: ${JSON.stringify(there("reducer.js"))}, ${names} };`;
      await writeFile(there("protocol.mjs"), `${supplied}\n${folders}\n`);
      const { code, stdout, stderr } = await program.run(
        ...["mutants", "--side", "reducer", "--no-memory", "--protocol", there("protocol.mjs")],
      );
      expect({ code, stdout, stderr }).toEqual({
        code: 2,
        stdout: "",
        stderr: "Mutants of a reducer need @stryker-mutator/instrumenter, which is not installed here.\n",
      });
    } finally {
      await program.remove();
    }
  });

  it("where no model is conformed", async () => {
    const models: ConformanceModels = { ...counterModels, notConformed: { "Counter.cfg": "it is not" } };
    await expect(mutate({}, { models })).rejects.toMatchObject({ exitCode: 4 });
  });
});
