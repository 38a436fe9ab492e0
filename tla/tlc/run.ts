import { statSync } from "node:fs";
import { copyFile, mkdir, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { UserError } from "../errors.ts";
import { tlcArgs } from "./command.ts";
import { Interpreter } from "./interpret.ts";
import { findSources, type TlcOptions } from "./options.ts";
import type { TlcResult } from "./result.ts";
import { withSession } from "./session.ts";

/**
 * Runs TLC on a specification. What TLC finds wrong is a result; it leaves no file but the dump that was asked for,
 * and no process, however it ends.
 *
 * @throws UserError where TLC cannot be run: 2 for a missing tool, 64 for a missing file or an option out of bounds.
 */
export async function runTlc(options: TlcOptions): Promise<TlcResult> {
  const sources = await findSources(options);
  return withSession(options, async (session) => {
    const interpreter = new Interpreter({ ...sources, ...options, simulating: options.simulate !== undefined });
    const graph = options.dump === undefined ? undefined : join(session.folder, "graph.dot");
    const child = await session.start({
      name: "tlc",
      main: "tlc2.TLC",
      args: tlcArgs(options, sources, join(session.folder, "meta"), graph),
      cwd: sources.folder,
      libraries: sources.libraries,
      onOutput: (text) => interpreter.push(text),
    });
    const watch = watched(graph, options.dumpLimit, () => session.stop("outgrown"));
    const ended = await child.ended;
    clearInterval(watch);
    const result = interpreter.result(ended, session.stopped());
    if (!interpreter.heard && result.outcome.kind !== "stopped") throw session.mute(ended);
    if (graph !== undefined && options.dump !== undefined && result.outcome.kind === "success") {
      await move(graph, resolve(options.dump));
    }
    return result;
  });
}

/** Looks now and then whether a file has become too large. */
function watched(
  path: string | undefined,
  limit: number | undefined,
  outgrown: () => void,
): NodeJS.Timeout | undefined {
  if (path === undefined || limit === undefined) return undefined;
  return setInterval(() => {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (size > limit) outgrown();
  }, MOMENT);
}

/** Milliseconds between two looks. */
const MOMENT = 200;

/** Moves a file, also to another disk; what stands there is replaced whole or not at all. */
async function move(from: string, to: string): Promise<void> {
  try {
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to).catch(async () => {
      const beside = `${to}.${process.pid}`;
      try {
        await copyFile(from, beside);
        await rename(beside, to);
      } finally {
        await rm(beside, { force: true });
      }
    });
  } catch (error) {
    throw new UserError(`${to} cannot be written (${error instanceof Error ? error.message : error}).`, 64);
  }
}
