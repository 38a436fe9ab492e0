import type { VNode } from "preact";
import type { Property } from "../shape.ts";
import { Excerpt, PlaceLink } from "./excerpt.tsx";
import { href, slug, tracePath } from "./links.ts";
import { Commas, Heading, Inline, ModelLink, Notice, PageLink, Table } from "./parts.tsx";
import { definitionsNamed, functionsFor, type Here, modelNamed } from "./site.ts";

/** Each property with the models that check it, and those that must fail by it. */
export function Properties({ here }: { readonly here: Here }): VNode {
  const { properties } = here.protocol;
  if (properties.length === 0) return <Notice kind="none">No model here checks a property.</Notice>;
  return (
    <>
      <p>
        A property that nothing breaks may be one that cannot be broken. So each has models that must fail by it: there
        one thing of the specification is wrong on purpose.
      </p>
      <Table
        caption="Properties, by how many models they are checked and broken"
        head={["property", "of", "checked by ", "broken by "]}
        rows={properties.map(({ name, kind, checkedBy, brokenBy }) => ({
          cells: [
            <PageLink here={here} page="properties" place={name} key="name">
              {name}
            </PageLink>,
            kind === "state" ? "states" : "steps and behaviours",
            String(checkedBy.length),
            String(brokenBy.length),
          ],
        }))}
      />
      {properties.map((property) => (
        <OneProperty key={property.name} here={here} property={property} />
      ))}
    </>
  );
}

function OneProperty({ here, property }: { readonly here: Here; readonly property: Property }): VNode {
  const { name, checkedBy, brokenBy } = property;
  const [definition] = definitionsNamed(here, name);
  const functions = definition === undefined ? [] : functionsFor(here, definition);
  return (
    <section aria-labelledby={slug(name)}>
      <Heading id={name}>{name}</Heading>
      {definition === undefined ? (
        <p class="quiet">Its definition was not found.</p>
      ) : (
        <figure>
          <figcaption>
            <PlaceLink here={here} place={definition} />
            {functions.map((one) => (
              <span key={one.name} class="quiet">
                {" "}
                implemented by {one.name} <PlaceLink here={here} place={one} />
              </span>
            ))}
          </figcaption>
          <Excerpt here={here} place={definition} />
        </figure>
      )}
      <p>
        Checked by: <Commas all={checkedBy.map((cfg) => <ModelLink here={here} cfg={cfg} key={cfg} />)} />
        {checkedBy.length === 0 ? " – no model that must hold checks it" : null}.
      </p>
      <h3>Broken by</h3>
      {brokenBy.length === 0 ? (
        <p class="fail">No model makes it fail.</p>
      ) : (
        <ul>
          {brokenBy.map((cfg) => (
            <li key={cfg}>
              <Breaker here={here} cfg={cfg} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Breaker({ here, cfg }: { readonly here: Here; readonly cfg: string }): VNode {
  const trace = here.protocol.traces.find((one) => one.cfg === cfg);
  return (
    <>
      <ModelLink here={here} cfg={cfg} />: <Inline here={here} text={modelNamed(here, cfg)?.says ?? ""} />{" "}
      {trace === undefined ? null : (
        <a href={href(here.at, tracePath(here.protocol, trace.name))}>{trace.steps.length} states, as a chart</a>
      )}
    </>
  );
}
