/** Why a run was stopped from outside: `outgrown` where its dump became larger than it may be. */
export type Stop = "timeout" | "aborted" | "outgrown";

/** Tells why a run was stopped from outside, if it was. */
export interface Stopper {
  because(): Stop | undefined;
  stop(because: Stop): void;
  /** Lets go of timer and signal. */
  release(): void;
}

/** Calls `stop` when the timeout, in seconds, has passed or the signal is aborted; either may be absent. */
export function makeStopper(timeout: number | undefined, signal: AbortSignal | undefined, stop: () => void): Stopper {
  let reason: Stop | undefined;
  const stopFor = (because: Stop): void => {
    reason ??= because;
    stop();
  };
  const abort = (): void => stopFor("aborted");
  const timer = timeout === undefined ? undefined : setTimeout(() => stopFor("timeout"), timeout * 1000);
  if (signal?.aborted === true) abort();
  signal?.addEventListener("abort", abort, { once: true });
  return {
    because: () => reason,
    stop: stopFor,
    release() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    },
  };
}
