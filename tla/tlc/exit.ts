const undone = new Set<() => void>();

/**
 * Registers what must not outlive this process: it runs when Node ends, unless the function that is returned was called
 * before. It must be synchronous.
 */
export function atExit(undo: () => void): () => void {
  if (undone.size === 0) process.once("exit", undoAll);
  undone.add(undo);
  return () => {
    undone.delete(undo);
    if (undone.size === 0) process.removeListener("exit", undoAll);
  };
}

function undoAll(): void {
  for (const undo of undone) {
    try {
      undo();
    } catch {
      // The others still have to be undone.
    }
  }
}
