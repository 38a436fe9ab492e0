import type { ConformanceModel, ConformanceModels } from "../conformance/engine/index.ts";
import { UserError } from "../tla/errors.ts";
import { BAD_INPUT } from "./exit-codes.ts";

/** The closed system at the bounds of a configuration, and the assignments there that it has no counterpart for. */
export interface Unbroken {
  readonly system: ConformanceModel;
  /** What the configuration does otherwise than the algorithm; empty where nothing is changed that the system lacks. */
  readonly broken: readonly string[];
  /** Properties that there are none of over worlds, with the reason. */
  readonly apart: Readonly<Record<string, string>>;
  /** Why no state of this configuration's counterexample shows what is broken, if none does: it is shown in full. */
  readonly unseen?: string | undefined;
}

/**
 * Makes the system of a configuration whatever this breaks in the specification.
 *
 * @throws UserError (64) where the configuration has no bounds for a system.
 */
export function unbroken(cfg: string, text: string, models: ConformanceModels): Unbroken {
  const { protocol, modelOf, notOverWorlds: apart = {} } = models;
  const unseen = apart[cfg];
  const broken: string[] = [];
  for (let left = text; ; ) {
    const system = modelOf(left);
    if (typeof system !== "string") return { system, broken, apart, unseen };
    const [name, sign] = system.split(" ");
    const without = left.replace(new RegExp(`\\b${name}\\s*${sign}\\s*(\\{[^}]*\\}|\\S+)`), "");
    if (without === left) throw new UserError(`${protocol} has no closed system for ${cfg}: ${system}.`, BAD_INPUT);
    broken.push(system);
    left = without;
  }
}
