import type { VNode } from "preact";
import type { Place, ProtocolReport, Rule } from "../shape.ts";
import { Cut, PlaceLink } from "./excerpt.tsx";
import { slug } from "./links.ts";
import { Commas, Heading, Inline, ModelLink, Notice } from "./parts.tsx";
import { enclosing, functionsFor, type Here, specifiedBy } from "./site.ts";

/** Each rule of the paper beside the conjuncts and the functions that cite it. */
export function Rules({ here }: { readonly here: Here }): VNode {
  const { rules } = here.protocol;
  if (rules.length === 0) {
    return (
      <Notice kind="none">
        There is no <code>paper.md</code> with numbered rules beside this specification.
      </Notice>
    );
  }
  return (
    <>
      <p>
        What the paper asks for, and how we read it where it is silent, each beside the places that cite it: conjuncts
        of the specification on one side, functions on the other. A line of the source leads to its file.
      </p>
      {rules.map((rule) => (
        <OneRule key={rule.id} here={here} rule={rule} />
      ))}
    </>
  );
}

function OneRule({ here, rule }: { readonly here: Here; readonly rule: Rule }): VNode {
  const { protocol } = here;
  const models = protocol.models.filter(({ path }) =>
    protocol.citations.some((citation) => citation.path === path && citation.rule === rule.id),
  );
  return (
    <section class="rule" aria-labelledby={slug(rule.id)}>
      <Heading id={rule.id}>{rule.id}</Heading>
      <p class="says">
        <Inline here={here} text={rule.says} />
      </p>
      {rule.notes.map(({ head, text }) => (
        <p class="quiet" key={head}>
          {head}: <Inline here={here} text={text} />
        </p>
      ))}
      <div class="beside">
        <div>
          <h3>Specification</h3>
          <Cited here={here} rule={rule} kind="specification" places={protocol.definitions} />
        </div>
        <div>
          <h3>Code</h3>
          <Cited here={here} rule={rule} kind="program" places={protocol.functions} />
        </div>
      </div>
      {models.length === 0 ? null : (
        <p>
          Models that speak of it: <Commas all={models.map(({ cfg }) => <ModelLink here={here} cfg={cfg} />)} />.
        </p>
      )}
    </section>
  );
}

interface CitedProps {
  readonly here: Here;
  readonly rule: Rule;
  readonly kind: "specification" | "program";
  readonly places: readonly Place[];
}

/** The places of a kind of source that cite a rule, each once. */
function Cited({ here, rule, kind, places }: CitedProps): VNode {
  const all = citedPlaces(here.protocol, rule, kind, places);
  if (all.length === 0) return <p class="quiet">It is cited nowhere here.</p>;
  return (
    <>
      {all.map(({ place, lines }) => (
        <figure key={`${place.path}:${place.from}`}>
          <figcaption>
            <strong>{place.name}</strong>{" "}
            <PlaceLink here={here} place={{ path: place.path, from: lines[0] ?? place.from }} />
            <Counterparts here={here} place={place} kind={kind} />
          </figcaption>
          <Cut here={here} place={place} marked={lines} />
        </figure>
      ))}
    </>
  );
}

interface CitedPlace {
  readonly place: Place;
  readonly lines: readonly number[];
}

function citedPlaces(
  { citations, sources }: ProtocolReport,
  rule: Rule,
  kind: CitedProps["kind"],
  places: readonly Place[],
): CitedPlace[] {
  const paths = new Set(sources.filter((source) => source.kind === kind).map(({ path }) => path));
  const found = new Map<string, { place: Place; lines: number[] }>();
  for (const citation of citations) {
    const { path, line } = citation;
    if (citation.rule !== rule.id || !paths.has(path)) continue;
    // What is in no definition is in the text before them: shown by itself, with a line around it.
    const loose = { path, name: path.replace(/^.*\//, ""), prose: line - 1, from: line, to: line + 1 };
    const place = enclosing(places, citation) ?? loose;
    const key = `${path}:${place.from}`;
    const known = found.get(key) ?? { place, lines: [] };
    known.lines.push(line);
    found.set(key, known);
  }
  // Definitions first, in their order, and what is said outside of them last.
  const isLoose = ({ place }: CitedPlace): number => (places.includes(place) ? 0 : 1);
  return [...found.values()].sort((one, other) => isLoose(one) - isLoose(other));
}

/** The other side of a place: the functions of a definition, the definitions of a function. */
function Counterparts({
  here,
  place,
  kind,
}: Omit<CitedProps, "rule" | "places"> & { readonly place: Place }): VNode | null {
  const code = here.protocol.functions.find(({ path, from }) => path === place.path && from === place.from);
  const others =
    kind === "specification" ? functionsFor(here, place) : code === undefined ? [] : specifiedBy(here, code);
  if (others.length === 0) return null;
  return (
    <span class="quiet">
      {kind === "specification" ? " implemented by " : " implements "}
      <Commas
        all={others.map((other) => (
          <>
            {other.name} <PlaceLink here={here} place={other} />
          </>
        ))}
      />
    </span>
  );
}
