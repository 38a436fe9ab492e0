import type { ComponentChildren, VNode } from "preact";
import { type Job, jobFaults, modelFault } from "../faults.ts";
import type { Model, Results } from "../shape.ts";
import { blocksOf } from "../sources/prose.ts";
import { words } from "../words.ts";
import { href, PAGES, type PageName, pagePath, slug } from "./links.ts";
import { type Here, isCurrent } from "./site.ts";

/** A count with its thousands apart. */
export function count(number: number): string {
  return number.toLocaleString("en-US");
}

/** A time given in seconds. */
export function time(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  return seconds < 7200 ? `${(seconds / 60).toFixed(1)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** A share of a whole; 100 % only where it is the whole. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? "–" : `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)} %`;
}

/** A heading that can be linked to. */
export function Heading({ id, level = 2, children }: HeadingProps): VNode {
  const Tag = level === 2 ? "h2" : "h3";
  const place = slug(id);
  return (
    <Tag id={place}>
      {children}{" "}
      <a class="anchor" href={`#${encodeURIComponent(place)}`} aria-label={`Link to ${id}`}>
        #
      </a>
    </Tag>
  );
}

interface HeadingProps {
  readonly id: string;
  readonly level?: 2 | 3;
  readonly children: ComponentChildren;
}

/** A table in a box of its own, which scrolls where the table is too wide. */
export function Table({ caption, head, rows }: TableProps): VNode {
  const isNumber = (column: number): boolean => head[column]?.endsWith(" ") === true;
  return (
    <div class="scroll">
      <table>
        {caption === undefined ? null : <caption>{caption}</caption>}
        <thead>
          <tr>
            {head.map((cell, column) => (
              <th key={cell} scope="col" class={isNumber(column) ? "number" : undefined}>
                {cell.trim()}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells }) => (
            <tr key={id} id={id === undefined ? undefined : slug(id)}>
              {cells.map((cell, column) => (
                <td key={head[column]} class={isNumber(column) ? "number" : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface TableProps {
  readonly caption?: string;
  /** Heads of the columns; one that ends in a space is of numbers. */
  readonly head: readonly string[];
  readonly rows: readonly Row[];
}

export interface Row {
  /** Where the row can be linked to. */
  readonly id?: string | undefined;
  readonly cells: readonly ComponentChildren[];
}

/** What a job was asked for, and how long it took. */
export function Settings({ results }: { readonly results: Results }): VNode {
  const { settings, items, seconds } = results;
  return (
    <Table
      caption="What was asked for"
      head={["setting", "value"]}
      rows={[
        ...Object.entries(settings)
          .filter(([name]) => name !== "actions")
          .map(([name, value]) => ({ cells: [name, words(value)] })),
        { cells: ["items in the results", count(items.length)] },
        { cells: ["time of all parts together", time(seconds)] },
      ]}
    />
  );
}

/** A sentence that must not be missed. */
export function Notice({ kind, children }: NoticeProps): VNode {
  return <p class={`notice ${kind}`}>{children}</p>;
}

interface NoticeProps {
  readonly kind: "bad" | "stale" | "none" | "good";
  readonly children: ComponentChildren;
}

/** Says that a part was not run, or that it was run for other sources than these. Nothing where all is well. */
export function Freshness({ here, part, command }: FreshnessProps): VNode | null {
  if (command === undefined) return <Notice kind="none">There is no reducer, so there is nothing to run.</Notice>;
  if (part === null) {
    return (
      <Notice kind="none">
        <strong>Not run.</strong> There are no results; <code>{command}</code> makes them.
      </Notice>
    );
  }
  const current = isCurrent(here, part.sha256);
  if (current === true) return null;
  return (
    <Notice kind="stale">
      <strong>{current === null ? "Perhaps out of date." : "Out of date."}</strong>{" "}
      {current === null
        ? "The results do not say which sources they are of, or the sources are not all here."
        : "The sources have changed since these results were made."}{" "}
      <code>{command}</code> makes them again.
    </Notice>
  );
}

interface FreshnessProps {
  readonly here: Here;
  readonly part: { readonly sha256: string | null } | null;
  /** Undefined where there is nothing to run. */
  readonly command: string | undefined;
}

/** Everything that is wrong with what a job found. */
export function JobFaults({ here, job }: { readonly here: Here; readonly job: Job }): VNode {
  const results = here.protocol[job];
  return (
    <>
      {(results === null ? [] : jobFaults(job, results)).map((fault) => (
        <Notice kind="bad" key={fault}>
          <strong>FAIL</strong> {fault}
        </Notice>
      ))}
    </>
  );
}

/** Everything that is wrong with the models of some kind, by name. */
export function ModelFaults({ here, models }: { readonly here: Here; readonly models: readonly Model[] }): VNode {
  const failed = models.flatMap((model) => {
    const fault = modelFault(model, here.protocol.hasReducer);
    return fault === undefined ? [] : [{ cfg: model.cfg, fault }];
  });
  return (
    <>
      {failed.map(({ cfg, fault }) => (
        <Notice kind="bad" key={cfg}>
          <strong>FAIL</strong> <ModelLink here={here} cfg={cfg} />: {fault}
        </Notice>
      ))}
    </>
  );
}

export function PageLink({ here, page, place, children }: PageLinkProps): VNode {
  return <a href={href(here.at, pagePath(here.protocol, page), place)}>{children ?? PAGES[page]}</a>;
}

interface PageLinkProps {
  readonly here: Here;
  readonly page: PageName;
  readonly place?: string;
  readonly children?: ComponentChildren;
}

export function ModelLink({ here, cfg }: { readonly here: Here; readonly cfg: string }): VNode {
  return (
    <PageLink here={here} page="models" place={cfg}>
      {cfg.replace(/\.cfg$/, "")}
    </PageLink>
  );
}

/** Things one after another with commas between; a dash for none. */
export function Commas({ all }: { readonly all: readonly ComponentChildren[] }): VNode {
  return <>{all.length === 0 ? "–" : all.map((one, at) => [at === 0 ? "" : ", ", one])}</>;
}

/** Running text: programs in backquotes, stress in double stars, and rules as links to them. */
export function Inline({ here, text }: { readonly here: Here; readonly text: string }): VNode {
  const pieces = text.split(/(`[^`]+`|\*\*[^*]+\*\*|\[[^\]]+\]\([^)]*\))/);
  return (
    <>
      {pieces.map((piece) => {
        if (/^`.+`$/s.test(piece)) return <code>{piece.slice(1, -1)}</code>;
        if (/^\*\*.+\*\*$/s.test(piece)) return <strong>{piece.slice(2, -2)}</strong>;
        return <RuleLinks here={here} text={piece.replace(/^\[(.+)\]\(.*\)$/s, "$1")} />;
      })}
    </>
  );
}

/** Text in which the numbers of rules are links. */
export function RuleLinks({ here, text }: { readonly here: Here; readonly text: string }): VNode {
  const known = new Set(here.protocol.rules.map(({ id }) => id));
  return (
    <>
      {text.split(/\b([A-Z]\d+)\b/).map((piece) =>
        known.has(piece) ? (
          <PageLink here={here} page="rules" place={piece}>
            {piece}
          </PageLink>
        ) : (
          piece
        ),
      )}
    </>
  );
}

/** Text of a document or a comment, in paragraphs, lists and tables. */
export function Prose({ here, text }: { readonly here: Here; readonly text: string }): VNode {
  return (
    <>
      {blocksOf(text).map((block) => {
        switch (block.kind) {
          case "list":
            return (
              <ul>
                {block.items.map((item) => (
                  <li key={item}>
                    <Inline here={here} text={item} />
                  </li>
                ))}
              </ul>
            );
          case "table":
            return (
              <Table
                head={block.head}
                rows={block.rows.map((cells) => ({ cells: cells.map((cell) => <Inline here={here} text={cell} />) }))}
              />
            );
          case "code":
            return <pre class="scroll">{block.text}</pre>;
          case "heading":
            return <h4>{block.text}</h4>;
          default:
            return (
              <p>
                <Inline here={here} text={block.text} />
              </p>
            );
        }
      })}
    </>
  );
}
