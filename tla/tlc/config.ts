/**
 * What of a configuration file this component has to know by itself. TLC reads the file; nothing here decides whether
 * it is right.
 */
export interface Config {
  /** Names after INVARIANT and INVARIANTS. */
  readonly invariants: readonly string[];
  /** Names after PROPERTY and PROPERTIES. */
  readonly properties: readonly string[];
  /** Names after SPECIFICATION, INIT and NEXT, and of what narrows or shows the behaviours. */
  readonly behaviour: readonly string[];
  /** Definitions and constants that others take the place of, in the module itself or in one that it instantiates. */
  readonly replacements: readonly Replacement[];
  /** What CHECK_DEADLOCK says; undefined where it is not given. */
  readonly checkDeadlock?: boolean;
}

/** `name <- by`, or `name <- [module]by`. */
export interface Replacement {
  readonly name: string;
  readonly module?: string;
  readonly by: string;
}

/** Reads the text of a configuration file. */
export function readConfig(text: string): Config {
  const tokens = tokensOf(text).map((token) => token.text);
  const invariants: string[] = [];
  const properties: string[] = [];
  const behaviour: string[] = [];
  let keyword = "";
  let checkDeadlock: boolean | undefined;
  for (const token of tokens) {
    if (KEYWORDS.has(token)) keyword = token;
    else if (keyword === "INVARIANT" || keyword === "INVARIANTS") invariants.push(token);
    else if (keyword === "PROPERTY" || keyword === "PROPERTIES") properties.push(token);
    else if (BEHAVIOUR.has(keyword)) behaviour.push(token);
    else if (keyword === "CHECK_DEADLOCK") checkDeadlock = token === "TRUE";
  }
  const replacements = replacementsIn(text);
  return { invariants, properties, behaviour, replacements, ...(checkDeadlock === undefined ? {} : { checkDeadlock }) };
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

const BEHAVIOUR: ReadonlySet<string> = new Set(
  "SPECIFICATION INIT NEXT CONSTRAINT CONSTRAINTS ACTION_CONSTRAINT ACTION_CONSTRAINTS VIEW SYMMETRY".split(" "),
);

function replacementsIn(text: string): Replacement[] {
  return [...bare(text).matchAll(/(\w+)\s*<-\s*(?:\[\s*(\w+)\s*\]\s*)?(\w+)/g)].map(
    ([, name = "", module, by = ""]) => ({
      name,
      ...(module === undefined ? {} : { module }),
      by,
    }),
  );
}

interface Token {
  readonly text: string;
  readonly line: number;
}

/** The text with blanks of the same height for its comments, so that lines stay what they were. */
function bare(text: string): string {
  return text.replace(/\(\*[\s\S]*?\*\)|\\\*[^\n]*/g, (comment) => comment.replace(/[^\n]/g, " "));
}

function tokensOf(text: string): Token[] {
  return bare(text)
    .split("\n")
    .flatMap((words, index) => {
      return (words.match(/"[^"]*"|\w+|[^\s\w]+/g) ?? []).map((word) => ({ text: word, line: index + 1 }));
    });
}
