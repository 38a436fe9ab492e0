import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..", "..");

/**
 * A copy of the example below a folder, with its module made of what stands here now: its path. `edit` changes the
 * module's text first, to plant a fault.
 */
export async function twoPhase(
  folder: string,
  edit: (text: string) => string = (text) => text,
): Promise<{ readonly folder: string; readonly module: string }> {
  const copy = join(folder, "two-phase");
  await rm(copy, { recursive: true, force: true });
  await cp(join(root, "examples/two-phase"), copy, { recursive: true });
  const source = join(copy, "lockstep.js");
  await writeFile(source, edit(await readFile(source, "utf8")));
  const module = join(copy, "bundle.mjs");
  await build({
    entryPoints: [source],
    outfile: module,
    bundle: true,
    platform: "node",
    format: "esm",
    alias: {
      "lockstep/conformance": join(root, "conformance/engine/index.ts"),
      "lockstep/tla/values": join(root, "tla/values/index.ts"),
    },
    nodePaths: [join(root, "node_modules")],
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  return { folder: copy, module };
}
