import type { Trace, TraceStep } from "../tlc/trace.ts";
import { canonical } from "../values/canonical.ts";
import { printValue } from "../values/print.ts";
import { isMap, isModelValue, isSet, isTuple, type TlaValue } from "../values/value.ts";
import { actionText } from "./diff.ts";
import { findProcesses, type Processes } from "./lanes.ts";

/** What a step shows in a chart: a message from one process to another, or, where both are one, an event of it. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/** Tells what a step shows. Processes are named as TLA+ prints them. */
export type Describer = (before: TraceStep, after: TraceStep) => readonly Arrow[];

/** A sequence chart: its processes, one column each, and its rows, one for each state. */
export interface Chart {
  readonly lanes: readonly string[];
  readonly rows: readonly ChartRow[];
}

export interface ChartRow {
  /** The number of the state, counted from 1, and the action that led to it. */
  readonly title: string;
  readonly arrows: readonly Arrow[];
}

/**
 * A trace as a sequence chart; undefined where no processes can be told.
 *
 * By default the processes are the keys that most function-valued variables share. A record that appears in a state
 * and whose fields name two of them, one as the source and one as the destination, is a message; so is one that names
 * its source alone and stands in the entry of its destination, as in a function of queues. A step without
 * messages is an event of the process among its arguments if there is exactly one, else of those whose entries changed.
 */
export function chartOf(trace: Trace, describe?: Describer): Chart | undefined {
  const processes = findProcesses(trace.steps);
  if (processes === undefined && describe === undefined) return undefined;
  const describer = describe ?? defaultDescriber(processes as Processes);
  const rows = trace.steps.map((after, index) => {
    const before = trace.steps[index - 1];
    return {
      title: `${index + 1}: ${actionText(after)}`,
      arrows: before === undefined ? [] : describer(before, after),
    };
  });
  const arrows = rows.flatMap((row) => row.arrows);
  const lanes = [...new Set([...(processes?.names ?? []), ...arrows.flatMap(({ from, to }) => [from, to])])];
  return lanes.length === 0 ? undefined : { lanes, rows };
}

/** {@link chartOf} in text, one column for each process and one row for each event. */
export function printChart(trace: Trace, describe?: Describer): string | undefined {
  const chart = chartOf(trace, describe);
  return chart === undefined ? undefined : draw(chart);
}

function draw({ lanes, rows }: Chart): string {
  const labels = rows.flatMap((row) =>
    row.arrows.filter(({ from, to }) => from !== to).map(({ label }) => label.length),
  );
  const width = Math.max(4 + Math.min(24, Math.max(0, ...labels)), 2 + Math.max(...lanes.map((lane) => lane.length)));
  const titles = Math.max(...rows.map((row) => row.title.length));
  const line = (title: string, columns: string): string => `${title.padEnd(titles)}  ${columns}`.trimEnd();
  const head = line("", lanes.map((lane) => lane.padEnd(width)).join(""));
  const body = rows.flatMap(({ title, arrows }) => {
    const events = new Set(arrows.filter(({ from, to }) => from === to).map(({ from }) => from));
    const messages = arrows.filter(({ from, to }) => from !== to);
    const first = lanes.map((lane) => (events.has(lane) ? "*" : "|").padEnd(width)).join("");
    const drawn = messages.map((arrow) => drawArrow(lanes, arrow, width));
    const columns = events.size > 0 || drawn.length === 0 ? [first, ...drawn] : drawn;
    return columns.map((text, index) => line(index === 0 ? title : "", text));
  });
  return [head, ...body].join("\n");
}

function drawArrow(lanes: readonly string[], { from, to, label }: Arrow, width: number): string {
  const [start, end] = [lanes.indexOf(from), lanes.indexOf(to)];
  const [left, right] = [Math.min(start, end), Math.max(start, end)];
  const bare = lanes.map(() => "|".padEnd(width)).join("");
  const room = (right - left) * width - 1;
  const text = label.length > room - 3 ? `${label.slice(0, Math.max(0, room - 4))}…` : label;
  const shaft = start < end ? `-${text}`.padEnd(room - 1, "-").concat(">") : `<-${text}`.padEnd(room, "-");
  return `${bare.slice(0, left * width + 1)}${shaft}${bare.slice(right * width)}`;
}

function defaultDescriber(processes: Processes): Describer {
  const known = new Set(processes.names);
  return (before, after) => {
    const earlier = countMessages(before, known, processes);
    const messages = [...countMessages(after, known, processes)].flatMap(([key, { count, arrow }]) => {
      const appeared = count - (earlier.get(key)?.count ?? 0);
      return appeared > 0 ? Array.from({ length: appeared }, () => arrow) : [];
    });
    const named = new Set((after.args ?? []).map(printValue).filter((arg) => known.has(arg)));
    const touched = processes.names.filter((name) => processes.local(before, name) !== processes.local(after, name));
    const senders = new Set(messages.map(({ from }) => from));
    const actors = named.size === 1 ? [...named] : touched;
    return [
      ...actors.filter((name) => !senders.has(name)).map((name) => ({ from: name, to: name, label: after.action })),
      ...messages,
    ];
  };
}

const SOURCES = ["from", "src", "source", "sender", "msource", "mfrom"];
const DESTINATIONS = ["to", "dst", "dest", "destination", "receiver", "mdest", "mto"];
const KINDS = ["type", "kind", "tag", "mtype"];

type Counted = Map<string, { count: number; readonly arrow: Arrow }>;

/** The messages in a state, wherever they are kept, by their canonical texts and places. */
function countMessages(step: TraceStep, known: ReadonlySet<string>, processes: Processes): Counted {
  const found: Counted = new Map();
  for (const [variable, value] of Object.entries(step.state)) {
    const entries = processes.entries(step, variable);
    if (entries === undefined) gather(value, undefined, known, found);
    else for (const [owner, entry] of entries) gather(entry, owner, known, found);
  }
  return found;
}

/** Enters the messages inside a value, which stands in the entry of `owner` where it does in one's. */
function gather(value: TlaValue, owner: string | undefined, known: ReadonlySet<string>, found: Counted): void {
  const inside = (values: readonly TlaValue[]): void => {
    for (const part of values) gather(part, owner, known, found);
  };
  if (typeof value !== "object") return;
  if (isSet(value)) inside(value["#set"]);
  else if (isTuple(value)) inside(value["#tup"]);
  else if (isMap(value)) inside(value["#map"].flat());
  else if (!isModelValue(value)) {
    const arrow = messageOf(value as Readonly<Record<string, TlaValue>>, owner, known);
    if (arrow === undefined) inside(Object.values(value));
    else {
      const key = `${canonical(value)} ${arrow.to}`;
      found.set(key, { count: (found.get(key)?.count ?? 0) + 1, arrow });
    }
  }
}

function messageOf(
  record: Readonly<Record<string, TlaValue>>,
  owner: string | undefined,
  known: ReadonlySet<string>,
): Arrow | undefined {
  const pick = (names: readonly string[]): string | undefined => {
    const name = names.find((candidate) => Object.hasOwn(record, candidate));
    const value = name === undefined ? undefined : record[name];
    return value === undefined ? undefined : typeof value === "string" && names === KINDS ? value : printValue(value);
  };
  const [from, to] = [pick(SOURCES), pick(DESTINATIONS) ?? owner];
  if (from === undefined || to === undefined || !known.has(from) || !known.has(to)) return undefined;
  return { from, to, label: pick(KINDS) ?? "message" };
}
