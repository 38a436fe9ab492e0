const undone = new Set<() => void>();
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Registers what must not outlive this process: it runs when Node ends, unless the function that is returned was called
 * before. It must be synchronous. A signal that would end Node without further ado, since nobody else listens to it,
 * ends it after this.
 */
export function atExit(undo: () => void): () => void {
  if (undone.size === 0) {
    process.once("exit", undoAll);
    for (const signal of signals) process.on(signal, endBy);
  }
  undone.add(undo);
  return () => {
    undone.delete(undo);
    if (undone.size === 0) leave();
  };
}

function leave(): void {
  process.removeListener("exit", undoAll);
  for (const signal of signals) process.removeListener(signal, endBy);
}

/** Where others listen, they decide what becomes of this process. */
function endBy(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  undoAll();
  leave();
  process.kill(process.pid, signal);
}

function undoAll(): void {
  for (const undo of undone) {
    try {
      undo();
    } catch {
      // The others still have to be undone.
    }
  }
  undone.clear();
}
