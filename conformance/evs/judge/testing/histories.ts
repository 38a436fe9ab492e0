import type { TlaRecord, TlaValue } from "../../../../tla/values/value.ts";
import type { InstallEvent, RecordedEvent } from "../event.ts";

/**
 * The events of a recording as a history of `spec/evs/EVSSpecifications.tla`: for each process its events, in order.
 * What that has and a recording has not: a transitional configuration lies between the regular ones between which its
 * members went; and a failure excuses from all messages (R8), as a recording shows no time.
 */
export function historyOf(events: readonly RecordedEvent[], processes: readonly string[]): TlaValue {
  const all = new Histories(events);
  return { "#map": processes.map((process) => [process, { "#tup": all.of(process) }]) };
}

class Histories {
  readonly #logs = new Map<string, RecordedEvent[]>();
  readonly #configurations = new Map<string, TlaRecord>();
  readonly #messages = new Map<string, TlaRecord>();

  constructor(events: readonly RecordedEvent[]) {
    for (const event of events) {
      if (event.event === "complete") continue;
      this.#logs.set(event.process, [...(this.#logs.get(event.process) ?? []), event]);
      if (event.event === "configuration" && event.kind === "regular") this.#regular(event);
      if (event.event === "send") this.#message(event.process, event.number, event.service);
    }
    for (const log of this.#logs.values()) this.#transitional(log);
    for (const event of events) {
      if (event.event !== "deliver" || this.#messages.has(`${event.sender} ${event.number}`)) continue;
      this.#message(event.sender, event.number, "agreed");
    }
  }

  of(process: string): TlaRecord[] {
    let conf: TlaRecord = NOWHERE;
    return (this.#logs.get(process) ?? []).flatMap((event): TlaRecord[] => {
      if (event.event === "configuration") conf = this.#configurations.get(event.id) ?? NOWHERE;
      switch (event.event) {
        case "configuration":
          return [{ type: "conf", conf }];
        case "send":
          return [{ type: "send", conf, message: this.#sent(process, event.number) }];
        case "deliver":
          return [{ type: "deliver", conf, message: this.#sent(event.sender, event.number) }];
        case "fail":
          return [{ type: "fail", conf, sent: { "#set": [...this.#messages.values()] } }];
        default:
          return [];
      }
    });
  }

  #sent(sender: string, number: number): TlaRecord {
    return this.#messages.get(`${sender} ${number}`) ?? {};
  }

  #message(sender: string, number: number, service: string): void {
    this.#messages.set(`${sender} ${number}`, { sender, number, service });
  }

  #regular({ id, members }: InstallEvent): void {
    if (this.#configurations.has(id)) return;
    this.#configurations.set(id, { number: this.#configurations.size + 1, members: { "#set": [...members] } });
  }

  /** From the log of one who goes on; where nobody does, it leads nowhere. */
  #transitional(log: readonly RecordedEvent[]): void {
    const installs = log.filter((event) => event.event === "configuration" || event.event === "fail");
    for (const [at, event] of installs.entries()) {
      if (event.event !== "configuration" || event.kind !== "transitional") continue;
      const before = installs.slice(0, at).findLast((one) => one.event === "configuration" && one.kind === "regular");
      const next = installs[at + 1];
      const from = before?.event === "configuration" ? this.#configurations.get(before.id) : undefined;
      const to =
        next?.event === "configuration" && next.kind === "regular" ? this.#configurations.get(next.id) : undefined;
      const known = this.#configurations.get(event.id);
      if (known !== undefined && (known["to"] !== NOWHERE || to === undefined)) continue;
      const { id, members } = event;
      this.#configurations.set(id, { id, from: from ?? NOWHERE, to: to ?? NOWHERE, members: { "#set": [...members] } });
    }
  }
}

const NOWHERE: TlaRecord = { number: 0, members: { "#set": [] } };
