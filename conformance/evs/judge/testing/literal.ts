import type { DeliverEvent, InstallEvent, RecordedEvent, SendEvent } from "../event.ts";
import type { Specification } from "../specification.ts";
import type { Run } from "./runs.ts";

/** An event as the paper has it: with its process, its configuration, and the regular configuration of that. */
interface Placed {
  readonly at: number;
  readonly event: RecordedEvent;
  readonly process: string;
  readonly configuration: string;
  readonly regular: string;
}

type Sent = Placed & { readonly event: SendEvent };
type Delivered = Placed & { readonly event: DeliverEvent };

/** A stay of a process in a configuration. */
interface Stay {
  readonly process: string;
  readonly configuration: string;
  readonly regular: string;
  readonly next: string | undefined;
  readonly fails: boolean;
}

/**
 * The specifications as they stand in section 2.1 of the paper, with the readings of docs/judge.md, over all pairs and
 * triples of events: what a judge that goes through a recording once is held against. Only for recordings in which 1.4,
 * 2.2 and what section 2 assumes hold, and with a few dozen events.
 */
export class Literal {
  readonly #events: readonly Placed[];
  readonly #allSends: readonly Sent[];
  readonly #allDeliveries: readonly Delivered[];
  /** A message is delivered whose sender is no member: it violates 1.3, and nothing else is asked of it. */
  readonly #isStrange: boolean;
  readonly #stays: readonly Stay[];
  readonly #members = new Map<string, readonly string[]>();
  readonly #isComplete: boolean;

  constructor({ events, isComplete }: Run) {
    this.#isComplete = isComplete;
    const placed: Placed[] = [];
    const stays: (Stay & { next: string | undefined; fails: boolean })[] = [];
    for (const [at, event] of events.entries()) {
      if (event.event === "complete" || event.event === "recover") continue;
      const { process } = event;
      const current = stays.findLast((stay) => stay.process === process);
      if (event.event === "configuration") {
        if (!this.#members.has(event.id)) this.#members.set(event.id, event.members);
        const regular = event.kind === "regular" ? event.id : (current?.regular ?? "");
        if (current !== undefined && !current.fails) current.next = event.id;
        stays.push({ process, configuration: event.id, regular, next: undefined, fails: false });
        placed.push({ at, event, process, configuration: event.id, regular });
      } else {
        if (current === undefined) throw new Error("an event before any configuration");
        if (event.event === "fail") current.fails = true;
        placed.push({ at, event, process, configuration: current.configuration, regular: current.regular });
      }
    }
    const isStrange = ({ event, regular }: Placed): boolean =>
      event.event === "deliver" && this.#members.get(regular)?.includes(event.sender) !== true;
    this.#isStrange = placed.some(isStrange);
    this.#events = placed.filter((one) => !isStrange(one));
    this.#allSends = this.#events.filter((one): one is Sent => one.event.event === "send");
    this.#allDeliveries = this.#events.filter((one): one is Delivered => one.event.event === "deliver");
    this.#stays = stays;
  }

  violated(): Set<Specification> {
    const all: [Specification, boolean][] = [
      ["1.3", this.#unsent() || this.early()],
      ["2.1", this.#apart()],
      ["3", this.#undeliveredOwn()],
      ["4", this.#unalike()],
      ["5", this.#uncaused()],
      ["6.3", this.#holes()],
      ["7.1", this.#unsafe()],
      ["7.2", this.#uninstalled()],
      ...this.#cycles().map((one): [Specification, boolean] => [one, true]),
    ];
    return new Set(all.filter(([, isViolated]) => isViolated).map(([one]) => one));
  }

  #sends(): readonly Sent[] {
    return this.#allSends;
  }

  #deliveries(): readonly Delivered[] {
    return this.#allDeliveries;
  }

  /** The delivery by a process, in its closure of a regular configuration. */
  #delivery(process: string, of: string, regular: string): Delivered | undefined {
    return this.#deliveries().find((one) => one.process === process && one.regular === regular && nameOf(one) === of);
  }

  #fails(process: string, regular: string): boolean {
    return this.#stays.some((stay) => stay.process === process && stay.regular === regular && stay.fails);
  }

  #installed(process: string, configuration: string): boolean {
    return this.#stays.some((stay) => stay.process === process && stay.configuration === configuration);
  }

  /** Whether what a member owes in a regular configuration is due. */
  #isDue(process: string, regular: string): boolean {
    if (this.#isComplete) return true;
    const last = this.#stays.findLast((stay) => stay.process === process);
    if (this.#installed(process, regular)) {
      return last?.regular !== regular || last.fails;
    }
    return last !== undefined && this.#follows(regular).has(last.regular);
  }

  /** The regular configurations that come after one. */
  #follows(regular: string): Set<string> {
    const found = new Set([regular]);
    for (const one of found) {
      for (const [at, stay] of this.#stays.entries()) {
        if (stay.regular !== one) continue;
        const next = this.#stays
          .slice(at + 1)
          .find(({ process, regular: to }) => process === stay.process && to !== one);
        if (next !== undefined) found.add(next.regular);
      }
    }
    return found;
  }

  #unsent(): boolean {
    const sends = this.#sends();
    const isUnsent = this.#deliveries().some((one) => {
      const isSent = sends.some((send) => nameOf(send) === nameOf(one) && send.regular === one.regular);
      // Numbers grow, so that it will not be sent later.
      const isPast = sends.some(
        ({ process, event }) => process === one.event.sender && event.number >= one.event.number,
      );
      return !isSent && (isPast || this.#isDue(one.event.sender, one.regular));
    });
    return isUnsent || this.#isStrange;
  }

  /** A process delivers its own message and then sends it. */
  early(): boolean {
    return this.#sends().some((send) => this.#isEarly(send));
  }

  #isEarly(send: Placed): boolean {
    return (this.#delivery(send.process, nameOf(send), send.regular)?.at ?? send.at) < send.at;
  }

  #apart(): boolean {
    if (!this.#isComplete) return false;
    const last = new Map(this.#stays.map((stay) => [stay.process, stay]));
    return [...last.values()].some(
      (stay) =>
        !stay.fails &&
        this.#members.get(stay.configuration)?.some((other) => {
          const theirs = last.get(other);
          return theirs?.configuration !== stay.configuration || theirs.fails;
        }),
    );
  }

