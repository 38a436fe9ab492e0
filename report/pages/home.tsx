import type { VNode } from "preact";
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
        head={["protocol", "models", "conformance", "fuzzing", "replay", "mutants"]}
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
  const { models, verified, hasReducer, fuzz, replay, mutants } = protocol;
  const run = models.filter((model) => model.run !== null);
  const left = models.length - run.length;
  const passed = run.filter((model) => model.run?.passed === true).length;
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
  const good = passed === run.length && run.length > 0 && verified?.faults.length === 0;
  const score = scoreOf(mutants === null ? [] : mutantsOf(mutants));
  return [
    <a key="name" href={href(at, pagePath(protocol, "index"))}>
      {protocol.name}
    </a>,
    state(verified, `${passed} of ${run.length} as they should${left === 0 ? "" : `, ${left} not run`}`, good),
    hasReducer ? (
      state(
        compared.length === 0 ? null : verified,
        `${compared.length} models`,
        compared.every(({ mismatches }) => mismatches === 0),
      )
    ) : (
      <span class="quiet">no reducer</span>
    ),
    state(fuzz, "run", true),
    state(replay, "run", true),
    state(mutants, `${percent(score.killed, score.total)} killed`, score.killed + score.reasoned === score.total),
  ];
}
