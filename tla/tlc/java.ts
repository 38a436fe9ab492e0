import { execFile } from "node:child_process";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import { type Environment, findOnPath, isExecutable } from "./path.ts";

/** A Java runtime that is new enough for TLC. */
export interface Java {
  readonly path: string;
  /** As the runtime calls itself, for instance `17.0.15`. */
  readonly version: string;
}

/** The oldest Java that runs TLC. */
export const OLDEST_JAVA = 11;

/**
 * Finds a Java runtime: that of JAVA_HOME if it is new enough, else the first on PATH.
 *
 * @throws UserError (2) with the command that installs one.
 */
export async function findJava(env: Environment): Promise<Java> {
  const home = env["JAVA_HOME"];
  const ofHome = home === undefined || home === "" ? undefined : join(home, "bin", "java");
  const candidates = [ofHome, await findOnPath("java", env)].filter((path) => path !== undefined);
  const tooOld: Java[] = [];
  for (const path of candidates) {
    const version = (await isExecutable(path)) ? await versionOf(path, env) : undefined;
    if (version === undefined) continue;
    if (majorOf(version) >= OLDEST_JAVA) return { path, version };
    tooOld.push({ path, version });
  }
  const [old] = tooOld;
  throw new UserError(
    old === undefined
      ? `No Java runtime was found in JAVA_HOME or on PATH: install one with \`${installCommand()}\`.`
      : `${old.path} is Java ${old.version}, and TLC needs ${OLDEST_JAVA} or later: install one with \`${installCommand()}\`.`,
    2,
  );
}

/** The first number that counts: 8 for `1.8.0_292`, 17 for `17.0.15`, 21 for `21-ea`. */
function majorOf(version: string): number {
  return Number(/^(?:1\.)?(\d+)/.exec(version)?.[1] ?? 0);
}

/** What `java -version` calls itself; undefined where the file is no Java at all, as the stub of macOS. */
function versionOf(path: string, env: Environment): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(path, ["-version"], { env, timeout: 20_000 }, (error, stdout, stderr) => {
      resolve(error === null ? /version "([^"]+)"/.exec(stderr + stdout)?.[1] : undefined);
    });
  });
}

function installCommand(): string {
  if (process.platform === "darwin") return "brew install openjdk";
  if (process.platform === "win32") return "winget install EclipseAdoptium.Temurin.21.JRE";
  return "sudo apt-get install default-jre-headless";
}
