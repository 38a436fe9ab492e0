/** An element of XML; its text is what stands in it before and between its children. */
export interface Element {
  readonly name: string;
  readonly text: string;
  readonly children: readonly Element[];
}

/**
 * Reads XML as a program writes it: elements and text, no attributes that matter, no CDATA. It is all that SANY needs.
 *
 * @throws RangeError for text in which elements do not close as they opened.
 */
export function readXml(text: string): Element {
  const top: Open = { name: "", text: "", children: [] };
  const open: Open[] = [top];
  for (const [, tag = "", words = ""] of text.matchAll(/<([^>]*)>([^<]*)/g)) {
    const last = open.at(-1) ?? top;
    if (tag.startsWith("?") || tag.startsWith("!")) continue;
    if (tag.startsWith("/")) {
      open.pop();
      if (last.name !== tag.slice(1)) throw new RangeError(`the element ${last.name} ends as ${tag.slice(1)}`);
    } else {
      const [name = ""] = tag.split(/[\s/]/, 1);
      const element: Open = { name, text: unescaped(words), children: [] };
      last.children.push(element);
      if (!tag.endsWith("/")) open.push(element);
    }
  }
  const [root] = top.children;
  if (open.length !== 1 || root === undefined) throw new RangeError("the text is no whole XML");
  return root;
}

interface Open extends Element {
  readonly children: Element[];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}
