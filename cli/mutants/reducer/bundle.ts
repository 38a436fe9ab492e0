import { dirname, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";
import type { Located } from "../../located.ts";
import type { ReducerSources } from "./sources.ts";
import { bundler } from "./tools.ts";

/** How the bundle of a reducer's closed system is made. */
export interface Bundling {
  readonly located: Pick<Located, "module" | "models">;
  readonly reducer: ReducerSources;
  /** The texts that stand for the reducer's sources. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Writes one program that holds a protocol's closed system over its reducer, instrumented or not, and serves the jobs
 * of `walker.ts`; so a mutant is switched on where it is walked, and nothing is built for it.
 *
 * @throws UserError (2) where esbuild is not installed.
 * @throws Error where the sources do not fit together.
 */
export async function bundle(bundling: Bundling, outfile: string): Promise<void> {
  const { build } = await bundler();
  const { module, models } = bundling.located;
  const walker = neighbour("walker");
  const contents = [
    `import * as supplied from ${JSON.stringify(module)};`,
    `import { serve } from ${JSON.stringify(walker)};`,
    // The binding exports what it supplies under a name of its own.
    `serve(Object.values(supplied).find((one) => one?.protocol === ${JSON.stringify(models.protocol)}));`,
  ].join("\n");
  await build({
    stdin: { contents, resolveDir: dirname(module), loader: "js" },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    banner: { js: 'import { createRequire as from } from "node:module"; const require = from(import.meta.url);' },
    plugins: [watchedSources(bundling, neighbour("calls"))],
    logLevel: "silent",
  });
}

/** The path of a file beside this one, which is a source or compiled as this one is. */
export function neighbour(name: string): string {
  return fileURLToPath(new URL(`./${name}${extname(import.meta.url)}`, import.meta.url));
}

/**
 * Gives its text in place of each source of the reducer, and puts a watch where others import it: its exports are read
 * as CommonJS there, as no name of them is known.
 */
function watchedSources(bundling: Bundling, calls: string): Plugin {
  const { folder } = bundling.reducer;
  const texts = new Map([...bundling.texts].map(([path, text]) => [join(folder, path), text]));
  return {
    name: "watched sources",
    setup({ onLoad, onResolve, resolve }) {
      onResolve({ filter: /^\.|^\// }, async ({ path, importer, resolveDir, kind, namespace, pluginData }) => {
        if (pluginData === INSIDE || texts.has(importer) || namespace === WATCH) return undefined;
        const found = await resolve(path, { resolveDir, kind, importer, pluginData: INSIDE });
        // What is found here lacks its compiler settings; the bundle would depend on who finds it first.
        return texts.has(found.path) ? { path: found.path, namespace: WATCH } : undefined;
      });
      onLoad({ filter: /./, namespace: WATCH }, ({ path }) => {
        const [name, recorder, module] = [relative(folder, path), calls, path].map((text) => JSON.stringify(text));
        const contents = `module.exports = require(${recorder}).watched(${name}, require(${module}));`;
        return { contents, resolveDir: dirname(path) };
      });
      onLoad({ filter: /\.[tj]s$/, namespace: "file" }, ({ path }) => {
        const contents = texts.get(path);
        return contents === undefined ? undefined : { contents, loader: extname(path) === ".ts" ? "ts" : "js" };
      });
    },
  };
}

const WATCH = "watch";
const INSIDE = "inside";
