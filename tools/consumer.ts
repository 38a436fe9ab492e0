import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import { root } from "./house/files.ts";

/** How a program ended, and what it printed on either stream. */
export interface Ended {
  readonly code: number | string;
  readonly out: string;
}

/** Runs a program to its end. */
export function run(cwd: string, command: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd, env: { ...process.env, NO_COLOR: "1" } }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : (error.code ?? "killed"), out: `${stdout}${stderr}` });
    });
  });
}

const Manifest = z.object({
  dependencies: z.record(z.string(), z.string()),
  exports: z.record(z.string(), z.unknown()),
});

/** A project outside the repository that has the packed package, its declared dependencies, and nothing else. */
export interface Consumer {
  readonly folder: string;
  readonly tarball: string;
  /** The package as it was unpacked. */
  readonly installed: string;
  /** What can be imported, `lockstep/kernel` for one. */
  readonly exported: readonly string[];
  remove(): Promise<void>;
}

/** Packs the package as it would be published, and installs it without a registry. */
export async function consumer(): Promise<Consumer> {
  const folder = await mkdtemp(join(tmpdir(), "lockstep-consumer-"));
  const packed = await run(root, "npm", "pack", "--silent", "--pack-destination", folder);
  const name = (await readdir(folder)).find((file) => file.endsWith(".tgz"));
  if (packed.code !== 0 || name === undefined) throw new Error(`npm pack: ${packed.out}`);
  const tarball = join(folder, name);
  const installed = join(folder, "node_modules/lockstep");
  await mkdir(installed, { recursive: true });
  await run(folder, "tar", "-xzf", tarball, "--strip-components=1", "-C", installed);
  const manifest = Manifest.parse(JSON.parse(await readFile(join(installed, "package.json"), "utf8")));
  for (const dependency of [...Object.keys(manifest.dependencies), "@types/node"]) {
    await mkdir(dirname(join(folder, "node_modules", dependency)), { recursive: true });
    await symlink(join(root, "node_modules", dependency), join(folder, "node_modules", dependency));
  }
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  return {
    folder,
    tarball,
    installed,
    exported: Object.keys(manifest.exports).map((subpath) => subpath.replace(/^\./, "lockstep")),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Checks all of a consumer's JavaScript and TypeScript with the strictest settings. */
export async function typeChecked({ folder }: Consumer): Promise<Ended> {
  const compilerOptions = {
    ...{ strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, skipLibCheck: false },
    ...{ checkJs: true, noEmit: true, module: "nodenext", target: "es2023", lib: ["es2023"], types: ["node"] },
  };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts", "*.js"] }));
  return run(folder, process.execPath, join(root, "node_modules/typescript/bin/tsc"), "-p", ".");
}

/** Gives a consumer the specification of the example, as the documents assume. */
export async function withExample({ folder }: Consumer): Promise<void> {
  for (const file of ["TwoPhase.tla", "MCTwoPhase.tla", "MCTwoPhase.cfg"]) {
    await cp(join(root, "examples/two-phase", file), join(folder, file));
  }
}
