import { withoutComments } from "../../tla/source/module.ts";
import type { SourceFile } from "./files.ts";

interface Unwanted {
  readonly pattern: RegExp;
  readonly what: string;
}

// Written so that this file does not hold what it looks for.
const EVERYWHERE: readonly Unwanted[] = [
  { pattern: /(?<![\w./])\/(?:root|home\/\w+|Users\/\w+)\//, what: "a path of one machine" },
  { pattern: /\bregistry\.\w|\brepo1?\.maven\b|\bartifactory\b/i, what: "the host of a package registry" },
];

// What silences a checker can only be looked for by its name; so this file and its test are left out of the search.
const IN_CODE: readonly Unwanted[] = [
  { pattern: /\b(?:it|test|describe)\.(?:skip|only|todo)\b/, what: "a test that does not run" },
  { pattern: /@ts-(?:ignore|nocheck|expect-error)|biome-ignore(?!\w)/, what: "a checker that is silenced" },
];

const LOCK: readonly Unwanted[] = [{ pattern: /"resolved": *"http/, what: "an address to download from" }];

/** Where files hold what belongs in none: `path:line: what`. */
export function unwantedTexts(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const lists = [
      EVERYWHERE,
      /\.(tsx?|js)$/.test(path) ? IN_CODE : [],
      path.endsWith("package-lock.json") ? LOCK : [],
    ];
    return text.split("\n").flatMap((line, index) =>
      lists
        .flat()
        .filter(({ pattern }) => pattern.test(line) && !path.startsWith("tools/house/texts."))
        .map(({ what }) => `${path}:${index + 1}: ${what}`),
    );
  });
}

const COLUMNS = 120;

/**
 * Lines that are too wide for two files to be read side by side. What stands in quotes does not count: a sentence that
 * is printed is better found by a search than broken up.
 */
export function wideLines(files: readonly SourceFile[]): string[] {
  const code = files.filter(({ path }) => /\.(tsx?|js|tla|cfg)$/.test(path));
  return code.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, index) => {
      const { length } = [...line.replace(/"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/g, "")];
      return length > COLUMNS ? [`${path}:${index + 1}: ${length} columns`] : [];
    }),
  );
}

/** A specification says nothing of the model checker and has no bounds: both belong to the models. */
export function specificationsAreClean(files: readonly SourceFile[]): string[] {
  const clean = files.filter(({ path }) => /^spec\/.*\/(?!MC|Sim|Broken|Witness|Trace)\w+\.tla$/.test(path));
  if (clean.length === 0) return ["there is no specification"];
  return clean.flatMap(({ path, text }) => {
    const bare = withoutComments(text);
    // A component of a tuple, as in p[2], bounds nothing.
    const numbers = bare.match(/(?<!\w|\w\[)\d+(?!\w)/g) ?? [];
    return [
      ...(/\bTLC/.test(text) ? [`${path} mentions TLC`] : []),
      ...numbers.filter((number) => Number(number) > 1).map((number) => `${path} has the bound ${number}`),
    ];
  });
}

/** What is not in a manifest is never run; what a manifest names is there. */
export function manifestsAreComplete(files: readonly SourceFile[]): string[] {
  const manifests = files.filter(({ path }) => /^spec\/[^/]+\/manifest\.json$/.test(path));
  if (manifests.length === 0) return ["there is no manifest"];
  const named = manifests.flatMap(({ text }) => [...text.matchAll(/"path": *"(spec\/[^"]+\.(?:tla|cfg))"/g)]);
  const listed = new Set(named.map(([, path = ""]) => path));
  const there = new Set(files.map(({ path }) => path).filter((path) => /^spec\/.*\.(tla|cfg)$/.test(path)));
  return [
    ...[...there].filter((path) => !listed.has(path)).map((path) => `${path} is in no manifest`),
    ...[...listed].filter((path) => !there.has(path)).map((path) => `a manifest names ${path}, which is not there`),
  ];
}
