import { basename } from "node:path";
import type { ConformanceModels } from "../conformance/engine/index.ts";
import type { ModelFile } from "./manifest.ts";

/** Why a model is not conformed, if it is excepted: by its own name, or with all others of its module. */
export function exceptionOf(
  { cfg, module }: Pick<ModelFile, "cfg" | "module">,
  { notConformed }: Pick<ConformanceModels, "notConformed">,
): string | undefined {
  const name = [cfg, basename(module)].find((one) => Object.hasOwn(notConformed, one));
  return name === undefined ? undefined : notConformed[name];
}
