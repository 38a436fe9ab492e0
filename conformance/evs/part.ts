import type { ConformanceModel } from "../engine/models.ts";

/** What is conformed of one closed module and the modules above it: the folder of the specification has several. */
export interface Part {
  /** Whether a configuration is of these modules, broken or not. */
  isOf(cfg: string): boolean;
  /** The closed system of a configuration that is, or the assignment that it has no counterpart for. */
  modelOf(cfg: string): ConformanceModel | string;
  /** The models that must hold and are not conformed, with the reason. */
  readonly notConformed: Readonly<Record<string, string>>;
  /** Properties of the specification that there are none of over worlds, with the reason. */
  readonly notOverWorlds: Readonly<Record<string, string>>;
}
