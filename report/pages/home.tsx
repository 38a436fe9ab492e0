import type { VNode } from "preact";
import { type Job, jobFaults, modelFault } from "../faults.ts";
import { groupsOf } from "../groups.ts";
import { mutantsOf, scoreOf } from "../mutants.ts";
import type { ProtocolReport, Report } from "../shape.ts";
import { href, pagePath } from "./links.ts";
import { percent, Table } from "./parts.tsx";
import { isCurrent } from "./site.ts";

/** All protocols, and how each part of the checks stands. */
export function Home({ report, at, changes }: HomeProps): VNode {
  return (
    <>
      <p>
        What was checked of each protocol, up to which bounds, and what was not. Specifications in TLA+, reducers, and
        the comparison of the two over every state that TLC reaches.
      </p>
      {changes === undefined ? null : (
        <p>
          <a href={href(at, changes)}>Changes since the earlier report</a>
        </p>
      )}
      <Table
        caption="Protocols"
        head={["protocol", "models", "conformance", "fuzzing", "coverage", "replay", "mutants"]}
        rows={report.protocols.map((protocol) => ({ cells: row(protocol, at) }))}
      />
      <p class="quiet">
        Written by {report.tool}. The same as JSON: <a href={href(at, "report.json")}>report.json</a>.
      </p>
    </>
  );
}

interface HomeProps {
  readonly report: Report;
  readonly at: string;
  /** Path of the page of changes, where there is one. */
  readonly changes: string | undefined;
}

function row(protocol: ProtocolReport, at: string): VNode[] {
  const { models, verified, hasReducer, mutants } = protocol;
  const run = models.filter((model) => model.run !== null);
  const left = models.length - run.length;
  const passed = run.filter((model) => modelFault(model, hasReducer) === undefined).length;
  const compared = run.flatMap((model) => model.run?.conformance ?? []);
  const state = (part: { readonly sha256: string | null } | null, words: string, isGood: boolean): VNode => {
    if (part === null) return <span class="quiet">not run</span>;
    const current = isCurrent({ protocol, at }, part.sha256);
    if (current !== true)
      return (
        <span class="stale">
          {current === null ? "perhaps out of date" : "out of date"}: {words}
        </span>
      );
    return <span class={isGood ? "pass" : "fail"}>{words}</span>;
  };
  const uncompared = models.filter(
    (model) => model.purpose === "good" && modelFault(model, hasReducer) !== undefined,
  ).length;
  const good = passed === run.length && run.length > 0 && verified?.faults.length === 0;
  const scores = [...groupsOf(mutants === null ? [] : mutantsOf(mutants), ({ side }) => side)].map(([side, group]) => {
    const { killed, total } = scoreOf(group);
    return `${side} ${percent(killed, total)} killed`;
  });
  const job = (name: Job, found: string): VNode => {
    if (!hasReducer) return <span class="quiet">no reducer</span>;
    const results = protocol[name];
    const faults = results === null ? [] : jobFaults(name, results);
    return state(results, [found, ...faults].join("; "), faults.length === 0);
  };
  return [
    <a key="name" href={href(at, pagePath(protocol, "index"))}>
      {protocol.name}
    </a>,
    state(verified, `${passed} of ${run.length} as they should${left === 0 ? "" : `, ${left} not run`}`, good),
    hasReducer ? (
      state(
        verified,
        `${compared.length} models${uncompared === 0 ? "" : `, ${uncompared} not as they should`}`,
        uncompared === 0 && compared.length > 0,
      )
    ) : (
      <span class="quiet">no reducer</span>
    ),
    job("fuzz", "run"),
    job("coverage", "run"),
    job("replay", "run"),
    job("mutants", scores.join(", ") || "run"),
  ];
}
