import { type Closure, emptyClosure, entriesOf, held, isOut, type Member } from "./closure.ts";
import type { Desk } from "./desk.ts";
import { Order, reach, type Vertex } from "./order.ts";
import { settle } from "./settle.ts";

/**
 * The closures that are held, and the order in which processes went through them.
 *
 * One is let go once each of its members has left it, has failed in it, or can no longer install it, since it has
 * installed a configuration that comes after it: then no line can add an event to it. All its events come before those
 * of what followed it, so of its place in the order nothing stays but what it passes on.
 */
export class Closures {
  readonly open: Map<string, Closure> = new Map();
  /** Transitional configurations of open closures. */
  readonly #transitional = new Map<string, Closure>();
  /** Identifiers in closures that were let go, and the line at which each closure began, the oldest first. */
  readonly #past = new Map<string, number>();
  readonly #order = new Order();
  /** Closures that only members which have not installed them keep open. */
  readonly #waiting = new Set<Closure>();
  readonly #desk: Desk;
  /** Where a process is, or failed. */
  readonly #placeOf: (process: string) => { readonly closure: Closure; readonly line: number } | undefined;

  constructor(desk: Desk, placeOf: (process: string) => { closure: Closure; line: number } | undefined) {
    this.#desk = desk;
    this.#placeOf = placeOf;
  }

  /** How many closures have a place in the order: those that are open, and those in which processes failed last. */
  get places(): number {
    return this.#order.size;
  }

  /** The line at which a closure began that was let go, where this is one of its identifiers. */
  pastLine(id: string): number | undefined {
    return this.#past.get(id);
  }

  /** The closure that a transitional configuration belongs to. */
  ofTransitional(id: string): Closure | undefined {
    return this.#transitional.get(id);
  }

  begin(id: string, members: readonly string[]): Closure {
    const closure = emptyClosure(id, members, this.#desk.line);
    this.#desk.hold(members.length);
    this.open.set(id, closure);
    this.#order.add(closure.place);
    this.#desk.require("configurations", this.open.size, "configurations that some member may still be in");
    return closure;
  }

  addTransitional(id: string, closure: Closure): void {
    this.#desk.hold(closure.members.length);
    this.#transitional.set(id, closure);
  }

  /** A process goes from one closure to another. False where others have gone the other way (2.3, 2.4). */
  succeed(from: Closure | undefined, to: Closure): boolean {
    const isInOrder = from === undefined || this.#order.precede(from.place, to.place);
    to.pins++;
    if (from !== undefined) this.unpin(from);
    return isInOrder;
  }

  /** A process is no longer in a closure, nor failed in it. */
  unpin(closure: Closure): void {
    closure.pins--;
    this.#forget(closure);
  }

  /** Lets go of closures that nobody can come back to; `changed` is one that a member has gone out of. */
  close(changed: Closure | undefined): void {
    const isLeft = changed?.members.every((member) => isOut(member) || member.status === "absent");
    if (changed !== undefined && isLeft === true && !changed.isSettled) this.#waiting.add(changed);
    for (const closure of this.#waiting) {
      this.pass(closure);
      if (closure.members.every(isOut)) this.#letGo(closure);
    }
  }

  /** Finds the members that can no longer install a closure. */
  pass(closure: Closure): void {
    const absent = closure.members.filter(({ status }) => status === "absent");
    if (absent.length === 0) return;
    const after = reach(closure.place, (vertex) => vertex.after);
    for (const member of absent) this.#passIfBehind(member, after);
  }

  #passIfBehind(member: Member, after: ReadonlySet<Vertex>): void {
    const place = this.#placeOf(member.name);
    if (place === undefined || !after.has(place.closure.place)) return;
    member.status = "passed";
    member.out = place.line;
  }

  #letGo(closure: Closure): void {
    settle(this.#desk, closure);
    closure.isSettled = true;
    this.#waiting.delete(closure);
    this.open.delete(closure.id);
    for (const id of [closure.id, ...closure.transitional.keys()]) this.#remember(id, closure.line);
    for (const id of closure.transitional.keys()) this.#transitional.delete(id);
    this.#desk.release(allEntries(closure));
    clear(closure);
    this.#forget(closure);
  }

  #remember(id: string, line: number): void {
    this.#past.set(id, line);
    const [oldest] = this.#past.keys();
    if (this.#past.size > this.#desk.limits.identifiers && oldest !== undefined) this.#past.delete(oldest);
  }

  #forget(closure: Closure): void {
    if (closure.isSettled && closure.pins === 0 && !closure.place.gone) this.#order.remove(closure.place);
  }
}

function allEntries(closure: Closure): number {
  let sum = closure.members.length * (1 + closure.transitional.size);
  for (const message of held(closure)) sum += entriesOf(message);
  return sum;
}

/** Processes that failed in a closure still refer to it, for its place alone. */
function clear(closure: Closure): void {
  for (const messages of closure.messages) messages.clear();
  for (const member of closure.members) {
    member.delivered = [];
    member.last = undefined;
    member.sent = undefined;
  }
  closure.transitional.clear();
}
