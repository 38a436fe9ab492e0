import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atExit } from "./exit.ts";

/** A fresh folder below the system's temporary one; it goes with `remove`, and at the latest when Node ends. */
export interface Workspace {
  readonly path: string;
  remove(): Promise<void>;
}

/** Makes a workspace. `purpose` becomes part of its name. */
export async function makeWorkspace(purpose: string): Promise<Workspace> {
  const path = await mkdtemp(join(tmpdir(), `lockstep-${purpose}-`));
  const forget = atExit(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    async remove() {
      // A Java that was killed may have left a write in flight, hence the retries.
      await rm(path, { recursive: true, force: true, maxRetries: 5 });
      forget();
    },
  };
}
