import type { Commitment, Configuration, Log, Message, State, Transitional } from "../../../impl/evs/service/index.ts";
import type { TlaState, TlaValue } from "../../../tla/values/value.ts";
import type { Refinement, SpecAction } from "../../engine/contract.ts";
import { type Bounds, type HistoryEvent, isRegular, type Move, type World } from "./world.ts";

/** Projects a world of the service onto the variables of `MCEVS.tla`. */
export function evsRefinement(bounds: Bounds): Refinement<World, Move> {
  const write = new Writing(bounds);
  const common = ["Send", "Form", "Repair", "Recover"];
  return {
    module: bounds.steps === "single" ? "MCEVS" : "AtomicEVS",
    actions:
      bounds.steps === "single"
        ? [...common, "Deliver", "Move", "Install", "Crash"]
        : [...common, "AtomicNext", "Leave", "CrashLeaving"],
    view: (world) => write.world(world),
    moved: (_, move) => [action(bounds, write, move)],
  };
}

function action(bounds: Bounds, write: Writing, move: Move): SpecAction {
  // AtomicEVS has them below a quantifier over who stays, which is no constant: TLC does not tell the two apart.
  if (bounds.steps === "larger" && (move.type === "Deliver" || move.type === "Crash")) return { name: "AtomicNext" };
  return { name: move.type, args: ["process" in move ? write.process(move.process) : write.set(move.members)] };
}

const none: TlaValue = Object.freeze({ "#model": "None" });

/** Writes worlds as values. What a frozen part shows is kept for as long as the part is. */
class Writing {
  readonly #bounds: Bounds;
  readonly #known = new WeakMap<object, TlaValue>();

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  world({ service, sent, changes, history }: World): TlaState {
    return {
      ...this.#service(service),
      sent: this.#each((process) => sent[process] ?? 0),
      changes,
      history: this.#each((process) => this.#list(history[process] ?? [], (event) => this.#event(event))),
    };
  }

  process(name: string): TlaValue {
    return this.#bounds.names === "strings" ? name : { "#model": name };
  }

  set(processes: readonly string[]): TlaValue {
    return { "#set": processes.map((process) => this.process(process)) };
  }

  #service({ number, conf, place, leaving, log }: State): TlaState {
    const configurations = new Map<string, Configuration>();
    for (const process of this.#bounds.processes) {
      for (const one of [conf[process], leaving[process]?.to]) {
        if (one !== undefined && one !== null) configurations.set(`${one.number}:${one.members.join(",")}`, one);
      }
    }
    return {
      number: this.#each((process) => number[process] ?? 0),
      conf: this.#each((process) => this.#orNone(conf[process], (one) => this.#configuration(one))),
      place: this.#each((process) => place[process] ?? 0),
      leaving: this.#each((process) => this.#orNone(leaving[process], (one) => this.#commitment(one))),
      log: {
        "#map": Object.entries(log).map(([name, one]) => {
          const configuration = configurations.get(name);
          if (configuration === undefined) throw new Error(`there is a log of ${name}, where nobody is or goes to`);
          return [this.#configuration(configuration), this.#log(one)];
        }),
      },
    };
  }

  #each(value: (process: string) => TlaValue): TlaValue {
    const pairs = this.#bounds.processes.map((process) => [process, value(process)] as const);
    return this.#function(pairs);
  }

  #function(pairs: readonly (readonly [string, TlaValue])[]): TlaValue {
    return this.#bounds.names === "strings"
      ? Object.fromEntries(pairs)
      : { "#map": pairs.map(([process, value]) => [this.process(process), value]) };
  }

  #orNone<T>(one: T | null | undefined, write: (one: T) => TlaValue): TlaValue {
    return one === null || one === undefined ? none : write(one);
  }

  #configuration(one: Configuration | Transitional): TlaValue {
    return this.#kept(one, () =>
      isRegular(one)
        ? { number: one.number, members: this.set(one.members) }
        : { from: this.#configuration(one.from), to: this.#configuration(one.to), members: this.set(one.members) },
    );
  }

  #commitment(one: Commitment): TlaValue {
    return this.#kept(one, () => ({
      ...one,
      to: this.#configuration(one.to),
      members: this.set(one.members),
      obliged: this.set(one.obliged),
    }));
  }

  #log(one: Log): TlaValue {
    return this.#kept(one, () => ({
      order: this.#list(one.order, (message) => this.#message(message)),
      stable: one.stable,
      frozen: one.frozen,
      absent: this.#function(Object.entries(one.absent)),
    }));
  }

  /** What a message says is its number. */
  #message(one: Message): TlaValue {
    return this.#kept(one, () => {
      const { sender, service, body } = one;
      if (typeof body !== "number") throw new Error("a message of the closed system says its number");
      return { sender: this.process(sender), service, number: body };
    });
  }

  #event(one: HistoryEvent): TlaValue {
    return this.#kept(one, () => {
      const conf = this.#configuration(one.conf);
      if (one.type === "conf") return { type: one.type, conf };
      if (one.type !== "fail") return { type: one.type, conf, message: this.#message(one.message) };
      return { type: one.type, conf, sent: { "#set": one.sent.map((message) => this.#message(message)) } };
    });
  }

  #list<T>(items: readonly T[], write: (item: T) => TlaValue): TlaValue {
    return this.#kept(items, () => ({ "#tup": items.map(write) }));
  }

  #kept(one: object, write: () => TlaValue): TlaValue {
    const known = this.#known.get(one);
    if (known !== undefined) return known;
    const value = write();
    if (Object.isFrozen(one)) this.#known.set(one, frozen(value));
    return value;
  }
}

/** Frozen as deep as it goes, so that its canonical text is remembered. */
function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    for (const part of Object.values(value)) frozen(part);
    Object.freeze(value);
  }
  return value;
}
