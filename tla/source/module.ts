/** A module without its comments, white space at the places of these. */
export function withoutComments(text: string): string {
  return text.replace(/\(\*[\s\S]*?\*\)|\\\*[^\n]*/g, (comment) => comment.replace(/[^\n]/g, " "));
}

/** The modules that a module names after EXTENDS and INSTANCE, TLC's own among them. */
export function usedModules(text: string): string[] {
  const bare = withoutComments(text);
  const extended = [...bare.matchAll(/\bEXTENDS\s+(\w+(?:\s*,\s*\w+)*)/g)].flatMap(([, names = ""]) =>
    names.split(","),
  );
  const instances = [...bare.matchAll(/\bINSTANCE\s+(\w+)/g)].map(([, name = ""]) => name);
  return [...extended, ...instances].map((name) => name.trim());
}

/** A definition of a module. Lines are counted from 1; both ends belong to it. */
export interface Definition {
  readonly name: string;
  /** What stands behind `==`, without comments. */
  readonly body: string;
  /** Where the comment right above begins; the line of the name where there is none. */
  readonly prose: number;
  readonly from: number;
  readonly to: number;
}

const HEAD = /^(?:LOCAL\s+)?(\w+)(?:\([^=\n]*\))?\s*==/gm;
const END = /^(?:-{4,}|={4,}|(?:THEOREM|ASSUME|VARIABLES?|CONSTANTS?|RECURSIVE)\b)/m;

/** The definitions of a module, in their order. */
export function definitionsIn(text: string): Definition[] {
  const bare = withoutComments(text);
  const [raw, empty] = [text.split("\n"), bare.split("\n")];
  const heads = [...bare.matchAll(HEAD)];
  return heads.map((head, at) => {
    const begin = head.index + head[0].length;
    const rest = bare.slice(begin, heads[at + 1]?.index);
    const body = rest.slice(0, END.exec(rest)?.index);
    const from = lineOf(bare, head.index);
    return {
      name: head[1] ?? "",
      body,
      prose: proseAbove(raw, empty, from),
      from,
      to: lineOf(bare, begin + body.trimEnd().length),
    };
  });
}

/** The actions of a next-state relation: its disjuncts, and those of a disjunct that only lists others itself. */
export function actionsIn(text: string, relation = "Next"): string[] {
  const bodies = new Map(definitionsIn(text).map(({ name, body }) => [name, body]));
  const actions = (name: string): string[] =>
    disjunctsOf(bodies.get(name)).flatMap((disjunct) => {
      const inner = disjunct.isPlain ? disjunctsOf(bodies.get(disjunct.name)) : [];
      return inner.length > 0 && inner.every((one) => one.name !== "")
        ? actions(disjunct.name)
        : [disjunct.name || disjunct.text];
    });
  return actions(relation);
}

interface Disjunct {
  readonly text: string;
  /** The action that it names, with nothing but quantifiers before it; empty where it is something else. */
  readonly name: string;
  /** Whether it is a name alone, without quantifiers or arguments. */
  readonly isPlain: boolean;
}

function disjunctsOf(body = ""): Disjunct[] {
  const texts = body.split("\\/").map((text) => text.trim());
  // A quantifier alone is over the disjuncts that follow.
  const own = texts.filter((text) => text !== "" && !/^\\E[^:]*:$/.test(text));
  return own.map((text) => {
    const [, quantified, name = "", args] = /^(\\E[^:]*:\s*)?(\w+)(\(.*\))?$/.exec(text) ?? [];
    return { text, name, isPlain: quantified === undefined && args === undefined && name !== "" };
  });
}

/** The line at which the comment right above a line begins; a declaration as RECURSIVE may stand between. */
function proseAbove(raw: readonly string[], bare: readonly string[], line: number): number {
  const isComment = (at: number): boolean => (raw[at] ?? "").trim() !== "" && (bare[at] ?? "").trim() === "";
  let first = line;
  while (isComment(first - 2) || /^RECURSIVE\b/.test(raw[first - 2] ?? "")) first--;
  return first;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
