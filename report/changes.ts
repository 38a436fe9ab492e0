import { mutantsOf, scoreOf } from "./mutants.ts";
import type { Model, ProtocolReport, Report, TraceReport } from "./shape.ts";
import { words } from "./words.ts";

/** What is different between two reports; what there was or is as a few words. */
export interface Difference {
  readonly protocol: string;
  /** What it is about: a model, a property, the score of the mutants. */
  readonly about: string;
  readonly name: string;
  /** Undefined where there was nothing. */
  readonly before?: string;
  /** Undefined where there is nothing any more. */
  readonly after?: string;
}

/** What has been added, removed and changed from one report to a later one. */
export function differencesOf(before: Report, after: Report): Difference[] {
  const names = [...new Set([...before.protocols, ...after.protocols].map(({ name }) => name))];
  return names.flatMap((protocol) => {
    const [was, is] = [before, after].map((report) => factsOf(report.protocols.find(({ name }) => name === protocol)));
    const keys = [...new Set([...(is?.keys() ?? []), ...(was?.keys() ?? [])])];
    return keys.flatMap((key) => {
      const [old, now] = [was?.get(key), is?.get(key)];
      if (old === now) return [];
      const [about = "", name = ""] = key.split("\n");
      return [
        {
          protocol,
          about,
          name,
          ...(old === undefined ? {} : { before: old }),
          ...(now === undefined ? {} : { after: now }),
        },
      ];
    });
  });
}

/** How many things were added, removed and changed, for people. */
export function summaryOf(differences: readonly Difference[]): string {
  if (differences.length === 0) return "nothing has changed";
  const added = differences.filter(({ before }) => before === undefined).length;
  const removed = differences.filter(({ after }) => after === undefined).length;
  return `${added} added, ${removed} removed, ${differences.length - added - removed} changed`;
}

/** What can be compared of a protocol: what it is about and its name, and the words for it. */
function factsOf(protocol: ProtocolReport | undefined): ReadonlyMap<string, string> {
  const facts = new Map<string, string>();
  if (protocol === undefined) return facts;
  const add = (about: string, name: string, told: string): void => {
    facts.set(`${about}\n${name}`, told);
  };
  add("sources", "SHA-256 of all", protocol.sha256 ?? "not all here");
  const { verified } = protocol;
  if (verified !== null) {
    add("verify", "sources", verified.sha256 ?? "not all there");
    add("verify", "bounds", verified.bounds);
    for (const [name, value] of Object.entries(verified.tools ?? {})) add("verify", name, String(value));
    for (const fault of verified.faults) add("fault", fault, "found");
  }
  for (const { id, says } of protocol.rules) add("rule", id, says);
  for (const { name, compared } of protocol.actions) {
    const told = compared === null ? "not compared" : `${compared.sound} sound, ${compared.complete} complete`;
    add("action", name, compared === null ? told : `${told}, ${compared.refusals} refusals`);
  }
  for (const model of protocol.models) add("model", model.cfg, modelWords(model));
  for (const { name, checkedBy, brokenBy } of protocol.properties) {
    add("property", name, `checked by ${checkedBy.join(", ") || "none"}; broken by ${brokenBy.join(", ") || "none"}`);
  }
  for (const trace of protocol.traces) add("trace", trace.name, traceWords(trace));
  for (const job of ["fuzz", "coverage", "replay", "mutants"] as const) {
    const results = protocol[job];
    add(job, "sources", results === null ? "not run" : results.sha256);
    for (const [name, value] of Object.entries(results?.settings ?? {})) add(job, `setting ${name}`, words(value));
    for (const [name, number] of Object.entries(results?.counts ?? {})) add(job, name, String(number));
    for (const [name, { size }] of Object.entries(results?.sets ?? {})) add(job, `different ${name}`, String(size));
  }
  if (protocol.mutants !== null) {
    const all = mutantsOf(protocol.mutants);
    const { killed, total, reasoned } = scoreOf(all);
    add("mutants", "score", `${killed} of ${total} killed, ${reasoned} survive for a reason`);
    const survivors = all.filter(({ killedBy }) => killedBy === null);
    for (const { id, reason } of survivors) add("survivor", id, reason ?? "no reason is given");
  }
  for (const { title, path, text } of protocol.statements) add("statement", `${path}: ${title}`, text);
  return facts;
}

function modelWords({ purpose, bounds, checks, run, pinned }: Model): string {
  const found = run ?? pinned;
  const counts = found === null ? "" : `, ${found.distinct} distinct of ${found.generated}, depth ${found.depth}`;
  const result = run === null ? "not run" : run.passed ? "PASS" : "FAIL";
  const { conformance = null } = run ?? {};
  const compared = conformance === null ? "" : `, ${conformance.mismatches} mismatches`;
  return `${purpose}, ${bounds} bounds, checks ${checks.join(", ")}: ${result}${counts}${compared}`;
}

/** A trace by its length, what it was made from, and what it is read from. */
function traceWords({ shows, steps, sha256, stale }: TraceReport): string {
  const made = stale === null ? "made from what is unknown" : stale ? "out of date" : "up to date";
  return `${shows}, ${steps.length} states, ${made}, SHA-256 ${sha256.slice(0, 12)}`;
}
