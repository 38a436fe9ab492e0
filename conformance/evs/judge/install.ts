import { type Closure, type Configuration, newConfiguration, type Visit } from "./closure.ts";
import type { Closures } from "./closures.ts";
import type { Desk } from "./desk.ts";
import { BadRecording, type InstallEvent } from "./event.ts";
import { shift } from "./message.ts";
import type { Process } from "./process.ts";

/** Judges the installation of configurations: what section 2 assumes of them, and 2.3 and 2.4 between closures. */
export class Installer {
  readonly #desk: Desk;
  readonly #closures: Closures;

  constructor(desk: Desk, closures: Closures) {
    this.#desk = desk;
    this.#closures = closures;
  }

  install(process: Process, event: InstallEvent): void {
    const { name, status } = process;
    const { id, kind, members } = event;
    const { findings, line } = this.#desk;
    this.#desk.require("members", members.length, "members of a configuration");
    if (new Set(members).size < members.length) throw new BadRecording(line, `${id} names a member twice`);
    findings.compare("model");
    const isAlone = kind === "regular" && members.length === 1;
    if ((status === "failed" || status === "recovered") && !isAlone) {
      this.#violate(`${name} recovers into ${id}, and not into a regular configuration of its own`);
    }
    if (!members.includes(name)) {
      this.#violate(`${name} installs ${id}, of which it is no member`);
      this.#unplace(process);
    } else if (kind === "regular") this.#regular(process, event);
    else this.#transitional(process, event);
  }

