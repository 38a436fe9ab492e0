import type { RecordedEvent } from "../event.ts";
import { Dice } from "./dice.ts";
import type { Run } from "./runs.ts";

const REGULAR = ["a", "b", "c", "d"];

/**
 * Events at random, in which nothing holds but what a process can see to itself: it is in one configuration at a time,
 * sends in regular ones with numbers that grow, and delivers nothing twice. Most violate several specifications.
 */
export function soupOf(processes: number, choices: readonly number[], isComplete: boolean): Run {
  const names = Array.from({ length: processes }, (_, at) => String.fromCharCode(112 + at));
  const soup = new Soup(names);
  for (const choice of choices) soup.step(new Dice(choice));
  return { events: soup.events, isComplete };
}

class Soup {
  readonly events: RecordedEvent[] = [];
  readonly #names: readonly string[];
  readonly #at = new Map<string, { regular: string; isTransitional: boolean }>();
  readonly #installed = new Set<string>();
  readonly #delivered = new Set<string>();
  readonly #numbers = new Map<string, number>();
  #alone = 0;

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  step(dice: Dice): void {
    const process = dice.one(this.#names) ?? "";
    const at = this.#at.get(process);
    const kind = dice.roll(20);
    if (at === undefined || kind < 2) this.#install(process, dice.one(REGULAR) ?? "", this.#names, false);
    else if (kind === 2) this.#install(process, at.regular, this.#names, true);
    else if (kind === 3) {
      this.events.push({ process, event: "fail" });
      this.#install(process, `alone ${this.#alone++}`, [process], false);
    } else if (kind < 10 && !at.isTransitional) this.#send(process, dice);
    else this.#deliver(process, at.regular, dice);
  }

  #install(process: string, regular: string, members: readonly string[], isTransitional: boolean): void {
    const id = isTransitional ? `after ${regular}` : regular;
    if (this.#installed.has(`${process} ${id}`)) return;
    this.#installed.add(`${process} ${id}`);
    this.#at.set(process, { regular, isTransitional });
    this.events.push({
      process,
      event: "configuration",
      kind: isTransitional ? "transitional" : "regular",
      id,
      members,
    });
  }

  #send(process: string, dice: Dice): void {
    const number = (this.#numbers.get(process) ?? 0) + 1;
    this.#numbers.set(process, number);
    this.events.push({ process, event: "send", number, service: dice.roll(3) === 0 ? "safe" : "agreed" });
  }

  #deliver(process: string, regular: string, dice: Dice): void {
    const sender = (REGULAR.includes(regular) ? dice.one(this.#names) : undefined) ?? process;
    const next = this.#numbers.get(sender) ?? 0;
    const number = Math.max(1, next + 1 - dice.roll(3));
    const name = `${process} ${regular} ${sender} ${number}`;
    if (this.#delivered.has(name)) return;
    this.#delivered.add(name);
    this.events.push({ process, event: "deliver", sender, number });
  }
}
