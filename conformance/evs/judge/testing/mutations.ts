import type { RecordedEvent } from "../event.ts";
import { Dice } from "./dice.ts";
import type { Run } from "./runs.ts";

/** Changes one thing in the events of a run, or gives undefined where there is nothing of the kind. */
export type Mutation = (events: readonly RecordedEvent[], dice: Dice) => RecordedEvent[] | undefined;

type Kind = RecordedEvent["event"];

/** Where events of a kind are. */
function places(events: readonly RecordedEvent[], kind: Kind): number[] {
  return events.flatMap((event, at) => (event.event === kind ? [at] : []));
}

function dropped(kind: Kind): Mutation {
  return (events, dice) => {
    const at = dice.one(places(events, kind));
    return at === undefined ? undefined : events.toSpliced(at, 1);
  };
}

/** An event and the next of the same process change places. */
function swapped(first: Kind, second: Kind): Mutation {
  return (events, dice) => {
    const pairs = places(events, first).flatMap((at) => {
      const next = events.findIndex((event, later) => later > at && processOf(event) === processOf(events[at]));
      return next > 0 && events[next]?.event === second ? [[at, next] as const] : [];
    });
    const pair = dice.one(pairs);
    if (pair === undefined) return undefined;
    const [one, other] = pair;
    return events.map((event, at) => (at === one ? events[other] : at === other ? events[one] : event) ?? event);
  };
}

function changed<K extends Kind>(
  kind: K,
  change: (event: Extract<RecordedEvent, { event: K }>, dice: Dice) => RecordedEvent,
): Mutation {
  return (events, dice) => {
    const at = dice.one(places(events, kind));
    if (at === undefined) return undefined;
    return events.map((event, place) =>
      place === at ? change(event as Extract<RecordedEvent, { event: K }>, dice) : event,
    );
  };
}

function repeated(kind: Kind): Mutation {
  return (events, dice) => {
    const at = dice.one(places(events, kind));
    const event = at === undefined ? undefined : events[at];
    return at === undefined || event === undefined ? undefined : events.toSpliced(at, 0, event);
  };
}

function processOf(event: RecordedEvent | undefined): string {
  return event === undefined || event.event === "complete" ? "" : event.process;
}

/** What may go wrong in a service, or in a recorder, one thing at a time. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  "a delivery is lost": dropped("deliver"),
  "a sending is lost": dropped("send"),
  "a failure is lost": dropped("fail"),
  "deliveries change places": swapped("deliver", "deliver"),
  "a sending comes late": swapped("send", "deliver"),
  "a sending comes early": swapped("deliver", "send"),
  "a delivery comes late": swapped("deliver", "configuration"),
  "a delivery comes early": swapped("configuration", "deliver"),
  "an agreed message was safe": changed("send", (event) => ({ ...event, service: "safe" })),
  "another message is delivered": changed("deliver", (event, dice) => ({
    ...event,
    number: event.number + 1 + dice.roll(2),
  })),
  "configurations change places": swapped("configuration", "configuration"),
  "a delivery is repeated": repeated("deliver"),
  "a sending is repeated": repeated("send"),
  "a failure is repeated": repeated("fail"),
  "a configuration is lost": dropped("configuration"),
  "a configuration has another member": changed("configuration", (event) => ({
    ...event,
    members: [...event.members.slice(1).filter((name) => name !== "z"), "z"],
  })),
};

/** A run with some mutations, one after another. */
export function mutated({ events, isComplete }: Run, names: readonly string[], seed: number): Run | undefined {
  const dice = new Dice(seed);
  const result = names.reduce<readonly RecordedEvent[] | undefined>(
    (before, name) => (before === undefined ? undefined : MUTATIONS[name]?.(before, dice)),
    events,
  );
  return result === undefined ? undefined : { events: result, isComplete };
}
