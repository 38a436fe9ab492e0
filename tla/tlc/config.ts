/**
 * What of a configuration file this component has to know by itself. TLC reads the file; nothing here decides whether
 * it is right.
 */
export interface Config {
  /** Names after INVARIANT and INVARIANTS. */
  readonly invariants: readonly string[];
  /** Names after PROPERTY and PROPERTIES. */
  readonly properties: readonly string[];
  /** What CHECK_DEADLOCK says; undefined where it is not given. */
  readonly checkDeadlock?: boolean;
}

/** Reads the text of a configuration file. */
export function readConfig(text: string): Config {
  const tokens = tokensOf(text).map((token) => token.text);
  const invariants: string[] = [];
  const properties: string[] = [];
  let keyword = "";
  let checkDeadlock: boolean | undefined;
  for (const token of tokens) {
    if (KEYWORDS.has(token)) keyword = token;
    else if (keyword === "INVARIANT" || keyword === "INVARIANTS") invariants.push(token);
    else if (keyword === "PROPERTY" || keyword === "PROPERTIES") properties.push(token);
    else if (keyword === "CHECK_DEADLOCK") checkDeadlock = token === "TRUE";
  }
  return { invariants, properties, ...(checkDeadlock === undefined ? {} : { checkDeadlock }) };
}

/** The line of the configuration that holds the first word of `words` that the configuration names as well. */
export function lineOfWords(text: string, words: string): number | undefined {
  const names = new Map<string, number>();
  for (const token of tokensOf(text)) {
    if (/^\w+$/.test(token.text) && !KEYWORDS.has(token.text) && !names.has(token.text)) {
      names.set(token.text, token.line);
    }
  }
  for (const word of words.match(/\w+/g) ?? []) {
    const line = names.get(word);
    if (line !== undefined) return line;
  }
  return undefined;
}

const KEYWORDS: ReadonlySet<string> = new Set([
  ..."CONSTANT CONSTANTS CONSTRAINT CONSTRAINTS ACTION_CONSTRAINT ACTION_CONSTRAINTS".split(" "),
  ..."INVARIANT INVARIANTS INIT NEXT VIEW SYMMETRY SPECIFICATION PROPERTY PROPERTIES".split(" "),
  ..."ALIAS POSTCONDITION CHECK_DEADLOCK TYPE TYPE_CONSTRAINT".split(" "),
]);

interface Token {
  readonly text: string;
  readonly line: number;
}

function tokensOf(text: string): Token[] {
  // Comments become blanks of the same height, so that lines stay what they were.
  const bare = text.replace(/\(\*[\s\S]*?\*\)|\\\*[^\n]*/g, (comment) => comment.replace(/[^\n]/g, " "));
  return bare.split("\n").flatMap((words, index) => {
    return (words.match(/"[^"]*"|\w+|[^\s\w]+/g) ?? []).map((word) => ({ text: word, line: index + 1 }));
  });
}
