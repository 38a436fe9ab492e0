import { type Material, protocolReport } from "../protocol.ts";
import type { Report, Results } from "../shape.ts";

/** Text that breaks a page which does not escape it, and a line that is wider than any screen. */
export const HOSTILE = `</pre></svg><script>window.owned = 1</script>"'&<img src=x onerror="window.owned = 2"> ${"wide".repeat(400)}`;

const SHA: string = "a".repeat(64);

const TOOLS = { tlc: "2.18", jarSha256: "c".repeat(64), workers: 2, seed: 1 };

const SPEC = `---- MODULE Toy ----
(***************)
(* A toy (W1). *)
(*             *)
(* Not modelled: ${HOSTILE.replaceAll("*)", "")}      *)
(***************)
VARIABLE x

(* It goes up: W1. *)
Up == x' = x + 1 \\* W1
Next == Up
Low == x < 3
====
`;

/** A protocol of which everything there can be is there, and says what is hostile wherever it can. */
function material(): Material {
  const compared = { sound: 1_234, complete: 5, refusals: 6 };
  const found = { distinct: 12_345, generated: 23_456, depth: 7 };
  const conformance = { ...compared, states: 3, edges: 4, mismatches: 0, seconds: 0.5, actions: { Up: compared } };
  const model = { module: "spec/toy/Toy.tla", bounds: "quick", notConformed: null } as const;
  const run = { ...found, passed: true, words: HOSTILE, seconds: 1.5, conformance: null };
  return {
    name: "toy <b>",
    named: "toy <b>",
    sha256: SHA,
    hasReducer: true,
    sources: [
      { path: "spec/toy/Toy.tla", kind: "specification", text: SPEC },
      { path: "spec/toy/MCToy.cfg", kind: "model", text: `\\* ${HOSTILE}\nSPECIFICATION Spec\nINVARIANT Low\n` },
      { path: "spec/toy/BrokenToy.cfg", kind: "model", text: "\\* must fail: Low\nINVARIANT Low\n" },
      {
        path: "impl/toy/up.ts",
        kind: "program",
        text: `/** @spec Toy!Up W1 */\nexport function up() {\n  // ${HOSTILE}\n}\n`,
      },
      {
        path: "spec/toy/paper.md",
        kind: "document",
        text: `| rule | says | paper |\n| --- | --- | --- |\n| W1 | ${HOSTILE} | 3 |\n`,
      },
      { path: "spec/toy/README.md", kind: "document", text: `# Toy\n\n## Not modelled\n\n- ${HOSTILE}\n` },
    ],
    models: [
      {
        ...model,
        cfg: "MCToy.cfg",
        path: "spec/toy/MCToy.cfg",
        purpose: "good",
        says: HOSTILE,
        checks: ["Low"],
        pinned: found,
        run: { ...run, conformance },
      },
      {
        ...model,
        cfg: "BrokenToy.cfg",
        path: "spec/toy/BrokenToy.cfg",
        purpose: "must fail",
        says: HOSTILE,
        checks: ["Low"],
        pinned: null,
        run,
      },
    ],
    traces: [
      {
        name: "BrokenToy",
        cfg: "BrokenToy.cfg",
        shows: "Low",
        sha256: "d".repeat(64),
        stale: true,
        lanes: ["s1", HOSTILE],
        steps: [
          { action: "Initial predicate", arrows: [], changes: [{ place: "x", before: null, after: HOSTILE }] },
          {
            action: HOSTILE,
            arrows: [
              { from: "s1", to: HOSTILE, label: HOSTILE },
              { from: "s1", to: "s1", label: "Up" },
            ],
            changes: [{ place: "x", before: HOSTILE, after: "1" }],
          },
        ],
        loop: 1,
      },
    ],
    verified: { sha256: SHA, bounds: "quick", tools: TOOLS, faults: [HOSTILE] },
    fuzz: fuzz(SHA),
    coverage: coverage(SHA),
    replay: null,
    mutants: mutants("b".repeat(64)),
  };
}

/** A report of one protocol, some of which may be otherwise. */
export function reportOf(changed: Partial<Material> = {}): Report {
  const protocol = protocolReport({ ...material(), ...changed });
  return { format: "lockstep-report", version: 1, tool: "lockstep 0.0.0", protocols: [protocol] };
}

function fuzz(sha256: string): Results {
  return {
    sha256,
    settings: { seed: 7, strategy: "guided" },
    counts: { runs: 2_000, steps: 84_123, "action Up": 12_345 },
    sets: { features: { size: 2, members: ["Up > Up", HOSTILE] }, edges: { size: 70_000, members: [] } },
    items: [{ id: "never hit: Up", path: `Up\n${HOSTILE}` }],
    seconds: 61.5,
  };
}

function coverage(sha256: string): Results {
  return {
    sha256,
    settings: { cfg: "MCToy.cfg", states: 10, edges: 20, actions: { Up: 15, Down: 5 } },
    counts: { runs: 3, steps: 40, compared: 40 },
    sets: { states: { size: 9, members: [] }, "edges of Up": { size: 12, members: [] } },
    items: [{ id: "never hit: Down", example: `at\n${HOSTILE}` }],
    seconds: 1,
  };
}

function mutants(sha256: string): Results {
  const killed = { side: "spec", definition: "Up", operator: "drop", killedBy: "property", diff: "- x' = x + 1" };
  const survivor = { side: "reducer", definition: "up", killedBy: null, diff: HOSTILE };
  return {
    sha256,
    settings: { side: "both" },
    counts: { mutants: 4 },
    sets: {},
    items: [
      { id: "Toy!Up:drop:1", ...killed },
      { id: "Toy!Up:negate:1", ...killed, killedBy: "sound" },
      { id: "up.ts!up:1", ...survivor, reason: "It is the same in other words." },
      { id: HOSTILE, ...survivor },
    ],
    seconds: 812,
  };
}
