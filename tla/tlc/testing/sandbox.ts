import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder that stands in for the system's temporary one, so that a test sees what a run leaves there. */
export interface Sandbox {
  readonly path: string;
  /** What lies in it. */
  left(): Promise<string[]>;
  remove(): Promise<void>;
}

/** Makes a folder and points TMPDIR at it until it is removed. */
export async function makeSandbox(): Promise<Sandbox> {
  const before = process.env["TMPDIR"];
  const path = await mkdtemp(join(tmpdir(), "lockstep-test-"));
  process.env["TMPDIR"] = path;
  return {
    path,
    left: () => readdir(path),
    async remove() {
      if (before === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = before;
      await rm(path, { recursive: true, force: true });
    },
  };
}
