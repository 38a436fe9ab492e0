import type { ComponentChildren, VNode } from "preact";
import type { Action, Compared } from "../shape.ts";
import { verifyCommand } from "./commands.ts";
import { Excerpt, PlaceLink } from "./excerpt.tsx";
import { slug } from "./links.ts";
import { Commas, count, Freshness, Heading, Notice, PageLink, Table } from "./parts.tsx";
import { definitionsNamed, functionsFor, type Here, rulesOf } from "./site.ts";

/** Each action of the specification beside the function that implements it, and how often the two were compared. */
export function Actions({ here }: { readonly here: Here }): VNode {
  const { actions, verified } = here.protocol;
  if (actions.length === 0) {
    return <Notice kind="none">The specification has no next-state relation whose actions could be told.</Notice>;
  }
  return (
    <>
      <p>
        The disjuncts of the next-state relation. The counts are those of conformance, over all models together: moves
        taken that were found in the graph, edges of the graph that were taken, and moves that had to be refused and
        were.
      </p>
      <Freshness here={here} part={verified} command={verifyCommand(here)} />
      <Table
        caption="Actions of the specification and their functions"
        head={["action", "definition", "function", "rules", "sound ", "complete ", "refusals "]}
        rows={actions.map((action) => ({ cells: row(here, action) }))}
      />
      {actions.map((action) => (
        <OneAction key={action.name} here={here} action={action} />
      ))}
    </>
  );
}

function row(here: Here, { name, compared }: Action): ComponentChildren[] {
  const [definition] = definitionsNamed(here, name);
  const functions = definition === undefined ? [] : functionsFor(here, definition);
  const rules = definition === undefined ? [] : rulesOf(here, [definition, ...functions]);
  const number = (claim: keyof Compared): string => (compared === null ? "not compared" : count(compared[claim]));
  return [
    <PageLink here={here} page="actions" place={name} key="action">
      {name}
    </PageLink>,
    definition === undefined ? "–" : <PlaceLink here={here} place={definition} key="definition" />,
    <Commas all={functions.map((one) => <PlaceLink here={here} place={one} key={one.name} />)} key="functions" />,
    <RuleList here={here} rules={rules} key="rules" />,
    number("sound"),
    number("complete"),
    number("refusals"),
  ];
}

function RuleList({ here, rules }: { readonly here: Here; readonly rules: readonly string[] }): VNode {
  return (
    <Commas
      all={rules.map((rule) => (
        <PageLink here={here} page="rules" place={rule} key={rule}>
          {rule}
        </PageLink>
      ))}
    />
  );
}

function OneAction({ here, action }: { readonly here: Here; readonly action: Action }): VNode {
  const [definition] = definitionsNamed(here, action.name);
  const functions = definition === undefined ? [] : functionsFor(here, definition);
  return (
    <section aria-labelledby={slug(action.name)}>
      <Heading id={action.name}>{action.name}</Heading>
      <div class="beside">
        <div>
          <h3>Specification</h3>
          {definition === undefined ? (
            <p class="quiet">Its definition was not found.</p>
          ) : (
            <figure>
              <figcaption>
                <strong>{definition.name}</strong> <PlaceLink here={here} place={definition} />
              </figcaption>
              <Excerpt here={here} place={definition} />
            </figure>
          )}
        </div>
        <div>
          <h3>Code</h3>
          {functions.length === 0 ? <p class="quiet">No function here says that it implements this action.</p> : null}
          {functions.map((one) => (
            <figure key={one.name}>
              <figcaption>
                <strong>{one.name}</strong> <PlaceLink here={here} place={one} />
              </figcaption>
              <Excerpt here={here} place={one} />
            </figure>
          ))}
        </div>
      </div>
    </section>
  );
}
