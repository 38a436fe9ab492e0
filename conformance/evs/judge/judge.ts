import type { Closure, Member } from "./closure.ts";
import { Closures } from "./closures.ts";
import { Desk } from "./desk.ts";
import { BadRecording, type DeliverEvent, type FailEvent, type RecordedEvent, type SendEvent } from "./event.ts";
import type { Violation } from "./findings.ts";
import { Installer } from "./install.ts";
import { LIMITS, type Limits } from "./limits.ts";
import { deliver, send } from "./message.ts";
import { newProcess, type Process } from "./process.ts";
import { releaseAll } from "./release.ts";
import { settle } from "./settle.ts";
import type { Specification } from "./specification.ts";
import { stayTogether } from "./stay.ts";

export interface JudgeOptions {
  /** The recording goes on until nothing more was to come, so that all that is owed at its end is due. */
  readonly complete?: boolean;
  readonly limits?: Partial<Limits>;
}

export interface Verdict {
  readonly events: number;
  readonly isComplete: boolean;
  /** How often each specification was held against something; 0 says that nothing was there to violate it. */
  readonly compared: Readonly<Record<Specification, number>>;
  /** The first that were found. */
  readonly violations: readonly Violation[];
  /** How many there are beyond these. */
  readonly more: number;
}

/** How much a judge holds at the moment. */
export interface Held {
  readonly entries: number;
  readonly configurations: number;
  /** Configurations that have a place in the order: those held, and those in which processes failed last. */
  readonly places: number;
  readonly processes: number;
}

export interface Judge {
  /**
   * Takes the next event; `line` is what violations call it, and events are counted where none is given.
   *
   * @throws BadRecording where it makes no sense, or the judge would have to hold more than its limits.
   */
  take(event: RecordedEvent, line?: number): void;
  /** What has been found so far; nothing yet of what is owed where somebody is still in a configuration. */
  found(): Verdict;
  /** Judges what is left, once and at the end. */
  end(): Verdict;
  held(): Held;
}

/** Judges one recording, an event at a time. */
export function judge(options: JudgeOptions = {}): Judge {
  return new RecordingJudge(options);
}

class RecordingJudge implements Judge {
  readonly #desk: Desk;
  readonly #processes = new Map<string, Process>();
  readonly #closures: Closures;
  readonly #installer: Installer;
  #events = 0;
  #isComplete: boolean;
  /** The line that says that the recording is complete. */
  #last: number | undefined;

