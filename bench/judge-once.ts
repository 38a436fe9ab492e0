/**
 * Judges so many events of a generated stream, as objects or as lines of NDJSON, and prints what it took as JSON.
 * Making them is timed as well, and taken off.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type Held, judge, readEvent } from "../conformance/evs/judge/index.ts";
import { stream } from "./judge-stream.ts";

export interface Once {
  readonly events: number;
  /** Seconds for judging alone. */
  readonly seconds: number;
  /** The most that was held of each. */
  readonly held: Held;
  /** Bytes of heap at the end, after a collection, and the most that was seen before any was asked for. */
  readonly heap: number;
  readonly peak: number;
}

const [, , many = "1000000", form = "events"] = process.argv;
const events = Number(many);

function* first(): Generator<unknown> {
  let count = 0;
  for (const event of stream()) {
    if (count++ === events) return;
    yield form === "lines" ? JSON.stringify(event) : event;
  }
}

const began = performance.now();
for (const _ of first());
const making = performance.now() - began;

const judging = judge();
const held = { entries: 0, configurations: 0, places: 0, processes: 0 };
let peak = 0;
let line = 0;
const start = performance.now();
for (const one of first()) {
  line++;
  judging.take(readEventOf(one), line);
  if (line % 1_024 === 0) sample();
}
const { violations, compared } = judging.end();
const seconds = (performance.now() - start - making) / 1_000;
if (violations.length > 0 || compared["6.3"] === 0) throw new Error(JSON.stringify(violations[0]));
setFlagsFromString("--expose-gc");
runInNewContext("gc")();
const once: Once = { events, seconds, held, heap: process.memoryUsage().heapUsed, peak };
console.log(JSON.stringify(once));

function readEventOf(one: unknown): Parameters<typeof judging.take>[0] {
  return typeof one === "string" ? readEvent(one, line) : (one as Parameters<typeof judging.take>[0]);
}

function sample(): void {
  const now = judging.held();
  held.entries = Math.max(held.entries, now.entries);
  held.configurations = Math.max(held.configurations, now.configurations);
  held.places = Math.max(held.places, now.places);
  held.processes = now.processes;
  peak = Math.max(peak, process.memoryUsage().heapUsed);
}
