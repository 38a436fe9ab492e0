import type { VNode } from "preact";
import type { Citation, Place, Rule } from "../shape.ts";
import { Cut, PlaceLink } from "./excerpt.tsx";
import { slug } from "./links.ts";
import { Commas, Heading, Inline, ModelLink, Notice } from "./parts.tsx";
import { enclosing, functionsFor, type Here, linesWithoutComments, sourceOf, specifiedBy } from "./site.ts";

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
  const all = citedPlaces(here, rule, kind, places);
  if (all.length === 0) return <p class="quiet">It is cited nowhere here.</p>;
  return (
    <>
      {all.every(({ isLoose }) => isLoose) ? <p class="stale">It is named in the header only.</p> : null}
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
  /** Whether it is no definition or function, but text outside of them. */
  readonly isLoose: boolean;
  readonly lines: readonly number[];
}

function citedPlaces(here: Here, rule: Rule, kind: CitedProps["kind"], places: readonly Place[]): CitedPlace[] {
  const { citations, sources } = here.protocol;
  const paths = new Set(sources.filter((source) => source.kind === kind).map(({ path }) => path));
  const found = new Map<string, { place: Place; isLoose: boolean; lines: number[] }>();
  for (const citation of citations) {
    const { path, line } = citation;
    if (citation.rule !== rule.id || !paths.has(path)) continue;
    // What is in no definition, nor right before one, is in a header: shown by itself, with a line around it.
    const loose = { path, name: path.replace(/^.*\//, ""), prose: line - 1, from: line, to: line + 1 };
    const place = enclosing(places, citation) ?? headed(here, places, citation) ?? loose;
    const key = `${path}:${place.from}`;
    const known = found.get(key) ?? { place, isLoose: place === loose, lines: [] };
    known.lines.push(line);
    found.set(key, known);
  }
  // Definitions first, in their order, and what is said outside of them last.
  return [...found.values()].sort((one, other) => Number(one.isLoose) - Number(other.isLoose));
}

/** The place that follows a comment: blank lines may stand between the two, and nothing else. */
function headed(here: Here, places: readonly Place[], { path, line }: Citation): Place | undefined {
  const source = sourceOf(here, path);
  const next = places.find((place) => place.path === path && place.from > line);
  if (source === undefined || next === undefined) return undefined;
  const between = linesWithoutComments(source).slice(line - 1, next.from - 1);
  if (!between.every((text) => text.trim() === "")) return undefined;
  return { ...next, prose: line };
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
