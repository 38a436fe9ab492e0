import type { VNode } from "preact";
import type { Place, Source } from "../shape.ts";
import { href, lineId, sourcePath } from "./links.ts";
import { RuleLinks } from "./parts.tsx";
import { type Here, linesOf, linesWithoutComments, sourceOf } from "./site.ts";

/** Where something is in a source, as a link to it. */
export function PlaceLink({ here, place }: { readonly here: Here; readonly place: PlaceAt }): VNode {
  const label = `${place.path.replace(/^.*\//, "")}:${place.from}`;
  const source = sourcePath(here.protocol, place.path);
  return (
    <a class="place" href={href(here.at, source, lineId(place.from))}>
      {label}
    </a>
  );
}

type PlaceAt = Pick<Place, "path" | "from">;

/** A definition or a function with its comment, whole. */
export function Excerpt({ here, place }: { readonly here: Here; readonly place: Place }): VNode {
  const lines = Array.from({ length: place.to - place.prose + 1 }, (_, at) => place.prose + at);
  return <Lines here={here} path={place.path} lines={lines} marked={[]} />;
}

/**
 * The lines of a place that matter, with the head of the place and a line around each; what is left out between them is
 * shown to be.
 */
export function Cut({ here, place, marked }: CutProps): VNode {
  const wanted = new Set([place.from, ...marked.flatMap((line) => [line - 1, line, line + 1])]);
  // What is named before a place is about the whole of it.
  if (marked.some((line) => line < place.from)) {
    const to = Math.min(place.to, place.from + LONGEST - 1);
    for (let line = place.from; line <= to; line++) wanted.add(line);
  }
  const lines = [...wanted].filter((line) => place.prose <= line && line <= place.to).sort((a, b) => a - b);
  return <Lines here={here} path={place.path} lines={lines} marked={marked} to={place.to} />;
}

/** How many lines of a place are shown where all of it is meant. */
const LONGEST = 25;

interface CutProps {
  readonly here: Here;
  readonly place: Omit<Place, "name">;
  readonly marked: readonly number[];
}

function Lines({ here, path, lines, marked, to = 0 }: LinesProps): VNode {
  const source = sourceOf(here, path);
  if (source === undefined) return <p class="quiet">The source {path} is not here.</p>;
  return (
    <pre class="scroll source">
      {lines.map((line, at) => (
        <>
          {at > 0 && lines[at - 1] !== line - 1 ? <span class="gap">⋯{"\n"}</span> : null}
          <Line here={here} source={source} line={line} isMarked={marked.includes(line)} />
        </>
      ))}
      {(lines.at(-1) ?? to) < to ? <span class="gap">⋯{"\n"}</span> : null}
    </pre>
  );
}

interface LinesProps {
  /** The last line of the place that they are cut out of. */
  readonly to?: number;
  readonly here: Here;
  readonly path: string;
  readonly lines: readonly number[];
  readonly marked: readonly number[];
}

/** A whole source. Its lines can be linked to on the one page where that is said. */
export function Whole({ here, source, isLinked }: WholeProps): VNode {
  const lines = linesOf(source).slice(0, source.text.endsWith("\n") ? -1 : undefined);
  return (
    <pre class="scroll source">
      {lines.map((_, at) => (
        <Line here={here} source={source} line={at + 1} isMarked={false} isWhole={isLinked} />
      ))}
    </pre>
  );
}

interface WholeProps {
  readonly here: Here;
  readonly source: Source;
  readonly isLinked: boolean;
}

function Line({ here, source, line, isMarked, isWhole = false }: LineProps): VNode {
  const target = href(here.at, sourcePath(here.protocol, source.path), lineId(line));
  return (
    <span class={isMarked ? "line marked" : "line"} id={isWhole ? lineId(line) : undefined}>
      <a class="number" href={target}>
        {line}
      </a>
      <Text here={here} source={source} line={line} />
      {"\n"}
    </span>
  );
}

interface LineProps {
  readonly here: Here;
  readonly source: Source;
  readonly line: number;
  readonly isMarked: boolean;
  /** Whether this is the one place where the line is shown with all others, to which links to it lead. */
  readonly isWhole?: boolean;
}

/** The text of a line, its comments set apart. */
function Text({ here, source, line }: Pick<LineProps, "here" | "source" | "line">): VNode {
  const text = linesOf(source)[line - 1] ?? "";
  const bare = linesWithoutComments(source)[line - 1] ?? "";
  return (
    <>
      {pieces(text, bare).map(({ isComment, part }) =>
        isComment ? (
          <span class="comment">
            <RuleLinks here={here} text={part} />
          </span>
        ) : (
          part
        ),
      )}
    </>
  );
}

/** A line cut where comments begin and end; a comment is what is blank without comments. */
function pieces(text: string, bare: string): { readonly isComment: boolean; readonly part: string }[] {
  const found: { isComment: boolean; part: string }[] = [];
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    const last = found.at(-1);
    const isComment = letter === " " ? last?.isComment === true : letter !== bare.charAt(at);
    if (last?.isComment === isComment) last.part += letter;
    else found.push({ isComment, part: letter });
  }
  return found;
}
