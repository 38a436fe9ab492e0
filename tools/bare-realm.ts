import { dirname, join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { protocolOf, root } from "./house/files.ts";

/** A reducer bundled for no platform at all: a script that defines `bundle`, and the files that went into it. */
export interface Bundle {
  readonly script: string;
  /** Paths from the root. */
  readonly inputs: readonly string[];
}

/** Bundles a module, given as a path or as its text. */
export async function bundled(module: { readonly path: string } | { readonly text: string }): Promise<Bundle> {
  const entry =
    "path" in module
      ? { entryPoints: [join(root, module.path)] }
      : { stdin: { contents: module.text, resolveDir: root, loader: "ts" as const } };
  const { outputFiles, metafile } = await build({
    ...entry,
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    platform: "neutral",
    format: "iife",
    globalName: "bundle",
    // immer reads it, and a browser has no `process`.
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error("esbuild wrote nothing");
  return { script: output.text, inputs: Object.keys(metafile.inputs) };
}

// What the language brings with it that is not the same each time, or everywhere, and what could be changed by one
// module behind the back of another.
const STRIP = `
  for (const name of ["Date", "Intl", "console", "WebAssembly", "SharedArrayBuffer", "Atomics", "WeakRef"]) {
    delete globalThis[name];
  }
  delete Math.random;
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const value = globalThis[name];
    if (typeof value !== "function" && (typeof value !== "object" || value === null) || value === globalThis) continue;
    if (value.prototype !== undefined) Object.freeze(value.prototype);
    Object.freeze(value);
  }
`;

/** Runs a bundle's `run` where there is nothing but the language, and gives what it returned, as JSON. */
export function runBare(bundle: Bundle): string {
  const realm = createContext(Object.create(null));
  runInContext(STRIP, realm);
  return String(runInContext(`${bundle.script}\nJSON.stringify(bundle.run())`, realm));
}

/** The files of a bundle that a reducer has no business with. */
export function strangers(inputs: readonly string[], reducer: string): string[] {
  const allowed = ["impl/kernel/", `impl/${reducer}/`, "node_modules/immer/", "node_modules/ts-pattern/"];
  // The reducers of one protocol share the files right in its folder.
  const isShared = (input: string): boolean => dirname(input) === `impl/${protocolOf(reducer)}`;
  return inputs.filter((input) => !isShared(input) && !allowed.some((beginning) => input.startsWith(beginning)));
}
