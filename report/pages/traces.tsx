import type { VNode } from "preact";
import type { TraceReport, TraceStepReport } from "../shape.ts";
import { Chart, changeText } from "./chart.tsx";
import { href, tracePath } from "./links.ts";
import { Notice, PageLink, Table } from "./parts.tsx";
import { type Here, modelNamed } from "./site.ts";

/** The behaviours that are kept: those that models fail by, and those that witnesses reach. */
export function Traces({ here }: { readonly here: Here }): VNode {
  const { traces } = here.protocol;
  if (traces.length === 0) return <Notice kind="none">No traces are kept for this protocol.</Notice>;
  return (
    <>
      <p>
        Behaviours that TLC found: how a model that must fail does so, and how a witness is reached. For safety each is
        one of the shortest.
      </p>
      {traces.some(({ stale }) => stale !== false) ? <Stale /> : null}
      <Table
        caption="Traces"
        head={["trace", "of a model that is", "shows", "states ", "made from"]}
        rows={traces.map(({ name, cfg, shows, steps, stale }) => ({
          id: name,
          cells: [
            <a key="name" href={href(here.at, tracePath(here.protocol, name))}>
              {name}
            </a>,
            modelNamed(here, cfg)?.purpose ?? "unknown",
            shows,
            String(steps.length),
            stale === false ? "this specification" : <span class="fail">{stale === null ? "unknown" : "another"}</span>,
          ],
        }))}
      />
    </>
  );
}

function Stale(): VNode {
  return (
    <Notice kind="stale">
      <strong>Out of date.</strong> The specification has changed since some of these traces were made;{" "}
      <code>lockstep traces</code> makes them again.
    </Notice>
  );
}

/** One trace: the chart, and every step with what it changed. */
export function Trace({ here, trace }: { readonly here: Here; readonly trace: TraceReport }): VNode {
  const model = modelNamed(here, trace.cfg);
  return (
    <>
      <p>
        {model?.purpose === "must fail" ? "How this is violated: " : "It shows: "}
        {trace.shows}
        {". "}
        {model === undefined ? null : (
          <PageLink here={here} page="models" place={trace.cfg}>
            The model
          </PageLink>
        )}
      </p>
      {model === undefined || model.says === trace.shows ? null : <p>{model.says}</p>}
      {trace.stale === false ? null : <Stale />}
      {trace.lanes.length === 0 ? (
        <p class="quiet">No processes can be told in it, so there is no chart.</p>
      ) : (
        <Chart trace={trace} />
      )}
      <h2 id="steps">Steps</h2>
      <ol class="steps">
        {trace.steps.map((step, at) => (
          <Step step={step} number={at + 1} />
        ))}
      </ol>
      {trace.loop === null ? null : (
        <p>
          {trace.loop === trace.steps.length ? (
            "And so for ever: nothing more happens."
          ) : (
            <>
              And for ever: back to <a href={`#step-${trace.loop}`}>state {trace.loop}</a>.
            </>
          )}
        </p>
      )}
    </>
  );
}

function Step({ step, number }: { readonly step: TraceStepReport; readonly number: number }): VNode {
  return (
    <li id={`step-${number}`}>
      <strong>{step.action}</strong>
      {step.arrows.some(({ from, to }) => from !== to) ? (
        <span class="quiet">
          {" "}
          {step.arrows
            .filter(({ from, to }) => from !== to)
            .map(({ from, to, label }) => `${label}: ${from} to ${to}`)
            .join(", ")}
        </span>
      ) : null}
      <pre class="changes">
        {step.changes.length === 0
          ? "(nothing changed)"
          : step.changes
              .map((change) => (number === 1 ? `${change.place} = ${change.after}` : changeText(change)))
              .join("\n")}
      </pre>
    </li>
  );
}