  #undeliveredOwn(): boolean {
    return this.#sends().some(
      (send) =>
        this.#isDue(send.process, send.regular) &&
        !this.#fails(send.process, send.regular) &&
        this.#delivery(send.process, nameOf(send), send.regular) === undefined,
    );
  }

  #unalike(): boolean {
    const last = new Map(this.#stays.map((stay) => [stay.process, stay]));
    const nextOf = (stay: Stay): string | undefined =>
      stay.next ?? (this.#isComplete && !stay.fails && last.get(stay.process) === stay ? "" : undefined);
    const delivers = (stay: Stay): string =>
      this.#deliveries()
        .filter((one) => one.process === stay.process && one.configuration === stay.configuration)
        .map(nameOf)
        .sort()
        .join();
    return this.#stays.some((one) =>
      this.#stays.some(
        (other) =>
          one.configuration === other.configuration &&
          nextOf(one) !== undefined &&
          nextOf(one) === nextOf(other) &&
          delivers(one) !== delivers(other),
      ),
    );
  }

  /** With deliveries as causes as well, which section 2.1 derives. */
  #uncaused(): boolean {
    const { reaches } = this.#relation(() => undefined);
    const sends = this.#sends();
    const causes = [...sends, ...this.#deliveries()];
    return this.#deliveries().some((delivery) => {
      const send = sends.find((one) => nameOf(one) === nameOf(delivery) && one.regular === delivery.regular);
      if (send === undefined) return false;
      return causes.some((cause) => {
        if (nameOf(cause) === nameOf(send) || cause.regular !== send.regular || !reaches(cause, send)) return false;
        const earlier = this.#delivery(delivery.process, nameOf(cause), delivery.regular);
        return earlier === undefined || earlier.at > delivery.at;
      });
    });
  }

  #holes(): boolean {
    const deliveries = this.#deliveries();
    const isMissed = (first: Delivered): boolean =>
      this.#members
        .get(first.regular)
        ?.some((process) => this.#delivery(process, nameOf(first), first.regular) === undefined) === true;
    return deliveries.some(
      (first) =>
        isMissed(first) &&
        deliveries.some(
          (second) =>
            second.process === first.process &&
            second.regular === first.regular &&
            first.at < second.at &&
            deliveries.some(
              (other) =>
                other.regular === second.regular &&
                nameOf(other) === nameOf(second) &&
                this.#members.get(other.configuration)?.includes(first.event.sender) === true &&
                this.#delivery(other.process, nameOf(first), other.regular) === undefined,
            ),
        ),
    );
  }

  #unsafe(): boolean {
    return this.#safe().some((one) =>
      this.#members.get(one.configuration)?.some((other) => {
        if (!this.#isDue(other, one.regular)) return false;
        if (!this.#installed(other, one.regular) && one.configuration === one.regular) return false;
        return !this.#fails(other, one.regular) && this.#delivery(other, nameOf(one), one.regular) === undefined;
      }),
    );
  }

  #uninstalled(): boolean {
    return this.#safe().some(
      (one) =>
        one.configuration === one.regular &&
        this.#members
          .get(one.regular)
          ?.some((other) => this.#isDue(other, one.regular) && !this.#installed(other, one.regular)),
    );
  }

  /** Deliveries of safe messages. */
  #safe(): Delivered[] {
    const sends = this.#sends();
    return this.#deliveries().filter((one) =>
      sends.some(
        (send) => send.event.service === "safe" && nameOf(send) === nameOf(one) && send.regular === one.regular,
      ),
    );
  }

  /** Which of the orders there is not, the first alone. */
  #cycles(): Specification[] {
    if (this.#relation(() => undefined).isCyclic) return ["1.1"];
    const change = ({ event, configuration }: Placed): string | undefined =>
      event.event === "configuration" ? `c ${configuration}` : undefined;
    if (this.#relation(change).isCyclic) return ["2.3", "2.4"];
    const delivered = (one: Placed): string | undefined =>
      one.event.event === "deliver" ? `m ${one.regular} ${nameOf(one)}` : change(one);
    return this.#relation(delivered).isCyclic ? ["6.1", "6.2"] : [];
  }

  /** The transitive relation of 1.1 to 1.3, with events of one name as one. */
  #relation(name: (one: Placed) => string | undefined): {
    reaches: (one: Placed, other: Placed) => boolean;
    isCyclic: boolean;
  } {
    const keyOf = (one: Placed): string => name(one) ?? `e ${one.at}`;
    const after = new Map<string, Set<string>>();
    const add = (one: Placed, other: Placed): void => {
      after.set(keyOf(one), (after.get(keyOf(one)) ?? new Set()).add(keyOf(other)));
    };
    for (const [at, one] of this.#events.entries()) {
      const next = this.#events.slice(at + 1).find(({ process }) => process === one.process);
      if (next !== undefined) add(one, next);
    }
    // What is blamed on 1.3 is not blamed on the order again.
    for (const send of this.#sends().filter((one) => !this.#isEarly(one))) {
      for (const one of this.#deliveries()) {
        if (nameOf(one) === nameOf(send) && one.regular === send.regular) add(send, one);
      }
    }
    const beyond = (key: string): Set<string> => {
      const found = new Set(after.get(key));
      for (const one of found) for (const other of after.get(one) ?? []) found.add(other);
      return found;
    };
    const reached = new Map(this.#events.map((one) => [keyOf(one), beyond(keyOf(one))]));
    return {
      reaches: (one, other) => reached.get(keyOf(one))?.has(keyOf(other)) === true,
      isCyclic: [...reached].some(([key, all]) => all.has(key)),
    };
  }
}

