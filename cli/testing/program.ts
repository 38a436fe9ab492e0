import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

/** What a run of the program came to. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line as its users have it: a program made of what stands here now, in a folder of its own. */
export class Program {
  readonly folder: string;
  /** Where the program's temporary files go. */
  readonly temporary: string;

  private constructor(folder: string) {
    this.folder = folder;
    this.temporary = join(folder, "tmp");
  }

  static async make(): Promise<Program> {
    const program = new Program(await realpath(await mkdtemp(join(tmpdir(), "lockstep-cli-"))));
    await mkdir(program.temporary);
    await build({
      entryPoints: [join(import.meta.dirname, "..", "main.ts")],
      outfile: join(program.folder, "main.mjs"),
      bundle: true,
      platform: "node",
      format: "esm",
      banner: { js: 'import { createRequire as from } from "node:module"; const require = from(import.meta.url);' },
    });
    return program;
  }

  launch(args: readonly string[], env: Record<string, string> = {}): { child: ChildProcess; run: Promise<Run> } {
    const child = spawn(process.execPath, [join(this.folder, "main.mjs"), ...args], {
      cwd: this.folder,
      env: { ...process.env, NO_COLOR: "1", TMPDIR: this.temporary, ...env },
    });
    const printed = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed.stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      printed.stderr += text;
    });
    const run = new Promise<Run>((resolve) => child.once("close", (code) => resolve({ code, ...printed })));
    return { child, run };
  }

  run(...args: string[]): Promise<Run> {
    return this.launch(args).run;
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}