  constructor({ complete = false, limits }: JudgeOptions) {
    this.#desk = new Desk({ ...LIMITS, ...limits });
    this.#isComplete = complete;
    this.#closures = new Closures(this.#desk, (name) => {
      const process = this.#processes.get(name);
      return process?.closure === undefined ? undefined : { closure: process.closure, line: process.line };
    });
    this.#installer = new Installer(this.#desk, this.#closures);
  }

  take(event: RecordedEvent, line: number = this.#events + 1): void {
    this.#desk.line = line;
    if (this.#last !== undefined) throw new BadRecording(line, `there is more after line ${this.#last} said complete`);
    this.#events++;
    if (event.event === "complete") {
      this.#isComplete = true;
      this.#last = line;
      return;
    }
    const process = this.#process(event.process);
    this.#indexed(process, event.index);
    if (event.event === "configuration") this.#installer.install(process, event);
    else if (event.event === "recover") this.#recover(process);
    else if (this.#isWithin(process, event)) this.#act(process, event);
  }

  held(): Held {
    const { entries } = this.#desk;
    const { open, places } = this.#closures;
    return { entries, configurations: open.size, places, processes: this.#processes.size };
  }

  end(): Verdict {
    const { findings } = this.#desk;
    const greatest = (name: string): number => this.#processes.get(name)?.sent.greatest ?? -1;
    const end = { isComplete: this.#isComplete, greatest };
    for (const closure of this.#closures.open.values()) {
      this.#closures.pass(closure);
      settle(this.#desk, closure, end);
      if (this.#isComplete) stayTogether(findings, closure);
    }
    return this.found();
  }

  found(): Verdict {
    const { compared, violations, more } = this.#desk.findings;
    return { events: this.#events, isComplete: this.#isComplete, compared, violations, more };
  }

  #process(name: string): Process {
    const known = this.#processes.get(name);
    if (known !== undefined) return known;
    const process = newProcess(name);
    this.#processes.set(name, process);
    this.#desk.require("processes", this.#processes.size, "processes");
    return process;
  }

  /** 1.2: the process has numbered its events itself, if it has, as they stand here. */
  #indexed(process: Process, index = -1): void {
    const { name, index: before } = process;
    if (before !== undefined && (before === -1) !== (index === -1)) {
      throw new BadRecording(this.#desk.line, `${name} gives an index with some of its events and not with others`);
    }
    process.index = Math.max(index, before ?? -1);
    if (index === -1) return;
    this.#desk.findings.compare("1.2");
    if (before === undefined || index === before + 1) return;
    if (index > before) throw new BadRecording(this.#desk.line, `events of ${name} from ${before + 1} on are missing`);
    const says = `${name} records its event ${index} after its event ${before}`;
    this.#desk.findings.violate(["1.2"], says, [this.#desk.line]);
  }

  /** 2.2: whether a process is in a configuration, the one that it says. */
  #isWithin(process: Process, event: SendEvent | DeliverEvent | FailEvent): boolean {
    if (process.status === "unplaced") return false;
    const { findings, line } = this.#desk;
    const { name, closure, member } = process;
    const current = member?.visits.at(-1);
    findings.compare("2.2");
    if (process.status !== "placed" || closure === undefined || current === undefined) {
      const why = process.status === "new" ? "has installed no configuration" : "has failed";
      const lines = process.status === "new" ? [line] : [...(member?.out === undefined ? [] : [member.out]), line];
      findings.violate(["2.2"], `${name} records "${event.event}" though it ${why}`, lines);
      return false;
    }
    if (event.in !== undefined && event.in !== current.configuration.id) {
      const says = `${name} records "${event.event}" in ${event.in} though it is in ${current.configuration.id}`;
      findings.violate(["2.2"], says, [current.line, line]);
    }
    return true;
  }

  #act(process: Process, event: SendEvent | DeliverEvent | FailEvent): void {
    const { closure, member } = process;
    if (closure === undefined || member === undefined) throw new Error(`${process.name} is in no configuration`);
    if (event.event === "send") this.#send(process, closure, member, event);
    else if (event.event === "deliver") this.#deliver(closure, member, event);
    else this.#fail(process, closure, member);
  }

  #send(process: Process, closure: Closure, member: Member, { number, service }: SendEvent): void {
    const { findings, line } = this.#desk;
    const { name, sent } = process;
    findings.compare("1.4");
    if (number <= sent.greatest) {
      this.#sentAgain(process, number);
      return;
    }
    const configuration = member.visits.at(-1)?.configuration;
    if (configuration?.isRegular !== true) {
      findings.violate(["1.4"], `${name} sends message ${number} in ${configuration?.id}, which is transitional`, [
        line,
      ]);
    }
    if (sent.times === 0) sent.first = number;
    Object.assign(sent, { greatest: number, times: sent.times + 1, line });
    send(this.#desk, closure, member, number, service);
  }

  /** 1.4, where it can be told that a number that does not grow was used before. */
  #sentAgain({ name, sent }: Process, number: number): void {
    const { findings, line } = this.#desk;
    const holders = [...this.#closures.open.values()].map((closure) => {
      const sender = closure.numberOf.get(name);
      return sender === undefined ? undefined : closure.messages[sender]?.get(number)?.sending;
    });
    const held = holders.find((sending) => sending !== undefined);
    const isDense = sent.greatest - sent.first + 1 === sent.times && number >= sent.first;
    if (held === undefined && !isDense) {
      const says = `${name} sends ${number} after ${sent.greatest} (line ${sent.line}), and numbers of a sender must grow`;
      throw new BadRecording(line, says);
    }
    const says = `${name} sends message ${number} a second time`;
    findings.violate(["1.4"], says, held === undefined ? [line] : [held.line, line]);
  }

  #deliver(closure: Closure, member: Member, { sender, number }: DeliverEvent): void {
    const from = closure.members[closure.numberOf.get(sender) ?? -1];
    if (from !== undefined) {
      deliver(this.#desk, closure, member, from, number);
      return;
    }
    const says = `${member.name} delivers message ${number} of ${sender}, which is no member of ${closure.id}`;
    this.#desk.findings.compare("1.3");
    this.#desk.findings.violate(["1.3"], says, [closure.line, this.#desk.line]);
  }

  #fail(process: Process, closure: Closure, member: Member): void {
    process.status = "failed";
    member.status = "failed";
    member.out = this.#desk.line;
    closure.failed++;
    releaseAll(this.#desk, closure);
    this.#closures.close(closure);
  }

  #recover(process: Process): void {
    if (process.status === "failed") process.status = "recovered";
    else this.#desk.findings.violate(["model"], `${process.name} recovers though it has not failed`, [this.#desk.line]);
  }
}
