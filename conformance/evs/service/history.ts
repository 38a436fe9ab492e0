import type { Configuration, Message, Process, Transitional } from "../../../impl/evs/service/index.ts";
import { type History, type HistoryEvent, isRegular } from "./world.ts";

// Histories read once: which events there are of each kind, and where. Events are told apart by their texts.

/** An event, with what it is compared by. */
export interface Noted {
  readonly event: HistoryEvent;
  readonly conf: string;
  /** The regular configuration that its configuration is, or follows. @spec EVSSpecifications!Reg */
  readonly reg: string;
  /** What is sent or delivered; empty for other events. */
  readonly message: string;
  /** All of the event: two with one text are one event. */
  readonly text: string;
  /** What one event is elsewhere too: empty for what others do not do. @spec EVSSpecifications!IsSame */
  readonly same: string;
}

/** The history of one process; events by their places, from 0. @spec EVSSpecifications!Of */
export interface Course {
  readonly process: Process;
  readonly events: readonly Noted[];
  readonly sends: readonly number[];
  readonly deliveries: readonly number[];
  readonly changes: readonly number[];
  readonly failures: readonly number[];
  /** Deliveries by the regular configuration, and by the message. */
  readonly delivered: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>;
}

/** The histories of all processes, and where in them what is asked for most often is. */
export interface Courses {
  readonly all: readonly Course[];
  /** The sends of each message. */
  readonly sends: ReadonlyMap<string, readonly Need[]>;
  /** Whatever is one event elsewhere too. */
  readonly common: ReadonlyMap<string, readonly Need[]>;
}

/** That the first events of a course, so many, precede something. */
export interface Need {
  readonly course: number;
  readonly count: number;
}

/** Histories are read once, and one process's as long as nothing is added to it. */
export function coursesOf(history: History): Courses {
  const known = read.get(history);
  if (known !== undefined) return known;
  const all = Object.entries(history).map(([process, events]) => courseOf(process, events));
  const sends = new Map<string, Need[]>();
  const common = new Map<string, Need[]>();
  for (const [course, { events }] of all.entries()) {
    for (const [place, { event, message, same }] of events.entries()) {
      const need = { course, count: place + 1 };
      if (event.type === "send") entered(sends, message, need);
      else if (same !== "") entered(common, same, need);
    }
  }
  const courses = { all, sends, common };
  read.set(history, courses);
  return courses;
}

const read = new WeakMap<History, Courses>();

function entered<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

const courses = new WeakMap<readonly HistoryEvent[], Course>();

function courseOf(process: Process, events: readonly HistoryEvent[]): Course {
  const known = courses.get(events);
  if (known !== undefined) return known;
  const noted = events.map(note);
  const of = (type: HistoryEvent["type"]): number[] =>
    noted.flatMap(({ event }, at) => (event.type === type ? [at] : []));
  const deliveries = of("deliver");
  const delivered = new Map<string, Map<string, number[]>>();
  for (const place of deliveries) {
    const { reg, message } = noted[place] as Noted;
    const there = delivered.get(reg) ?? new Map<string, number[]>();
    delivered.set(reg, there);
    entered(there, message, place);
  }
  const course: Course = {
    ...{ process, events: noted, deliveries, delivered },
    ...{ sends: of("send"), changes: of("conf"), failures: of("fail") },
  };
  // No process has the empty history of another.
  if (Object.isFrozen(events) && events.length > 0) courses.set(events, course);
  return course;
}

const notes = new WeakMap<HistoryEvent, Noted>();

function note(event: HistoryEvent): Noted {
  const known = notes.get(event);
  if (known !== undefined) return known;
  const conf = textOf(event.conf);
  const reg = isRegular(event.conf) ? conf : textOf(event.conf.from);
  const message = event.type === "send" || event.type === "deliver" ? messageText(event.message) : "";
  const sent = event.type === "fail" ? event.sent.map(messageText).sort().join(" ") : "";
  const same = event.type === "conf" ? `conf ${conf}` : event.type === "deliver" ? `deliver ${message}` : "";
  const noted = { event, conf, reg, message, text: [event.type, conf, message, sent].join(" "), same };
  notes.set(event, noted);
  return noted;
}

function textOf(configuration: Configuration | Transitional): string {
  const members = configuration.members.join(",");
  return isRegular(configuration)
    ? `${configuration.number}:${members}`
    : `${textOf(configuration.from)}>${textOf(configuration.to)}:${members}`;
}

export function messageText({ sender, service, body }: Message): string {
  return `${sender}/${body}/${service}`;
}

/**
 * The places at which a message is delivered in the closure of a regular configuration.
 *
 * @spec EVSSpecifications!DeliversIn
 */
export function deliversIn({ delivered }: Course, message: string, reg: string): readonly number[] {
  return delivered.get(reg)?.get(message) ?? [];
}

export function at(course: Course, place: number): Noted {
  const noted = course.events[place];
  if (noted === undefined) throw new RangeError(`a history of ${course.process} without an event ${place}`);
  return noted;
}

/** The failures in the closure of a regular configuration. @spec EVSSpecifications!FailsIn */
export function failsIn(course: Course, reg: string): readonly number[] {
  return course.failures.filter((place) => at(course, place).reg === reg);
}

/**
 * Whether another regular configuration is installed after this one: what is owed in it is due.
 *
 * @spec EVSSpecifications!Leaves
 */
export function leaves(course: Course, reg: string): boolean {
  const first = course.changes.find((place) => at(course, place).conf === reg);
  return (
    first !== undefined && course.changes.some((place) => place > first && isRegular(at(course, place).event.conf))
  );
}

/** Each configuration and the next one. @spec EVSSpecifications!Proceeds */
export function proceeds({ changes }: Course): readonly (readonly [number, number])[] {
  return changes.slice(1).map((next, before) => [changes[before] ?? 0, next]);
}

/**
 * Whether a relation on events has no cycle. What is needed for an event comes before it, and what its process did
 * before is understood. Events that nothing precedes any more are taken away until none is left, or none of those that
 * are.
 *
 * @spec EVSSpecifications!Acyclic
 */
export function isAcyclic(
  { all }: Courses,
  needs: (course: number, place: number, noted: Noted) => readonly Need[],
): boolean {
  const gone = all.map(() => 0);
  for (let moves = true; moves; ) {
    moves = false;
    for (const [number, course] of all.entries()) {
      for (let place = gone[number] ?? 0; place < course.events.length; place++) {
        const isFree = needs(number, place, at(course, place)).every((need) => need.count <= (gone[need.course] ?? 0));
        if (!isFree) break;
        gone[number] = place + 1;
        moves = true;
      }
    }
  }
  return all.every((course, number) => gone[number] === course.events.length);
}
