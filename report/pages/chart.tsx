import type { VNode } from "preact";
import type { TraceReport, TraceStepReport } from "../shape.ts";

const LANE = 120;
const LINE = 17;
const HEAD = 34;
const TITLE = 210;
const CHANGES = 560;
/** What of a change fits beside the chart; the steps below have it whole. */
const LETTERS = 74;

type Arrow = TraceStepReport["arrows"][number];

/** A trace as a sequence chart: a lifeline for each process, a row for each state, what changed beside it. */
export function Chart({ trace }: { readonly trace: TraceReport }): VNode {
  const rows = placed(trace.steps);
  const last = rows.at(-1);
  const height = HEAD + (last === undefined ? 0 : last.top + last.height);
  const width = TITLE + trace.lanes.length * LANE + CHANGES;
  return (
    <div class="scroll chart">
      <svg
        xmlns="http://www.w3.org/2000/svg"
        role="img"
        aria-labelledby="chart-title chart-says"
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
      >
        <title id="chart-title">Sequence chart of {trace.name}</title>
        <desc id="chart-says">
          {trace.steps.length} states of {trace.lanes.length} processes. The list of steps below says the same.
        </desc>
        <defs>
          <marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0,0 L8,4 L0,8 z" class="arrowhead" />
          </marker>
        </defs>
        {trace.lanes.map((lane, at) => (
          <Lifeline key={lane} lane={lane} x={middle(at)} height={height} />
        ))}
        {rows.map((row) => (
          <StepRow key={row.number} row={row} lanes={trace.lanes} width={width} />
        ))}
      </svg>
    </div>
  );
}

interface PlacedRow {
  readonly number: number;
  readonly step: TraceStepReport;
  readonly top: number;
  readonly height: number;
}

function placed(steps: readonly TraceStepReport[]): PlacedRow[] {
  let top = 0;
  return steps.map((step, at) => {
    const messages = step.arrows.filter(({ from, to }) => from !== to).length;
    const lines = at === 0 ? 1 : Math.max(1, messages + (eventsIn(step).length > 0 ? 1 : 0), step.changes.length);
    const row = { number: at + 1, step, top, height: lines * LINE + 8 };
    top += row.height;
    return row;
  });
}

/**
 * The processes to which something happens in a step. What somebody's message does to its receiver is no event of the
 * receiver's: the arrow shows it.
 */
function eventsIn({ action, arrows }: TraceStepReport): readonly string[] {
  const receivers = new Set(arrows.filter(({ from, to }) => from !== to).map(({ to }) => to));
  const own = arrows.filter(({ from, to, label }) => from === to && !(action.startsWith(label) && receivers.has(from)));
  return [...new Set(own.map(({ from }) => from))];
}

function middle(lane: number): number {
  return TITLE + lane * LANE + LANE / 2;
}

function Lifeline({ lane, x, height }: { readonly lane: string; readonly x: number; readonly height: number }): VNode {
  return (
    <g>
      <line x1={x} x2={x} y1={HEAD - 6} y2={height} class="lifeline" />
      <text x={x} y={18} text-anchor="middle" class="lane">
        {short(lane, 14)}
      </text>
    </g>
  );
}

interface StepRowProps {
  readonly row: PlacedRow;
  readonly lanes: readonly string[];
  readonly width: number;
}

function StepRow({ row, lanes, width }: StepRowProps): VNode {
  const { step, number, top } = row;
  const y = HEAD + top;
  const events = eventsIn(step);
  const messages = step.arrows.filter(({ from, to }) => from !== to);
  const first = y + LINE;
  const below = events.length > 0 ? LINE : 0;
  return (
    <g>
      <line x1={0} x2={width} y1={y} y2={y} class="rule" />
      <a href={`#step-${number}`}>
        <text x={8} y={first} class="step">
          {short(`${number}. ${step.action}`, 27)}
        </text>
      </a>
      {events.map((lane) => (
        <circle key={lane} cx={middle(lanes.indexOf(lane))} cy={first - 4} r={4.5} class="event" />
      ))}
      {messages.map((arrow, at) => (
        <Message arrow={arrow} lanes={lanes} y={first + below + at * LINE - 2} />
      ))}
      {(number === 1 ? [] : step.changes).map((change, at) => (
        <text x={TITLE + lanes.length * LANE + 10} y={first + at * LINE} class="change">
          {short(changeText(change), LETTERS)}
        </text>
      ))}
    </g>
  );
}

function Message({
  arrow,
  lanes,
  y,
}: {
  readonly arrow: Arrow;
  readonly lanes: readonly string[];
  readonly y: number;
}): VNode {
  const [from, to] = [middle(lanes.indexOf(arrow.from)), middle(lanes.indexOf(arrow.to))];
  const inset = from < to ? 3 : -3;
  const room = Math.floor((Math.abs(to - from) - 20) / 6.4);
  return (
    <g>
      <line x1={from + inset} x2={to - inset} y1={y} y2={y} class="message" marker-end="url(#head)" />
      <text x={(from + to) / 2} y={y - 4} text-anchor="middle" class="label">
        {short(arrow.label, room)}
      </text>
    </g>
  );
}

/** What changed, in one line. */
export function changeText({ place, before, after }: TraceStepReport["changes"][number]): string {
  if (before === null) return `${place}: + ${after ?? ""}`;
  if (after === null) return `${place}: − ${before}`;
  return `${place}: ${before} → ${after}`;
}

function short(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, Math.max(0, letters - 1))}…`;
}
