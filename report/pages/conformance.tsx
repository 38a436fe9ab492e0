import type { ComponentChildren, VNode } from "preact";
import type { Compared, Model } from "../shape.ts";
import { verifyCommand } from "./commands.ts";
import { count, Freshness, Heading, ModelLink, Notice, PageLink, Table, time } from "./parts.tsx";
import type { Here } from "./site.ts";

const CLAIMS = ["sound", "complete", "refusals"] as const;

/** Where the reducer was walked beside the graph, and how often each action was compared there. */
export function Conformance({ here }: { readonly here: Here }): VNode {
  const { models, verified, hasReducer, actions } = here.protocol;
  if (!hasReducer) {
    return (
      <Notice kind="none">There is no reducer: the specification alone is checked, so nothing is compared.</Notice>
    );
  }
  const conformed = models.filter(({ run }) => run !== null && run.conformance !== null);
  const excepted = models.filter(({ notConformed }) => notConformed !== null);
  return (
    <>
      <p>
        The closed system, which calls the reducer, is walked beside the complete graph that TLC explored. At every
        world it reaches: <strong>sound</strong>, each move that is taken is an edge of the graph with its action;{" "}
        <strong>complete</strong>, each edge is taken by some move; <strong>refusals</strong>, each action that the
        graph does not enable is refused over its whole domain, and nothing changes.
      </p>
      <Freshness here={here} part={verified} command={verifyCommand(here)} />
      {verified !== null && conformed.length === 0 ? <Notice kind="bad">Nothing was compared.</Notice> : null}
      {conformed.length === 0 ? null : (
        <>
          <Table
            caption="Models whose graph the reducer was compared with"
            head={["model", "states ", "edges ", "sound ", "complete ", "refusals ", "mismatches ", "time "]}
            rows={conformed.map((model) => ({ cells: row(here, model) }))}
          />
          <Heading id="actions">By action</Heading>
          <Table
            caption="Comparisons of each action, over all models"
            head={["action", "sound ", "complete ", "refusals "]}
            rows={actions.map(({ name, compared }) => ({
              id: name,
              cells: [
                <PageLink here={here} page="actions" place={name} key="action">
                  {name}
                </PageLink>,
                ...CLAIMS.map((claim) => tested(compared, claim)),
              ],
            }))}
          />
          <Heading id="models">By model and action</Heading>
          {conformed.map((model) => (
            <details key={model.cfg}>
              <summary>{model.cfg}</summary>
              <ByAction model={model} />
            </details>
          ))}
        </>
      )}
      <Heading id="excepted">Not compared</Heading>
      {excepted.length === 0 ? <p>No model that must hold is excepted.</p> : null}
      <ul>
        {excepted.map(({ cfg, notConformed }) => (
          <li key={cfg}>
            <ModelLink here={here} cfg={cfg} />: {notConformed}.
          </li>
        ))}
      </ul>
    </>
  );
}

function row(here: Here, { cfg, run }: Model): (VNode | string)[] {
  const { conformance = null } = run ?? {};
  if (conformance === null) return [cfg];
  const { states, edges, mismatches, seconds } = conformance;
  return [
    <ModelLink here={here} cfg={cfg} key="model" />,
    count(states),
    count(edges),
    ...CLAIMS.map((claim) => count(conformance[claim])),
    mismatches === 0 ? (
      "0"
    ) : (
      <span class="fail" key="mismatches">
        {count(mismatches)}
      </span>
    ),
    time(seconds),
  ];
}

/** An action that was never compared is as good as not there. */
function tested(compared: Compared | null, claim: keyof Compared): ComponentChildren {
  if (compared === null) return <span class="quiet">not compared</span>;
  return compared[claim] === 0 ? <span class="fail">0</span> : count(compared[claim]);
}

function ByAction({ model }: { readonly model: Model }): VNode {
  const actions = Object.entries(model.run?.conformance?.actions ?? {});
  return (
    <Table
      head={["action", "sound ", "complete ", "refusals "]}
      rows={actions.map(([name, compared]) => ({ cells: [name, ...CLAIMS.map((claim) => count(compared[claim]))] }))}
    />
  );
}
