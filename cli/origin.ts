import { z } from "zod";
import type { ModelFile } from "./manifest.ts";
import { specHash } from "./spec-hash.ts";

/** Where a graph or a behaviour comes from. */
export interface Origin {
  readonly module: string;
  readonly cfg: string;
  /** SHA-256 of the specification, in hexadecimal. */
  readonly sha256: string;
  readonly tlc: string;
}

const OriginShape = z.object({ module: z.string(), cfg: z.string(), sha256: z.string(), tlc: z.string() });

/** The origin that a file tells in its metadata; undefined where it tells none. */
export function originIn(meta: Readonly<Record<string, unknown>>): Origin | undefined {
  return OriginShape.safeParse(meta).data;
}

/** Why a file is not of its specification as it is now: one sentence, undefined where it is. */
export async function staleness(
  name: string,
  origin: Pick<Origin, "cfg" | "sha256">,
  model: Pick<ModelFile, "module" | "config">,
  libraries: readonly string[],
): Promise<string | undefined> {
  const now = await specHash(model.module, model.config, libraries);
  return now === origin.sha256 ? undefined : staleText(name, origin, now);
}

/** The sentence on a file whose specification has another hash by now. */
export function staleText(name: string, { cfg, sha256 }: Pick<Origin, "cfg" | "sha256">, now: string): string {
  const [then, since] = [sha256, now].map((hash) => hash.slice(0, 12));
  return `${name} was made from another version of ${cfg} (hash ${then}, now ${since}); run lockstep traces.`;
}