  #regular(process: Process, event: InstallEvent): void {
    const closure = this.#closureOf(process, event);
    const member = closure?.members[closure.numberOf.get(process.name) ?? -1];
    if (closure === undefined || member === undefined) {
      this.#unplace(process);
      return;
    }
    const { findings, line } = this.#desk;
    const { installed } = closure.regular;
    const first = installed.get(member.number);
    if (first !== undefined) {
      findings.violate(["1.1"], `${process.name} installs ${event.id} again, so that it precedes itself`, [
        first.line,
        line,
      ]);
      this.#unplace(process);
      return;
    }
    const [other] = installed.values();
    if (other !== undefined) {
      findings.compare("2.3");
      findings.compare("2.4");
    }
    const from = process.closure;
    this.#arrive(process, closure, event);
    this.#leave(process, `regular ${event.id}`);
    if (!this.#closures.succeed(from, closure)) {
      const says = `${process.name} installs ${event.id} after ${from?.id}, which others install before it`;
      findings.violate(["2.3", "2.4"], says, [other?.line ?? closure.line, process.line, line]);
    }
    installed.set(member.number, { line, at: member.events++ });
    member.status = "in";
    member.out = undefined;
    member.visits.push(newVisit(closure.regular, line));
    Object.assign(process, { status: "placed", closure, member, line });
    this.#closures.close(from);
  }

  /** The closure of a regular configuration, where it can be one. */
  #closureOf({ name }: Process, { id, members }: InstallEvent): Closure | undefined {
    const { findings, line } = this.#desk;
    if (this.#closures.ofTransitional(id) !== undefined) {
      this.#violate(`${name} installs ${id} as regular, and others as transitional`);
      return undefined;
    }
    const open = this.#closures.open.get(id);
    if (open !== undefined) {
      const isSame = members.length === open.members.length && members.every((one) => open.numberOf.has(one));
      if (!isSame) this.#violate(`${name} installs ${id} with other members than others`, open.line);
      return open;
    }
    const past = this.#closures.pastLine(id);
    if (past === undefined) return this.#closures.begin(id, members);
    const says = `${name} installs ${id}, which has ended for all its members: it would come before and after what followed`;
    findings.violate(["2.3", "2.4"], says, [past, line]);
    return undefined;
  }

  /** Section 2: a transitional configuration is those who go from one regular configuration to the next together. */
  #arrive(process: Process, closure: Closure, { id }: InstallEvent): void {
    const visit = process.member?.visits.at(-1);
    if (process.status !== "placed" || process.closure === undefined || visit === undefined) return;
    const { configuration } = visit;
    const { line } = this.#desk;
    const others = closure.from.get(process.closure.id);
    if (others === undefined) closure.from.set(process.closure.id, { id: configuration.id, line });
    else if (others.id !== configuration.id) {
      const says = `${process.name} goes from ${process.closure.id} to ${id} by ${configuration.id}, and others by ${others.id}`;
      this.#violate(says, others.line);
    }
    if (configuration.isRegular) return;
    if (configuration.next !== undefined && configuration.next.id !== id) {
      this.#violate(
        `${configuration.id} is followed by ${configuration.next.id} and by ${id}`,
        configuration.next.line,
      );
    }
    configuration.next ??= { id, line };
    const names = [...configuration.members].map((number) => process.closure?.members[number]?.name ?? "");
    const absent = names.find((name) => !closure.numberOf.has(name));
    if (absent !== undefined) this.#violate(`${absent} is a member of ${configuration.id} and not of ${id}, the next`);
  }

  #transitional(process: Process, event: InstallEvent): void {
    const { closure, member, name, status } = process;
    const { findings, line } = this.#desk;
    const { id } = event;
    if (status !== "placed" || closure === undefined || member === undefined) {
      this.#violate(`${name} installs ${id}, which is transitional, and comes from no regular configuration`);
      this.#unplace(process);
      return;
    }
    if (this.#closures.open.has(id)) {
      this.#violate(`${name} installs ${id} as transitional, and others as regular`);
      this.#unplace(process);
      return;
    }
    const configuration = this.#inClosure(closure, event);
    const first = configuration.installed.get(member.number);
    if (first !== undefined) {
      findings.violate(["1.1"], `${name} installs ${id} again, so that it precedes itself`, [first.line, line]);
      return;
    }
    const before = member.visits.at(-1);
    if (before !== undefined) before.next = `transitional ${id}`;
    member.visits.push(newVisit(configuration, line));
    shift(this.#desk, closure, member, configuration);
  }

  /** The transitional configuration with this name after a regular one. */
  #inClosure(closure: Closure, { process, id, members }: InstallEvent): Configuration {
    const numbers = members.flatMap((name) => closure.numberOf.get(name) ?? []);
    const known = closure.transitional.get(id);
    const isSame =
      known === undefined || (known.members.size === members.length && numbers.every((one) => known.members.has(one)));
    if (!isSame) this.#violate(`${process} installs ${id} with other members than others`);
    if (known !== undefined) return known;
    const other = this.#closures.ofTransitional(id);
    if (other !== undefined) this.#violate(`${id} comes after ${closure.id} and after ${other.id}`);
    const past = this.#closures.pastLine(id);
    if (past !== undefined) this.#violate(`${id} comes after ${closure.id}, and came before it`, past);
    const stranger = members.find((name) => !closure.numberOf.has(name));
    if (stranger !== undefined)
      this.#violate(`${stranger} is a member of ${id} and not of ${closure.id}, which it follows`);
    const configuration = newConfiguration(id, false, new Set(numbers));
    closure.transitional.set(id, configuration);
    this.#desk.order.add(configuration);
    this.#closures.addTransitional(id, closure);
    return configuration;
  }

  /** A process goes on from its closure, unless it has failed in it. */
  #leave({ member, status }: Process, next: string | undefined): void {
    if (member === undefined || status !== "placed") return;
    const visit = member.visits.at(-1);
    if (visit !== undefined) visit.next = next;
    member.status = "left";
    member.out = this.#desk.line;
  }

  #unplace(process: Process): void {
    this.#leave(process, undefined);
    process.status = "unplaced";
    this.#closures.close(process.closure);
  }

  #violate(says: string, ...earlier: readonly number[]): void {
    this.#desk.findings.violate(["model"], says, [...earlier, this.#desk.line]);
  }
}

function newVisit(configuration: Configuration, line: number): Visit {
  return { configuration, line, delivered: 0, next: undefined };
}
