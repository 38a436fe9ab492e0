import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { UserError } from "../tla/errors.ts";
import { readConfig } from "../tla/tlc/index.ts";
import { readText } from "../tla/values/file.ts";
import { readJson } from "./json-file.ts";

/** The parts that we read of the manifests of the public repository tlaplus/Examples, and no others than it has. */
const Manifest = z.object({
  path: z.string(),
  title: z.string(),
  modules: z.array(
    z.object({
      path: z.string(),
      models: z.array(
        z.object({
          path: z.string(),
          runtime: z.string().regex(/^\d\d:\d\d:\d\d$/, "expected hh:mm:ss"),
          mode: z.union([
            z.enum(["exhaustive search", "generate", "symbolic"]),
            z.strictObject({ simulate: z.strictObject({ traceCount: z.number().int().positive() }) }),
          ]),
          result: z.enum(["success", "safety failure", "liveness failure"]),
          distinctStates: z.number().int().positive().optional(),
          totalStates: z.number().int().positive().optional(),
          stateDepth: z.number().int().positive().optional(),
        }),
      ),
    }),
  ),
});

/**
 * What a configuration is for: to hold, to fail by one property, to show that something is reached, or to have
 * behaviours picked at random beyond what can be exhausted.
 */
export type Purpose =
  | { readonly kind: "good"; readonly distinct: number; readonly generated: number; readonly depth: number }
  | { readonly kind: "must fail"; readonly property: string; readonly exitCode: number }
  | { readonly kind: "witness"; readonly reached: string; readonly exitCode: number }
  | { readonly kind: "simulate"; readonly of: string; readonly traces: number };

/** The exit code of TLC for each result of a manifest; a property of steps counts as liveness, as it does there. */
const EXIT_CODES = { "safety failure": 12, "liveness failure": 13 } as const;

/** One configuration of a folder of specifications. */
export interface ModelFile {
  /** What commands call the protocol: its name, or the path of a user's module. */
  readonly protocol: string;
  /** Path of the module. */
  readonly module: string;
  /** Path of the configuration. */
  readonly config: string;
  /** File name of the configuration. */
  readonly cfg: string;
  /** Its text. */
  readonly text: string;
  /** Names of the properties and invariants that it checks. */
  readonly checks: readonly string[];
  readonly purpose: Purpose;
  /** Whether it belongs to the quick bounds, or to the full ones alone. */
  readonly bounds: "quick" | "full";
  /** How long it takes as the manifest has it, in seconds. */
  readonly runtime: number;
}

/** The folders of specifications below `root`, those that have a manifest. */
export async function specFolders(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => {
    throw new UserError(`There is no folder of specifications at ${root}.`, 64);
  });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const kept = await Promise.all(
    folders.map(async (name) => (await readdir(join(root, name))).some((file) => file === "manifest.json")),
  );
  return folders.filter((_, index) => kept[index]).sort();
}

/**
 * Reads a folder's manifest, and with it every configuration that it names; both are in the folder, whatever path the
 * manifest gives them.
 *
 * @throws UserError (64) for a manifest that is none, for a configuration that is missing or does not say what it is
 *   for, and for one that the folder has and the manifest does not name: it would never run.
 */
export async function modelsOf(spec: string, protocol: string = basename(spec)): Promise<readonly ModelFile[]> {
  const path = join(spec, "manifest.json");
  const manifest = await readJson(path, Manifest, "is not a manifest");
  const models: ModelFile[] = [];
  for (const module of manifest.modules) {
    for (const entry of module.models) {
      const config = join(spec, basename(entry.path));
      const text = await readText(config);
      models.push({
        protocol,
        module: join(spec, basename(module.path)),
        config,
        cfg: basename(entry.path),
        text,
        checks: checksOf(text),
        purpose: purposeOf(entry, text),
        bounds: /^\\\* full bounds\b/.test(text) ? "full" : "quick",
        runtime: secondsOf(entry.runtime),
      });
    }
  }
  const named = new Set(models.map(({ cfg }) => cfg));
  const stray = (await readdir(spec)).find((file) => file.endsWith(".cfg") && !named.has(file));
  if (stray !== undefined) throw new UserError(`${join(spec, stray)} is not in ${path}, so it would not run.`, 64);
  return models;
}

type Entry = z.infer<typeof Manifest>["modules"][number]["models"][number];

function purposeOf(entry: Entry, text: string): Purpose {
  const [, word, rest = ""] = /^\\\* (?:full bounds, )?(must fail|witness|simulate): *(.*)/.exec(text) ?? [];
  const traces = typeof entry.mode === "object" ? entry.mode.simulate.traceCount : undefined;
  if ((word === "simulate") !== (traces !== undefined)) {
    throw new UserError(`Of ${entry.path} and its manifest only one says that it is simulated.`, 64);
  }
  if (traces !== undefined) {
    if (entry.result !== "success") throw new UserError(`${entry.path} is simulated, so it must hold.`, 64);
    if (checksOf(text).length === 0) throw new UserError(`${entry.path} checks no property.`, 64);
    return { kind: "simulate", of: rest.trim(), traces };
  }
  if (entry.result === "success") {
    const { distinctStates: distinct, totalStates: generated, stateDepth: depth } = entry;
    if (distinct === undefined || generated === undefined || depth === undefined) {
      throw new UserError(`The manifest gives ${entry.path} no counts of states and depth to check.`, 64);
    }
    if (word !== undefined) throw new UserError(`${entry.path} says that it fails, the manifest that it does not.`, 64);
    if (checksOf(text).length === 0) throw new UserError(`${entry.path} checks no property.`, 64);
    return { kind: "good", distinct, generated, depth };
  }
  const exitCode = EXIT_CODES[entry.result];
  const [only, ...others] = checksOf(text);
  if (only === undefined || others.length > 0) {
    throw new UserError(`${entry.path} must check the one property that it is for, not ${others.length + 1}.`, 64);
  }
  if (word === "must fail" && rest.trim() !== only) {
    throw new UserError(`${entry.path} says that ${rest.trim()} must fail, but checks ${only}.`, 64);
  }
  if (word === "must fail" && rest) return { kind: "must fail", property: rest.trim(), exitCode };
  if (word === "witness" && rest) return { kind: "witness", reached: rest.trim(), exitCode };
  throw new UserError(`${entry.path} must begin with "\\* must fail: PROPERTY" or "\\* witness: WHAT".`, 64);
}

function checksOf(text: string): readonly string[] {
  const { invariants, properties } = readConfig(text);
  return [...invariants, ...properties];
}

function secondsOf(runtime: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = runtime.split(":").map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}
