import type { Service as Level, RecordedEvent } from "../event.ts";
import type { Dice } from "./dice.ts";

interface Message {
  readonly sender: string;
  readonly number: number;
  readonly service: Level;
  readonly holders: Set<string>;
  /** Whether all members were seen to hold it and what comes before it, so that it may be delivered as safe. */
  isStable: boolean;
  /** Whether anybody has delivered it, be it one that failed since: nothing is put before it any more. */
  isDelivered: boolean;
}

interface Regular {
  readonly id: string;
  readonly members: readonly string[];
  readonly order: Message[];
  /** How much of the order a departure has been decided by; nothing is put before that any more. */
  frozen: number;
}

/** What a process does when it goes on: steps 6.b to 6.e of the paper's algorithm. */
interface Plan {
  readonly transitional: string;
  readonly group: readonly string[];
  readonly boundary: number;
  readonly late: readonly Message[];
  readonly next: Regular;
}

interface Process {
  readonly name: string;
  isUp: boolean;
  regular: Regular;
  delivered: number;
  number: number;
  obligations: Set<string>;
  plan: Plan | undefined;
}

/**
 * Extended Virtual Synchrony as a service that knows everything: the algorithm of section 3 without its messages. A
 * proposal is agreed at once by all its members (steps 2 to 5), and each goes on by itself (step 6), crashes half-way,
 * or is taken into another proposal before and inherits obligations. It records what happens, for the judge to accept.
 */
export class Service {
  readonly events: RecordedEvent[] = [];
  readonly #processes: readonly Process[];
  readonly #dice: Dice;
  #configurations = 0;

