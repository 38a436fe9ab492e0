import type { VNode } from "preact";
import { groupsOf } from "../groups.ts";
import type { Source } from "../shape.ts";
import { Whole } from "./excerpt.tsx";
import { href, sourcePath } from "./links.ts";
import { count, Notice, Table } from "./parts.tsx";
import { type Here, linesOf } from "./site.ts";

const KINDS = {
  specification: "Specification",
  model: "Models: bounds, what must fail, witnesses",
  program: "Reducer, and what binds it to the specification",
  document: "Documents",
} as const;

/** Every source that the other pages refer to. */
export function Sources({ here }: { readonly here: Here }): VNode {
  const { sources, hasReducer } = here.protocol;
  return (
    <>
      <p>The sources that this report was made from, as they were then, with the definitions and functions in them.</p>
      {hasReducer && !sources.some(({ kind }) => kind === "program") ? (
        <Notice kind="none">The sources of the reducer are not here, as in an installed package.</Notice>
      ) : null}
      {[...groupsOf(sources, ({ kind }) => kind)].map(([kind, group]) => (
        <Table
          key={kind}
          caption={KINDS[kind as Source["kind"]]}
          head={["file", "lines "]}
          rows={group.map((source) => ({
            id: source.path,
            cells: [
              <a key="file" href={href(here.at, sourcePath(here.protocol, source.path))}>
                {source.path}
              </a>,
              count(linesOf(source).length),
            ],
          }))}
        />
      ))}
    </>
  );
}

/** One source, every line of which can be linked to. */
export function SourcePage({ here, source }: { readonly here: Here; readonly source: Source }): VNode {
  return <Whole here={here} source={source} isLinked={true} />;
}
