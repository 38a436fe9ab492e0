import type { RecordedEvent } from "../event.ts";
import { Dice } from "./dice.ts";
import { Service } from "./service.ts";

export interface Run {
  readonly events: readonly RecordedEvent[];
  readonly isComplete: boolean;
}

/** A run of the service: each choice seeds the dice of one step. Complete where it goes on until all is done. */
export function runOf(processes: number, choices: readonly number[], isComplete: boolean): Run {
  const names = Array.from({ length: processes }, (_, at) => String.fromCharCode(112 + at));
  const service = new Service(names, new Dice(choices.length));
  for (const choice of choices) service.step(new Dice(choice));
  if (isComplete) service.finish();
  return { events: service.events, isComplete };
}

function logsOf(events: readonly RecordedEvent[]): Map<string, RecordedEvent[]> {
  const logs = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    if (event.event !== "complete") logs.set(event.process, [...(logs.get(event.process) ?? []), event]);
  }
  return logs;
}

/** The same events of each process, those of different processes in any order. */
export function interleaved({ events, isComplete }: Run, seed: number): Run {
  const dice = new Dice(seed);
  const logs = [...logsOf(events).values()];
  const mixed: RecordedEvent[] = [];
  while (logs.some(({ length }) => length > 0)) {
    // By turns of any length, so that one process may be far ahead.
    const log = dice.one(logs.filter(({ length }) => length > 0)) ?? [];
    mixed.push(...log.splice(0, 1 + dice.roll(dice.roll(4) === 0 ? 40 : 3)));
  }
  return { events: mixed, isComplete };
}

/** What had been recorded of each process when the recording ended. */
export function cutShort({ events }: Run, seed: number): Run {
  const dice = new Dice(seed);
  const ends = new Map([...logsOf(events)].map(([name, { length }]) => [name, dice.roll(length + 1)]));
  const kept = events.filter((event) => {
    if (event.event === "complete") return false;
    const left = ends.get(event.process) ?? 0;
    ends.set(event.process, left - 1);
    return left > 0;
  });
  return { events: kept, isComplete: false };
}
