import { posix } from "node:path";
import { isTest, type SourceFile } from "./files.ts";

/** What a file imports: paths from the root for files of ours, names for packages. */
function importsOf({ path, text }: SourceFile): string[] {
  const found = text.matchAll(/^(?:import|export)\b[^"';]*?\bfrom "([^"]+)"|^import "([^"]+)"|\bimport\("([^"]+)"\)/gm);
  return [...found].map(([, from, bare, dynamic]) => {
    const name = from ?? bare ?? dynamic ?? "";
    return name.startsWith(".") ? posix.join(posix.dirname(path), name) : name;
  });
}

/** The layer that a path belongs to, and the beginnings of what it may import beside what is in the layer itself. */
interface Layer {
  readonly within: string;
  readonly may: readonly string[];
}

const REDUCER_PACKAGES = ["immer", "ts-pattern"];

function layerOf(path: string): Layer | undefined {
  const [top = "", folder = ""] = path.split("/");
  const within = `${top}/${folder}/`;
  switch (top) {
    case "impl":
      return { within, may: ["impl/kernel/", ...REDUCER_PACKAGES] };
    case "tla":
      return { within: "tla/", may: ["npm:"] };
    case "conformance":
      return folder === "engine"
        ? { within, may: ["tla/", "impl/kernel/", "npm:"] }
        : { within, may: ["tla/", "impl/kernel/", `impl/${folder}/`, "conformance/engine/", "npm:"] };
    case "runtime":
      return { within: "runtime/", may: ["impl/", "npm:"] };
    case "report":
      return { within: "report/", may: ["tla/", "conformance/engine/", "npm:"] };
    case "examples":
      return { within, may: ["npm:"] };
    case "cli":
    case "explorer":
    case "bench":
    case "tools":
      return { within: `${top}/`, may: ["impl/", "tla/", "conformance/", "report/", "runtime/", "npm:"] };
    default:
      return undefined;
  }
}

/** Imports go one way, from what binds things together to what knows nothing of the others. */
export function importsGoOneWay(files: readonly SourceFile[]): string[] {
  return files.filter(isCode).flatMap((file) => {
    const layer = layerOf(file.path);
    if (layer === undefined) return [];
    const strangers = importsOf(file).filter((name) => !isAllowed(layer, name, isTest(file.path)));
    return strangers.map((name) => `${file.path} imports ${name}`);
  });
}

function isAllowed({ within, may }: Layer, name: string, test: boolean): boolean {
  if (isOurs(name)) return [within, ...may].some((beginning) => name.startsWith(beginning));
  return test || may.includes("npm:") || may.includes(name);
}

/** A path of ours: it has the name of a file, and not of one that a package has built, or leaves the repository. */
function isOurs(name: string): boolean {
  return name.startsWith("..") || (/\.(tsx?|js|json)$/.test(name) && !/^[^/]+\/dist\//.test(name));
}

function isCode({ path }: SourceFile): boolean {
  return /\.(tsx?|js)$/.test(path);
}

/** No file imports itself by way of others. */
export function importsHaveNoCycle(files: readonly SourceFile[]): string[] {
  const graph = new Map(files.filter(isCode).map((file) => [file.path, importsOf(file)]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(" -> "));
    if (trail.includes(path) || done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return cycles;
}
