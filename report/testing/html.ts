/** The links, places and scripts of a page, as far as a test needs to know HTML. */
interface Parsed {
  readonly links: readonly string[];
  readonly ids: readonly string[];
}

function parsed(html: string): Parsed {
  const values = (pattern: RegExp): string[] => [...html.matchAll(pattern)].map(([, value = ""]) => unescaped(value));
  return { links: values(/ href="([^"]*)"/g), ids: values(/ id="([^"]*)"/g) };
}

function unescaped(text: string): string {
  return text.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** Links that lead nowhere in a set of pages, and places that a page has twice. */
export function brokenLinks(pages: ReadonlyMap<string, string>): string[] {
  const all = new Map(
    [...pages].filter(([path]) => path.endsWith(".html")).map(([path, html]) => [path, parsed(html)]),
  );
  return [...all].flatMap(([path, { links, ids }]) => [
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${path} has the place ${id} twice`),
    ...[...new Set(links)].filter((link) => !leads(link, path, pages, all)).map((link) => `${path} links to ${link}`),
  ]);
}

function leads(
  link: string,
  from: string,
  pages: ReadonlyMap<string, string>,
  all: ReadonlyMap<string, Parsed>,
): boolean {
  if (link === "data:,") return true;
  const base = new URL(from.split("/").map(encodeURIComponent).join("/"), "file:///r/");
  const url = new URL(link, base);
  const path = decodeURIComponent(url.pathname.replace("/r/", ""));
  if (path === "report.json") return true;
  if (url.protocol !== "file:" || !pages.has(path)) return false;
  const place = decodeURIComponent(url.hash.slice(1));
  return place === "" || all.get(path)?.ids.includes(place) === true;
}
