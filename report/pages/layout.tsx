import type { ComponentChildren, VNode } from "preact";
import { render } from "preact-render-to-string";
import { href, PAGES, type PageName, pagePath, slug } from "./links.ts";
import type { Here } from "./site.ts";

/** A link in the contents of a page. */
export interface Entry {
  readonly place: string;
  readonly label: string;
}

interface PageProps {
  /** Path of the page below the folder of the report. */
  readonly at: string;
  readonly title: string;
  /** The pages above this one, from the first on. */
  readonly above: readonly { readonly path: string; readonly label: string }[];
  readonly here?: Here;
  /** The page of the protocol that this one is, or belongs to. */
  readonly name?: PageName;
  readonly entries?: readonly Entry[];
  readonly body: ComponentChildren;
}

/** A page as HTML. */
export function page(props: PageProps): string {
  return `<!doctype html>\n${render(<Page {...props} />)}\n`;
}

function Page(props: PageProps): VNode {
  const { at, title, above, body } = props;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{[title, ...above.map(({ label }) => label).reverse()].join(" · ")}</title>
        <link rel="stylesheet" href={href(at, "style.css")} />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a class="skip" href="#main">
          To the content
        </a>
        <header>
          <nav aria-label="Where this is">
            <ol>
              {above.map(({ path, label }) => (
                <li key={path}>
                  <a href={href(at, path)}>{label}</a>
                </li>
              ))}
              <li aria-current="page">{title}</li>
            </ol>
          </nav>
        </header>
        <div class="columns">
          <Contents {...props} />
          <main id="main">
            <h1>{title}</h1>
            {body}
          </main>
        </div>
      </body>
    </html>
  );
}

function Contents({ at, here, name, entries = [] }: PageProps): VNode {
  return (
    <div class="contents">
      {here === undefined ? null : (
        <nav aria-label={here.protocol.name}>
          <p class="label">{here.protocol.name}</p>
          <ul>
            {(Object.keys(PAGES) as PageName[]).map((one) => (
              <li key={one}>
                <a href={href(at, pagePath(here.protocol, one))} aria-current={one === name ? "page" : undefined}>
                  {PAGES[one]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {entries.length === 0 ? null : (
        <nav aria-label="On this page" class="entries">
          <p class="label">On this page</p>
          <ul>
            {entries.map(({ place, label }) => (
              <li key={place}>
                <a href={`#${encodeURIComponent(slug(place))}`}>{label}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  );
}
