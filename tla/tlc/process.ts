import { spawn } from "node:child_process";
import { StringDecoder } from "node:string_decoder";
import { atExit } from "./exit.ts";
import type { Environment } from "./path.ts";

/** What to start. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Environment;
  /** What the child prints, in pieces of any length. */
  readonly onOutput: (text: string) => void;
}

/** How a child ended. */
export interface Ended {
  /** The exit code; undefined where a signal ended it. */
  readonly code: number | undefined;
  /** The last of what it printed on its standard error. */
  readonly stderr: string;
}

/** A running child. */
export interface Child {
  /** Resolves once the child is gone and all of its output was delivered; rejects if it could not be started. */
  readonly ended: Promise<Ended>;
  /** Ends the child and all that it started: SIGTERM, and SIGKILL {@link PATIENCE} milliseconds later. */
  stop(): void;
}

/** How long a child may take to end by itself, in milliseconds. */
const PATIENCE = 2_000;

/** How much of the standard error is kept, in characters. */
const STDERR_KEPT = 8_192;

/** Starts a child in a process group of its own, which never outlives this process. */
export function start(command: Command): Child {
  const child = spawn(command.file, command.args, {
    cwd: command.cwd,
    env: command.env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const signal = (name: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, name);
    } catch {
      // The group is gone already.
    }
  };
  const forget = atExit(() => signal("SIGKILL"));

  const decoder = new StringDecoder("utf8");
  child.stdout.on("data", (bytes: Buffer) => command.onOutput(decoder.write(bytes)));
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-STDERR_KEPT);
  });

  let patience: NodeJS.Timeout | undefined;
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", (error) => {
      forget();
      reject(error);
    });
    child.once("close", (code) => {
      clearTimeout(patience);
      forget();
      resolve({ code: code ?? undefined, stderr });
    });
  });
  return {
    ended,
    stop() {
      if (patience !== undefined) return;
      signal("SIGTERM");
      patience = setTimeout(() => signal("SIGKILL"), PATIENCE);
    },
  };
}
