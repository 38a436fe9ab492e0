import { describe, expect, it } from "vitest";
import { differencesOf, jobFaults, type Model, type ModelRun, pagesOf, standingOf, summaryOf } from "./index.ts";
import type { Results } from "./shape.ts";
import { brokenLinks } from "./testing/html.ts";
import { HOSTILE, reportOf } from "./testing/samples.ts";

const pages = pagesOf(reportOf());

function pageOf(name: string, of: ReadonlyMap<string, string> = pages): string {
  const found = [...of].find(([path]) => path.endsWith(`/${name}.html`));
  expect(found, name).toBeDefined();
  return found?.[1] ?? "";
}

describe("the pages of a report", () => {
  it("show hostile text as it is, and run none of it", () => {
    for (const [path, html] of pages) {
      expect(html, path).not.toMatch(/<(?:script|img|b)\b/);
      expect(html, path).not.toContain('onerror="');
    }
    for (const name of ["rules", "models", "fuzz", "mutants", "index", "BrokenToy"]) {
      expect(pageOf(name), name).toContain("script>");
    }
  });

  it("link to places that are there, each of which is there once", () => {
    expect(brokenLinks(pages)).toEqual([]);
    expect(brokenLinks(new Map([["a.html", '<a href="b.html#c"><p id="d"><p id="d">']]))).toHaveLength(2);
  });

  it("are the same bytes for the same report", () => {
    expect([...pagesOf(reportOf())]).toEqual([...pages]);
  });

  it("lead from a rule to conjunct and function, and from these to each other", () => {
    const rules = pageOf("rules");
    expect(rules).toContain('source/spec/toy/Toy.tla.html#L10"');
    expect(rules).toContain('source/impl/toy/up.ts.html#L1"');
    expect(rules).toMatch(/implemented by .*up\.ts:2/);
    expect(rules).toMatch(/implements .*Toy\.tla:10/);
    const actions = pageOf("actions");
    expect(actions).toMatch(/Up<\/a>.*up\.ts:2.*rules\.html#W1.*1,234/s);
  });

  it("show what was not run as not run, never as zero", () => {
    const none = pagesOf(reportOf({ verified: null, fuzz: null, mutants: null, models: unrun() }));
    for (const name of ["index", "models", "actions", "conformance", "fuzz", "replay", "mutants"]) {
      expect(pageOf(name, none), name).toMatch(/Not run\./);
    }
    expect(pageOf("actions", none)).toContain("not compared");
    expect(pageOf("mutants", none)).not.toContain("0.0 %");
    expect(pageOf("fuzz")).not.toMatch(/Not run\./);
  });

  it("say loudly which results are of other sources, and which cannot be told", () => {
    expect(pageOf("mutants")).toContain("<strong>Out of date.</strong>");
    expect(pageOf("fuzz")).not.toContain("ut of date");
    expect(pageOf("BrokenToy")).toContain("<strong>Out of date.</strong>");
    const unknown = pagesOf(reportOf({ sha256: null }));
    expect(pageOf("fuzz", unknown)).toContain("Perhaps out of date.");
    expect(pages.get("index.html")).toContain("out of date: ");
  });

  it("do not call exhaustive what failed", () => {
    const models = reportOf().protocols[0]?.models ?? [];
    const failing = models.map((model) => ({
      ...model,
      run: model.run && { ...model.run, passed: false, words: "bad" },
    }));
    const page = pageOf("index", pagesOf(reportOf({ models: failing })));
    expect(page).toMatch(/FAIL<\/strong>.*MCToy.*: bad/);
    expect(page).not.toContain("has looked at every state");
    expect(pageOf("index")).toContain("has looked at every state");
  });

  it("count survivors with a reason apart from the score", () => {
    const mutants = pageOf("mutants");
    expect(mutants).toContain("It is the same in other words.");
    expect(mutants).toContain("No reason is given.");
    expect(mutants).toMatch(
      /reducer<\/td><td class="number">2<\/td><td class="number">0<\/td><td class="number"><span class="fail">0.0 %/,
    );
    expect(pageOf("index")).toContain(
      "Of the side reducer, 0 of 2 killed (0.0 %); 2 survive, 1 of them for a stated reason.",
    );
  });

  it("say what is not there where there is little", () => {
    const bare = pagesOf(
      reportOf({ sources: [], models: [], traces: [], hasReducer: false, fuzz: null, mutants: null }),
    );
    expect(brokenLinks(bare)).toEqual([]);
    expect(pageOf("rules", bare)).toContain("There is no <code>paper.md</code>");
    expect(pageOf("models", bare)).toContain("There is no <code>manifest.json</code>");
    expect(pageOf("conformance", bare)).toContain("There is no reducer");
    expect(pageOf("traces", bare)).toContain("No traces are kept");
  });
});

describe("what is wrong", () => {
  const protocol = reportOf().protocols[0];
  const indexOf = (changed: Parameters<typeof reportOf>[0]): string => pageOf("index", pagesOf(reportOf(changed)));
  const failed = (model: Model, run: Partial<ModelRun>): Model => ({
    ...model,
    run: model.run && { ...model.run, words: "well", ...run },
  });

  it("is said by name of a model that must fail and did not, and of one that was not in lockstep or not compared", () => {
    const models = protocol?.models ?? [];
    const [good, broken] = models;
    if (good === undefined || broken === undefined) throw new Error("the sample has two models");
    const conformance = good.run?.conformance ?? null;
    const fails = (one: Model, words: string): void => {
      expect(indexOf({ models: [one] })).toMatch(
        new RegExp(`FAIL</strong> <a [^>]*>${one.cfg.slice(0, -4)}</a>: ${words}`),
      );
    };
    fails(failed(broken, { passed: false, words: "it holds" }), "it holds");
    fails(failed(good, { conformance: conformance && { ...conformance, mismatches: 7 } }), "well; NOT in lockstep: 7");
    fails(failed(good, { conformance: conformance && { ...conformance, sound: 0 } }), "nothing of it was compared");
    fails(failed(good, { conformance: null }), "it was not compared with the reducer");
    const page = indexOf({ models: [failed(good, { conformance: null })] });
    expect(page).not.toContain("has looked at every state");
    expect(page).not.toContain("At every reachable world");
  });

  it("is no exhaustion where every state is an initial one", () => {
    const [good] = protocol?.models ?? [];
    if (good === undefined) throw new Error("the sample has a model");
    const page = indexOf({ models: [failed(good, { depth: 1 })] });
    expect(page).not.toContain("has looked at every state");
    expect(page).toContain("States by themselves");
  });

  it.each([
    ["violations", { violations: 1, steps: 9 }, "violations: 1."],
    ["what failed", { failed: 2, steps: 9 }, "failed: 2."],
    ["what was stale", { stale: 3, steps: 9 }, "stale: 3."],
    ["that nothing was done", { runs: 0 }, "No step was taken."],
  ])("of fuzzing and replay includes %s", (_, counts, words) => {
    const results = { sha256: "a".repeat(64), settings: {}, counts, sets: {}, items: [], seconds: 1 };
    for (const job of ["fuzz", "replay"] as const) {
      const found = pagesOf(reportOf({ [job]: results }));
      expect(pageOf(job, found)).toContain(words);
      expect(pageOf("index", found)).toContain(words);
      expect(found.get("index.html")).toMatch(new RegExp(`class="fail">run; ${words}`));
    }
    expect(pageOf("fuzz")).not.toContain("FAIL");
  });

  it("of mutants includes a score below the goal, a guard's removal that survives, and a survivor without a reason", () => {
    const item = (id: string, more: object): Results["items"][number] => ({ id, side: "spec", diff: "", ...more });
    const killed = Array.from({ length: 19 }, (_, at) => item(`k${at}`, { killedBy: "sound" }));
    const faults = (items: Results["items"]): string[] => {
      const other = { ...item("r", { killedBy: "sound" }), side: "reducer" };
      return jobFaults("mutants", { counts: {}, items: [...items, other] });
    };
    expect(faults([...killed, item("s", { reason: "same" })])).toEqual([]);
    expect(faults([...killed.slice(1), item("s", { reason: "same" })])).toEqual([
      expect.stringContaining("Of the side spec 18 of 19 were killed, below the goal of 95 %"),
    ]);
    expect(faults([...killed, item("s", { reason: "same", guard: true })])).toEqual([
      expect.stringContaining("1 guards survives: s"),
    ]);
    expect(faults([...killed, item("s", {})])).toEqual([expect.stringContaining("No reason is given for 1")]);
    expect(jobFaults("mutants", { counts: {}, items: killed })).toEqual(["There was no mutant of the side reducer."]);
    expect(jobFaults("mutants", { counts: {}, items: [] })).toEqual(["There was no mutant."]);
  });

  it("stands in a few words per protocol", () => {
    if (protocol === undefined) throw new Error("the sample has a protocol");
    expect(standingOf(protocol).join("; ")).toMatch(/^FAILED: .*mutants; not run: replay; out of date: mutants/s);
    expect(standingOf({ ...protocol, verified: null, mutants: null, hasReducer: false, models: [] })).toEqual([
      "not run: verify",
    ]);
  });
});

describe("commands", () => {
  it("that a report names keep what they find, and none is named where there is no reducer", () => {
    const none = { fuzz: null, coverage: null, replay: null, mutants: null, verified: null, name: "toy", named: "toy" };
    const found = pagesOf(reportOf(none));
    expect(pageOf("fuzz", found)).toContain("<code>lockstep fuzz --protocol toy --campaigns N --write</code>");
    expect(pageOf("coverage", found)).toContain("lockstep fuzz --protocol toy --cfg CFG --campaigns N --write<");
    expect(pageOf("replay", found)).toContain("<code>lockstep replay --protocol toy --write</code>");
    expect(pageOf("mutants", found)).toContain("<code>lockstep mutants --protocol toy --write</code>");
    expect(pageOf("models", found)).toContain("<code>lockstep verify --json results/verify.json</code>");
    const bare = pagesOf(reportOf({ ...none, hasReducer: false }));
    for (const name of ["fuzz", "coverage", "replay", "mutants"]) {
      expect(pageOf(name, bare)).toContain("There is no reducer");
      expect(pageOf(name, bare)).not.toContain("<code>lockstep");
    }
    expect(bare.get("index.html")).not.toMatch(/<td>(?:<[^>]*>)?run/);
  });
});

describe("a rule", () => {
  const spec = (body: string): string => {
    const text = `---- MODULE Toy ----\n(* A toy (W1). *)\nVARIABLE x\n\n${body}\n====\n`;
    return pageOf(
      "rules",
      pagesOf(reportOf({ sources: [...others, { path: "spec/toy/Toy.tla", kind: "specification", text }] })),
    );
  };
  const others = (reportOf().protocols[0]?.sources ?? []).filter(({ path }) => !path.endsWith("/Toy.tla"));

  it("named before a definition shows all of it, up to a length", () => {
    const long = Array.from({ length: 40 }, (_, at) => `    /\\ x # ${100 + at}`).join("\n");
    for (const between of ["\n", "\n\n"]) {
      const page = spec(`(* W1: up. *)${between}Up ==\n${long}\n`);
      expect(page).toContain("x # 123");
      expect(page).not.toContain("x # 124");
      expect(page).toMatch(/x # 123.*\n<\/span><span class="gap">⋯/);
      expect(page).not.toContain("in the header only");
    }
  });

  it("named in a header alone is said to be", () => {
    expect(spec("Up == x' = x + 1")).toContain("It is named in the header only.");
  });
});

describe("changes between two reports", () => {
  it("are none between a report and itself", () => {
    expect(differencesOf(reportOf(), reportOf())).toEqual([]);
    expect(summaryOf([])).toBe("nothing has changed");
  });

  it("tell faults, bounds, mismatches, tools, settings, and staleness and content of traces", () => {
    const [was] = reportOf().protocols;
    const [trace] = was?.traces ?? [];
    const [model] = was?.models ?? [];
    if (!was?.verified || !was.fuzz || !trace || !model?.run?.conformance) throw new Error("the sample has them all");
    const { verified, fuzz } = was;
    const conformance = { ...model.run.conformance, mismatches: 3 };
    const names = (changed: Parameters<typeof reportOf>[0]): string[] =>
      differencesOf(reportOf(), reportOf(changed)).map(({ about, name }) => `${about}: ${name}`);
    expect(names({ verified: { ...verified, faults: [...verified.faults, "new"] } })).toEqual(["fault: new"]);
    expect(names({ verified: { ...verified, bounds: "full" } })).toEqual(["verify: bounds"]);
    expect(names({ verified: { ...verified, sha256: "e".repeat(64) } })).toEqual(["verify: sources"]);
    expect(names({ verified: { ...verified, tools: null } })).toHaveLength(4);
    expect(names({ models: [{ ...model, run: { ...model.run, conformance } }, ...was.models.slice(1)] })).toEqual([
      "model: MCToy.cfg",
    ]);
    expect(names({ traces: [{ ...trace, stale: false }] })).toEqual(["trace: BrokenToy"]);
    expect(names({ traces: [{ ...trace, sha256: "e".repeat(64) }] })).toEqual(["trace: BrokenToy"]);
    expect(names({ fuzz: { ...fuzz, settings: { ...fuzz.settings, seed: 8 } } })).toEqual(["fuzz: setting seed"]);
  });

  it("tell what was added, removed and changed", () => {
    const after = reportOf({ models: unrun().slice(0, 1), mutants: null, traces: [] });
    const found = differencesOf(reportOf(), after);
    const brief = found.map(({ about, name, before, after: now }) => [
      about,
      name === HOSTILE ? "hostile" : name,
      before === undefined ? "added" : now === undefined ? "removed" : "changed",
    ]);
    expect(brief).toEqual([
      ["action", "Up", "changed"],
      ["model", "MCToy.cfg", "changed"],
      ["property", "Low", "changed"],
      ["mutants", "sources", "changed"],
      ["model", "BrokenToy.cfg", "removed"],
      ["trace", "BrokenToy", "removed"],
      ["mutants", "setting side", "removed"],
      ["mutants", "mutants", "removed"],
      ["mutants", "score", "removed"],
      ["survivor", "up.ts!up:1", "removed"],
      ["survivor", "hostile", "removed"],
    ]);
    expect(summaryOf(found)).toBe("0 added, 7 removed, 4 changed");
    const page = pagesOf(after, found).get("changes.html") ?? "";
    expect(page).toContain("<td>MCToy.cfg</td><td>changed</td>");
    expect(page).not.toContain("<script");
    expect(pagesOf(after, found).get("index.html")).toContain('href="changes.html"');
  });
});

function unrun(): ReturnType<typeof reportOf>["protocols"][number]["models"] {
  return (reportOf().protocols[0]?.models ?? []).map((model) => ({ ...model, run: null }));
}