function nameOf({ event }: { readonly event: RecordedEvent }): string {
  if (event.event === "send") return `${event.process} ${event.number}`;
  return event.event === "deliver" ? `${event.sender} ${event.number}` : "";
}

/** 2.2: an event is in no configuration, before the first or after a failure. */
export function isOutside({ events }: Run): boolean {
  const placed = new Set<string>();
  return events.some((event) => {
    if (event.event === "complete" || event.event === "recover") return false;
    if (event.event === "configuration") placed.add(event.process);
    const isIn = placed.has(event.process);
    if (event.event === "fail") placed.delete(event.process);
    return !isIn;
  });
}

/**
 * 1.4: a message is sent or delivered a second time, or sent in a transitional configuration. What is delivered in the
 * closures of two regular configurations was sent in one of them, and violates 1.3 in the other.
 */
export function isRepeated({ events }: Run): boolean {
  const seen = new Set<string>();
  const transitional = new Set<string>();
  const regular = new Map<string, InstallEvent>();
  return events.some((event) => {
    if (event.event === "configuration" && event.kind === "transitional") transitional.add(event.process);
    else if (event.event === "configuration") {
      transitional.delete(event.process);
      regular.set(event.process, event);
    }
    if (event.event !== "send" && event.event !== "deliver") return false;
    const { id, members } = regular.get(event.process) ?? {};
    // Of what a stranger sent nothing is asked but 1.3.
    if (event.event === "deliver" && members?.includes(event.sender) !== true) return false;
    const name = `${event.process} ${event.event} ${nameOf({ event })} ${event.event === "send" ? "" : id}`;
    const isAgain = seen.has(name) || (event.event === "send" && transitional.has(event.process));
    seen.add(name);
    return isAgain;
  });
}