  constructor(names: readonly string[], dice: Dice) {
    this.#dice = dice;
    const together = dice.roll(2) === 0 ? this.#newRegular(names) : undefined;
    this.#processes = names.map((name) => {
      const regular = together ?? this.#newRegular([name]);
      return { name, isUp: true, regular, delivered: 0, number: 0, obligations: new Set(), plan: undefined };
    });
    for (const process of this.#processes) this.#install(process, process.regular);
  }

  /** One step, by the dice. */
  step(dice: Dice): void {
    const process = dice.one(this.#processes);
    if (process === undefined) return;
    const kind = dice.roll(60);
    if (!process.isUp) {
      if (kind < 12) this.#recover(process);
    } else if (kind === 0) this.#crash(process);
    else if (kind < 4) this.#propose(dice);
    else if (process.plan !== undefined) {
      if (kind < 30) this.#goOn(process, kind === 5 ? dice.roll(8) : undefined);
    } else if (kind < 14) this.#send(process, dice);
    else if (kind < 36) this.#receive(process, dice);
    else this.#deliver(process);
  }

  /** All that are up come together, and nothing more is sent: what is owed at the end is done. */
  finish(): void {
    const up = this.#processes.filter(({ isUp }) => isUp);
    this.#agree(up);
    for (const process of up) this.#goOn(process, undefined);
    for (const { regular, name } of up) for (const message of regular.order) message.holders.add(name);
    for (const process of up) while (this.#deliver(process));
  }

  #newRegular(members: readonly string[]): Regular {
    return { id: `r${this.#configurations++}`, members, order: [], frozen: 0 };
  }

  #install(process: Process, regular: Regular): void {
    const { name } = process;
    process.regular = regular;
    process.delivered = 0;
    process.obligations = new Set();
    process.plan = undefined;
    const { id, members } = regular;
    this.events.push({ process: name, event: "configuration", kind: "regular", id, members });
  }

  #send(process: Process, dice: Dice): void {
    const { name, regular } = process;
    const { order } = regular;
    const isBefore = ({ holders, isDelivered }: Message): boolean =>
      holders.has(name) || holders.size > 1 || isDelivered;
    const least = Math.max(regular.frozen, 1 + order.findLastIndex(isBefore));
    const service = dice.roll(2) === 0 ? "agreed" : "safe";
    const message: Message = {
      ...{
        sender: name,
        number: ++process.number,
        service,
        holders: new Set([name]),
        isStable: false,
        isDelivered: false,
      },
    };
    order.splice(least + dice.roll(order.length - least + 1), 0, message);
    this.events.push({ process: name, event: "send", number: message.number, service });
  }

  #receive({ name, regular }: Process, dice: Dice): void {
    const missing = regular.order.filter(({ holders }) => !holders.has(name));
    const received = dice.roll(3) === 0 ? missing : missing.slice(0, 1 + dice.roll(2));
    for (const message of received) message.holders.add(name);
  }

  #deliver(process: Process): boolean {
    const { name, regular, delivered } = process;
    const message = regular.order[delivered];
    if (message === undefined || !message.holders.has(name)) return false;
    if (message.service === "safe" && !message.isStable) {
      if (!this.#isHeldByAll(regular, delivered)) return false;
      message.isStable = true;
    }
    process.delivered++;
    this.#record(name, message);
    return true;
  }

  #isHeldByAll(regular: Regular, at: number): boolean {
    const before = regular.order.slice(0, at + 1);
    return regular.members.every((name) => {
      const process = this.#processes.find((one) => one.name === name);
      const isIn = process?.isUp === true && process.regular === regular && process.plan === undefined;
      return isIn && before.every(({ holders }) => holders.has(name));
    });
  }

  #record(process: string, message: Message): void {
    const { sender, number } = message;
    message.isDelivered = true;
    this.events.push({ process, event: "deliver", sender, number });
  }

  #propose(dice: Dice): void {
    const up = this.#processes.filter(({ isUp }) => isUp);
    const some = dice.roll(3) === 0 ? up : dice.some(up);
    if (some.length > 0) this.#agree(some);
  }

  #agree(members: readonly Process[]): void {
    const next = this.#newRegular(members.map(({ name }) => name));
    for (const regular of new Set(members.map((process) => process.regular))) {
      const group = members.filter((process) => process.regular === regular);
      const plan = planOf(regular, group, next);
      const obligations = new Set(group.flatMap((process) => [process.name, ...process.obligations]));
      for (const process of group) Object.assign(process, { plan, obligations: new Set(obligations) });
    }
  }

  /** Step 6; `until` is after how many events the process crashes in the middle of it. */
  #goOn(process: Process, until: number | undefined): void {
    const { name, plan, regular } = process;
    if (plan === undefined) return;
    const began = this.events.length;
    for (const message of regular.order.slice(process.delivered, plan.boundary)) this.#record(name, message);
    const { transitional: id, group: members } = plan;
    this.events.push({ process: name, event: "configuration", kind: "transitional", id, members });
    for (const message of plan.late) this.#record(name, message);
    if (until === undefined || began + until >= this.events.length) this.#install(process, plan.next);
    else {
      this.events.length = began + until;
      this.#crash(process);
    }
  }

  #crash(process: Process): void {
    process.isUp = false;
    process.plan = undefined;
    this.events.push({ process: process.name, event: "fail" });
  }

  #recover(process: Process): void {
    process.isUp = true;
    if (this.#dice.roll(2) === 0) this.events.push({ process: process.name, event: "recover" });
    this.#install(process, this.#newRegular([process.name]));
  }
}

/** Steps 4 to 6.a: what members of a transitional configuration have together, and where they deliver what of it. */
function planOf(regular: Regular, group: readonly Process[], next: Regular): Plan {
  const { order } = regular;
  const names = group.map(({ name }) => name);
  const isThere = ({ holders }: Message): boolean => names.some((name) => holders.has(name));
  const there = order.filter(isThere);
  for (const message of there) for (const name of names) message.holders.add(name);
  const end = (at: number): number => (at < 0 ? order.length : at);
  const hole = end(order.findIndex((message) => !isThere(message)));
  const unsafe = end(order.findIndex(({ service, isStable }) => service === "safe" && !isStable));
  const boundary = Math.max(Math.min(hole, unsafe), ...group.map(({ delivered }) => delivered));
  const obligations = new Set(group.flatMap((process) => [process.name, ...process.obligations]));
  const late = order.filter(
    (message, at) =>
      at >= boundary && (at < hole || (at > hole && there.includes(message) && obligations.has(message.sender))),
  );
  regular.frozen = order.length;
  return { transitional: `${next.id}/${regular.id}`, group: names, boundary, late, next };
}
