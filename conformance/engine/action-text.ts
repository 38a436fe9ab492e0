import { canonical } from "../../tla/values/canonical.ts";
import type { SpecAction } from "./contract.ts";

/** An action in the manner of TLA+, with its arguments where they are known. */
export function actionText(action: SpecAction): string {
  return action.args === undefined ? action.name : `${action.name}(${action.args.map(canonical).join(", ")})`;
}
