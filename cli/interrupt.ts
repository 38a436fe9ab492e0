import { UserError } from "../tla/errors.ts";

/** Exit code of a run that the user ended, as shells have it. */
export const INTERRUPTED = 130;

/**
 * Runs `body` with a signal that is aborted when the user or the system asks this process to end, so that it can take
 * its children and files with it.
 */
export async function interruptible<T>(body: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.on(name, abort);
  try {
    return await body(controller.signal);
  } finally {
    for (const name of signals) process.removeListener(name, abort);
  }
}

/** @throws UserError (130) where the user has ended it. */
export function requireGoingOn(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new UserError("Interrupted.", INTERRUPTED);
}
