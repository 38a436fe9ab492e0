import { createHash } from "node:crypto";
import { access } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { usedModules } from "../tla/source/module.ts";
import { readText } from "../tla/values/file.ts";

/**
 * SHA-256, in hexadecimal, of everything of ours that a model depends on: its configuration, its module, and the
 * modules that this extends or instantiates, found beside it or in the libraries. TLC's own modules are not ours.
 */
export async function specHash(module: string, config: string, libraries: readonly string[]): Promise<string> {
  const found = new Map<string, string>([[basename(config), await readText(config)]]);
  await gather(module, libraries, found);
  const hash = createHash("sha256");
  for (const name of [...found.keys()].sort()) hash.update(`${name}\n${found.get(name)}\n`);
  return hash.digest("hex");
}

async function gather(module: string, libraries: readonly string[], found: Map<string, string>): Promise<void> {
  if (found.has(basename(module))) return;
  const text = await readText(module);
  found.set(basename(module), text);
  for (const name of usedModules(text)) {
    for (const folder of [dirname(module), ...libraries]) {
      const path = join(folder, `${name}.tla`);
      const isThere = await access(path).then(
        () => true,
        () => false,
      );
      if (!isThere) continue;
      await gather(path, libraries, found);
      break;
    }
  }
}
