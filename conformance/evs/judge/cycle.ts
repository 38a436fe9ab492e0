import {
  type Closure,
  type Configuration,
  configurations,
  held,
  isEarly,
  type Message,
  type Sending,
} from "./closure.ts";
import type { Vertex } from "./order.ts";
import type { Specification } from "./specification.ts";

/** An event in a closure: a vertex, and the member at which it happened. */
interface Event {
  readonly vertex: Vertex;
  readonly member: number;
  readonly line: number;
  readonly at: number;
  readonly of: "sending" | "delivery" | "installation";
}

export interface Cycle {
  readonly specifications: readonly Specification[];
  readonly lines: readonly number[];
}

/**
 * Why events in a closure cannot be ordered. The relation is built up as in the paper: the order of each process and of
 * each message's sending before its deliveries (1.1 to 1.3), then configuration changes as one (2.3, 2.4), then
 * deliveries of a message as one (6.1, 6.2). A cycle is blamed on the first of these steps that has one.
 *
 * Only asked for once there is a cycle through this vertex, so it may go through all that is held.
 */
export function cycleThrough(closure: Closure, vertex: Vertex, member: number): Cycle {
  const events = new Events(closure);
  const start = events.of(vertex).find((event) => event.member === member);
  if (start === undefined) throw new Error("the event that closes a cycle is not held");
  const simple = events.cycle(start, () => false);
  if (simple !== undefined) return { specifications: ["1.1"], lines: linesOf(simple) };
  const changes = events.cycle(start, (event) => event.of === "installation");
  if (changes !== undefined) return { specifications: ["2.3", "2.4"], lines: linesOf(changes) };
  const all = events.cycle(start, (event) => event.of !== "sending");
  if (all === undefined) throw new Error("there is no cycle where one was found");
  return { specifications: ["6.1", "6.2"], lines: linesOf(all) };
}

function linesOf(events: readonly Event[]): number[] {
  return events.map(({ line }) => line);
}

type Merges = (event: Event) => boolean;

class Events {
  readonly #byVertex = new Map<Vertex, Event[]>();
  readonly #sequences: Event[][];
  /** What comes right after an event at its own process. */
  readonly #next = new Map<Event, Event>();

  constructor(closure: Closure) {
    this.#sequences = closure.members.map(() => []);
    for (const configuration of configurations(closure)) this.#installations(configuration);
    for (const message of held(closure)) this.#deliveries(message);
    for (const sequence of this.#sequences) {
      sequence.sort((one, other) => one.at - other.at);
      for (const [at, event] of sequence.slice(1).entries()) this.#next.set(sequence[at] ?? event, event);
    }
  }

  of(vertex: Vertex): readonly Event[] {
    return this.#byVertex.get(vertex) ?? [];
  }

  /** The shortest way from an event back to it, where some events that share a vertex count as one. */
  cycle(start: Event, merges: Merges): Event[] | undefined {
    // A map goes through what is added to it while it is gone through.
    const came = new Map<Event, Event>();
    const visit = (event: Event, from: Event): void => {
      if (!came.has(event)) came.set(event, from);
    };
    const peers = (event: Event): readonly Event[] => (merges(event) ? this.of(event.vertex) : [event]);
    const goals = new Set(peers(start));
    for (const peer of goals) for (const next of this.#following(peer)) visit(next, peer);
    for (const event of came.keys()) {
      if (goals.has(event)) return wayTo(event, came, goals);
      for (const peer of peers(event)) {
        if (peer !== event && !goals.has(peer)) visit(peer, event);
      }
      for (const next of this.#following(event)) visit(next, event);
    }
    return undefined;
  }

  /** What follows an event at its own process, and, where it is a sending, the deliveries of its message. */
  *#following(event: Event): Generator<Event> {
    const next = this.#next.get(event);
    if (next !== undefined) yield next;
    if (event.of === "sending" && !isEarly(event.vertex as Sending)) yield* this.of((event.vertex as Sending).message);
  }

  #add(event: Event): void {
    const events = this.#byVertex.get(event.vertex);
    if (events === undefined) this.#byVertex.set(event.vertex, [event]);
    else events.push(event);
    this.#sequences[event.member]?.push(event);
  }

  #installations(vertex: Configuration): void {
    for (const [member, install] of vertex.installed) this.#add({ vertex, member, ...install, of: "installation" });
  }

  #deliveries(vertex: Message): void {
    const { sending } = vertex;
    if (sending !== undefined) {
      const { line, at } = sending;
      this.#add({ vertex: sending, member: vertex.sender, line, at, of: "sending" });
    }
    for (const [member, delivery] of vertex.deliveries.entries()) {
      if (delivery === undefined) continue;
      this.#add({ vertex, member, line: delivery.line, at: delivery.at, of: "delivery" });
    }
  }
}

/** The events from a goal to a goal, without the one at the end where it is the one at the beginning. */
function wayTo(end: Event, came: ReadonlyMap<Event, Event>, goals: ReadonlySet<Event>): Event[] {
  const way = [end];
  for (let event = came.get(end); event !== undefined; event = goals.has(event) ? undefined : came.get(event)) {
    way.unshift(event);
  }
  return way[0] === end ? way.slice(0, -1) : way;
}
