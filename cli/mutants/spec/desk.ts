import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { SpecMutant } from "../../../conformance/engine/mutants/spec/mutants.ts";
import { runTlc, type TlcResult } from "../../../tla/tlc/index.ts";
import type { Located } from "../../located.ts";
import type { SpecModule } from "./mutants-of.ts";
import type { Subject } from "./subjects.ts";

/** How long and how much a run may be. */
export interface Limits {
  readonly seconds: number;
  /** The size of the dump, in bytes; none is written where it is undefined. */
  readonly dump?: number;
}

/** A copy of a specification, in which one module at a time is changed. */
export class Desk {
  readonly #folder: string;
  readonly #protocol: Located;

  private constructor(folder: string, protocol: Located) {
    this.#folder = folder;
    this.#protocol = protocol;
  }

  static async open(protocol: Located): Promise<Desk> {
    const desk = new Desk(await mkdtemp(join(tmpdir(), "lockstep-mutants-")), protocol);
    for (const folder of desk.#originals()) {
      await mkdir(desk.#copyOf(folder));
      for (const file of (await readdir(folder)).filter((name) => /\.(tla|cfg)$/.test(name))) {
        await copyFile(join(folder, file), join(desk.#copyOf(folder), file));
      }
    }
    return desk;
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Puts a mutant in the place of its module, for as long as `body` runs. */
  async with<T>(mutant: SpecMutant, module: SpecModule, body: () => Promise<T>): Promise<T> {
    const original = this.#originals().find((folder) => module.path === join(folder, basename(module.path)));
    const path = join(this.#copyOf(original ?? this.#protocol.spec), basename(module.path));
    await writeFile(path, mutant.text);
    try {
      return await body();
    } finally {
      await writeFile(path, module.source.text);
    }
  }

  /** Where a run leaves its graph. */
  get dump(): string {
    return join(this.#folder, "graph.dot");
  }

  /** Runs TLC on a model, as it is here. */
  async run({ model, folder }: Subject, { seconds, dump }: Limits, signal: AbortSignal): Promise<TlcResult> {
    const here = this.#copyOf(folder);
    return runTlc({
      spec: join(here, basename(model.module)),
      config: join(here, model.cfg),
      libraries: this.#originals()
        .filter((one) => one !== folder)
        .map((one) => this.#copyOf(one)),
      // The same order each time, so that the same graph is the same dump.
      workers: 1,
      fingerprint: 0,
      brief: model.bounds === "quick",
      timeout: seconds,
      signal,
      ...(dump === undefined ? {} : { dump: this.dump, dumpLimit: dump }),
    });
  }

  #originals(): readonly string[] {
    return [this.#protocol.spec, ...this.#protocol.libraries];
  }

  #copyOf(folder: string): string {
    return join(this.#folder, String(this.#originals().indexOf(folder)));
  }
}
