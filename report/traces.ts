import type { Trace, TraceStep } from "../tla/tlc/trace.ts";
import { type Change, type Chart, changes, chartOf } from "../tla/trace/index.ts";
import type { ItfState, ItfTrace } from "../tla/values/itf.ts";
import { parseValue } from "../tla/values/parse.ts";
import { printValue } from "../tla/values/print.ts";
import type { TraceReport, TraceStepReport } from "./shape.ts";

/**
 * A trace as a report shows it.
 *
 * @throws UserError (64) where its meta field holds arguments that are no values.
 */
export function traceReport(name: string, itf: ItfTrace, sha256: string, stale: boolean | null): TraceReport {
  const steps = itf.states.map(stepOf);
  const trace: Trace = { steps, dropped: 0, ...(itf.loop === undefined ? {} : { lasso: { loop: itf.loop } }) };
  const chart = chartOf(trace);
  return {
    name,
    cfg: textOf(itf.meta["cfg"]),
    shows: textOf(itf.meta["shows"]),
    sha256,
    stale,
    lanes: chart?.lanes.map(bare) ?? [],
    steps: steps.map((step, at) => stepReport(steps[at - 1], step, chart?.rows[at])),
    loop: itf.loop === undefined ? null : itf.loop + 1,
  };
}

function stepOf({ meta, values }: ItfState): TraceStep {
  const { action, args } = meta;
  const texts = Array.isArray(args) ? args.filter((arg) => typeof arg === "string") : [];
  return {
    action: typeof action === "string" ? action : "Action",
    ...(texts.length === 0 ? {} : { args: texts.map(parseValue) }),
    state: values,
  };
}

function stepReport(
  before: TraceStep | undefined,
  step: TraceStep,
  row: Chart["rows"][number] | undefined,
): TraceStepReport {
  return {
    action: row?.title.replace(/^\d+: /, "") ?? step.action,
    arrows: row?.arrows.map(({ from, to, label }) => ({ from: bare(from), to: bare(to), label })) ?? [],
    changes: changes(before?.state ?? {}, step.state).map(changeReport),
  };
}

function changeReport({ place, before, after }: Change): TraceStepReport["changes"][number] {
  const text = (value: Change["before"]): string | null => (value === undefined ? null : printValue(value));
  return { place, before: text(before), after: text(after) };
}

/** A process that is a string is called by it, without the quotes. */
function bare(lane: string): string {
  return lane.replace(/^"(.*)"$/, "$1");
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
