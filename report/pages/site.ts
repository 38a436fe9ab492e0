import { withoutComments } from "../../tla/source/module.ts";
import type { Citation, FunctionPlace, Model, Place, ProtocolReport, Source } from "../shape.ts";
import { qualified } from "./links.ts";

/** A protocol as its pages look things up in it, and the path of the page that is being written. */
export interface Here {
  readonly protocol: ProtocolReport;
  readonly at: string;
}

export function sourceOf({ protocol }: Here, path: string): Source | undefined {
  return protocol.sources.find((source) => source.path === path);
}

/** The definitions by this name, those of the specification before those of the modules that bound it. */
export function definitionsNamed({ protocol }: Here, name: string): readonly Place[] {
  const bounding = new Set(protocol.sources.filter(({ kind }) => kind === "model").map(({ path }) => path));
  const isBounding = ({ path }: Place): number => (bounding.has(path) ? 1 : 0);
  const found = protocol.definitions.filter((definition) => definition.name === name);
  return found.sort((one, other) => isBounding(one) - isBounding(other));
}

/** The functions that say that they implement a definition. */
export function functionsFor({ protocol }: Here, definition: Place): readonly FunctionPlace[] {
  return protocol.functions.filter(({ specifies }) => specifies.includes(qualified(definition)));
}

/** The definitions that a function says it implements. */
export function specifiedBy({ protocol }: Here, { specifies }: FunctionPlace): readonly Place[] {
  return protocol.definitions.filter((definition) => specifies.includes(qualified(definition)));
}

/** What of some places a line is in, its comment included. */
export function enclosing<T extends Place>(
  places: readonly T[],
  { path, line }: Pick<Citation, "path" | "line">,
): T | undefined {
  return places.find((place) => place.path === path && place.prose <= line && line <= place.to);
}

/** The rules that some places cite, in the order of the paper. */
export function rulesOf({ protocol }: Here, places: readonly Place[]): readonly string[] {
  const cited = protocol.citations.filter((citation) => enclosing(places, citation) !== undefined);
  const names = new Set(cited.map(({ rule }) => rule));
  return protocol.rules.map(({ id }) => id).filter((id) => names.has(id));
}

export function modelNamed({ protocol }: Here, cfg: string): Model | undefined {
  return protocol.models.find((model) => model.cfg === cfg);
}

const lines = new WeakMap<Source, readonly string[]>();

export function linesOf(source: Source): readonly string[] {
  const known = lines.get(source) ?? source.text.split("\n");
  lines.set(source, known);
  return known;
}

const bare = new WeakMap<Source, readonly string[]>();

/** The lines of a source, white space in place of its comments. */
export function linesWithoutComments(source: Source): readonly string[] {
  const known = bare.get(source) ?? blanked(source).split("\n");
  bare.set(source, known);
  return known;
}

const STRING_OR_COMMENT = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

function blanked({ path, text }: Source): string {
  if (/\.(?:tla|cfg)$/.test(path)) return withoutComments(text);
  return text.replace(STRING_OR_COMMENT, (part) => (part.startsWith("/") ? part.replace(/[^\n]/g, " ") : part));
}

/** Whether results are of the sources as they are: null where that cannot be told. */
export function isCurrent({ protocol }: Here, sha256: string | null): boolean | null {
  return sha256 === null || protocol.sha256 === null ? null : sha256 === protocol.sha256;
}
