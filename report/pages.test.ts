import { describe, expect, it } from "vitest";
import { differencesOf, pagesOf, summaryOf } from "./index.ts";
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
      /reducer<\/td><td class="number">2<\/td><td class="number">0<\/td><td class="number">0.0 %/,
    );
    expect(pageOf("index")).toContain("2 of 4 killed (50.0 %); 2 survive, 1 of them for a stated reason.");
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

describe("changes between two reports", () => {
  it("are none between a report and itself", () => {
    expect(differencesOf(reportOf(), reportOf())).toEqual([]);
    expect(summaryOf([])).toBe("nothing has changed");
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
      ["mutants", "mutants", "removed"],
      ["mutants", "score", "removed"],
      ["survivor", "up.ts!up:1", "removed"],
      ["survivor", "hostile", "removed"],
    ]);
    expect(summaryOf(found)).toBe("0 added, 6 removed, 4 changed");
    const page = pagesOf(after, found).get("changes.html") ?? "";
    expect(page).toContain("<td>MCToy.cfg</td><td>changed</td>");
    expect(page).not.toContain("<script");
    expect(pagesOf(after, found).get("index.html")).toContain('href="changes.html"');
  });
});

function unrun(): ReturnType<typeof reportOf>["protocols"][number]["models"] {
  return (reportOf().protocols[0]?.models ?? []).map((model) => ({ ...model, run: null }));
}
