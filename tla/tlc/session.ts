import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import { javaArgs } from "./command.ts";
import { resolveJar } from "./jar.ts";
import { findJava } from "./java.ts";
import type { TlcOptions } from "./options.ts";
import { type Child, type Ended, start } from "./process.ts";
import { makeStopper, type Stop } from "./stop.ts";
import { makeWorkspace } from "./workspace.ts";

/** Java, the jar, and a folder for all that they write, for as long as a run lasts. */
export interface Session {
  readonly folder: string;
  /** Starts a class of the jar, in a temporary folder of its own. It is stopped when the session is. */
  start(program: Program): Promise<Child>;
  /** Why the run was stopped, if it was. */
  stopped(): Stop | undefined;
  stop(because: Stop): void;
  /** What to tell of a process that ended without a word of TLC's. */
  mute(ended: Ended): UserError;
}

/** A class of the jar, and how to start it. */
export interface Program {
  /** Names the folder; unique in a session. */
  readonly name: string;
  readonly main: string;
  readonly args: readonly string[];
  /** Further arguments for Java. */
  readonly java?: readonly string[];
  readonly cwd: string;
  readonly libraries: readonly string[];
  readonly onOutput: (text: string) => void;
}

/** The options that a session heeds. */
export type SessionOptions = Pick<TlcOptions, "env" | "heap" | "brief" | "timeout" | "signal" | "onReport">;

/**
 * Runs `body` in a session. However it ends, no process and no file of it is left.
 *
 * @throws UserError (2) where Java or the jar is missing.
 */
export async function withSession<T>(options: SessionOptions, body: (session: Session) => Promise<T>): Promise<T> {
  const env = options.env ?? process.env;
  const java = await findJava(env);
  const jar = await resolveJar(env, options.onReport);
  const workspace = await makeWorkspace("tlc");
  const children: Child[] = [];
  const stopAll = (): void => {
    for (const child of children) child.stop();
  };
  const stopper = makeStopper(options.timeout, options.signal, stopAll);
  try {
    return await body({
      folder: workspace.path,
      async start(program) {
        const folder = join(workspace.path, program.name);
        await mkdir(folder);
        const args = [
          ...javaArgs(jar.path, folder, program.libraries, options),
          ...(program.java ?? []),
          program.main,
          ...program.args,
        ];
        const child = start({ file: java.path, args, cwd: program.cwd, env, onOutput: program.onOutput });
        children.push(child);
        if (stopper.because() !== undefined) child.stop();
        return child;
      },
      stopped: stopper.because,
      stop: stopper.stop,
      mute({ code, stderr }) {
        const why = stderr.trim().split("\n", 1)[0] || `exit code ${code}`;
        return new UserError(`${jar.path} did not start as TLC (${why}): see \`lockstep doctor\`.`, 2);
      },
    });
  } finally {
    stopper.release();
    stopAll();
    await Promise.allSettled(children.map((child) => child.ended));
    await workspace.remove();
  }
}
