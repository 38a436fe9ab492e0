import { actionText as traceActionText } from "../../tla/trace/index.ts";
import type { SpecAction } from "./contract.ts";

/** An action in the manner of TLA+, with its arguments where they are known. */
export function actionText({ name, args }: SpecAction): string {
  return traceActionText({ action: name, ...(args === undefined ? {} : { args }) });
}
