/**
 * How fast the judge of recordings is, and that what it holds does not grow with the recording.
 *
 *   node dist/bench/judge.js [--runs 3] [--events 10000000]
 */
import type { Once } from "./judge-once.ts";
import { isolated, type Line, numbers, record, spread } from "./measure.ts";

const { runs, events } = numbers({ runs: 3, events: 10_000_000 });
const short = Math.ceil(events / 10);

async function measured(many: number, form: "events" | "lines"): Promise<Once[]> {
  const all: Once[] = [];
  for (let run = 0; run < runs; run++) all.push(await isolated<Once>("judge-once.js", many, form));
  return all;
}

function lines(what: string, all: readonly Once[]): Line[] {
  const megabytes = (bytes: (once: Once) => number) => spread(all.map((once) => bytes(once) / 1e6));
  return [
    { what, unit: "thousand events a second", value: spread(all.map((once) => once.events / once.seconds / 1e3)) },
    { what: `${what}: most entries held`, unit: "", value: spread(all.map(({ held }) => held.entries)) },
    { what: `${what}: most configurations held`, unit: "", value: spread(all.map(({ held }) => held.configurations)) },
    { what: `${what}: heap at the end`, unit: "MB", value: megabytes(({ heap }) => heap) },
    { what: `${what}: most heap seen`, unit: "MB", value: megabytes(({ peak }) => peak) },
  ];
}

const count = (many: number): string => many.toLocaleString("en-US");
await record("judge", "The judge of recordings, five processes", [
  ...lines(`${count(short)} events`, await measured(short, "events")),
  ...lines(`${count(events)} events`, await measured(events, "events")),
  ...lines(`${count(short)} events as lines of NDJSON`, await measured(short, "lines")),
]);
