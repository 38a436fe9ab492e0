import type { Outcome, Protocol } from "../../../impl/kernel/index.ts";
import { Numbered } from "./numbered.ts";
import type { Initial, Step, Vectors } from "./vectors.ts";

/** What was seen of the nodes that have one configuration. */
interface Seen {
  readonly states: Set<number>;
  readonly events: Set<number>;
}

/** Stands before a reducer and writes down every call with its answer. */
export class Recorder<C, S, E, F, A extends string, R extends string> implements Protocol<C, S, E, F, A, R> {
  readonly #reducer: Protocol<C, S, E, F, A, R>;
  readonly #configs = new Numbered<C>();
  readonly #states = new Numbered<S>();
  readonly #events = new Numbered<E>();
  readonly #initials = new Map<number, Initial>();
  readonly #steps = new Map<string, Step>();
  readonly #seen: Seen[] = [];

  constructor(reducer: Protocol<C, S, E, F, A, R>) {
    this.#reducer = reducer;
  }

  initial(config: C): { readonly state: S; readonly effects: readonly F[] } {
    const started = this.#reducer.initial(config);
    const number = this.#configs.number(config);
    const state = this.#states.number(started.state);
    this.#of(number).states.add(state);
    this.#initials.set(number, { config: number, outcome: { state, effects: started.effects } });
    return started;
  }

  step(config: C, state: S, event: E): Outcome<S, F, A, R> {
    const call = {
      config: this.#configs.number(config),
      state: this.#states.number(state),
      event: this.#events.number(event),
    };
    const outcome = this.#reducer.step(config, state, event);
    const seen = this.#of(call.config);
    seen.states.add(call.state);
    seen.events.add(call.event);
    const key = `${call.config} ${call.state} ${call.event}`;
    if (outcome.kind === "refused") this.#steps.set(key, { ...call, outcome });
    else {
      const { kind, action, effects } = outcome;
      const after = this.#states.number(outcome.state);
      seen.states.add(after);
      this.#steps.set(key, { ...call, outcome: { kind, action, state: after, effects } });
    }
    return outcome;
  }

  /**
   * Offers, in every state that nodes of a configuration were seen in, every event that came to one of them anywhere,
   * and others besides. Those of the others that are taken may lead beyond what the closed system reaches; there, all
   * that is ever taken is offered once more.
   */
  offer(besides: (config: C, seen: readonly E[]) => readonly unknown[]): void {
    this.#configs.values.forEach((config, number) => {
      const { states, events } = this.#of(number);
      const seen = [...events].map((event) => this.#events.values[event] as E);
      // Whatever comes must be answered; the type says only what may be taken.
      const others = besides(config, seen) as readonly E[];
      const taken = new Set(seen);
      const within = [...states];
      for (const event of [...seen, ...others]) {
        for (const state of within) if (this.#answer(config, state, event) === "took") taken.add(event);
      }
      const beyond = [...states].filter((state) => !within.includes(state));
      for (const event of taken) for (const state of beyond) this.#answer(config, state, event);
    });
  }

  /** Offers events to each node as it starts, whatever comes of it. */
  offerAtStart(events: (config: C) => readonly unknown[]): void {
    for (const { config: number, outcome } of [...this.#initials.values()]) {
      const config = this.#configs.values[number] as C;
      for (const event of events(config) as readonly E[]) this.#answer(config, outcome.state, event);
    }
  }

  /** Starts a node and lets events come to it one after another. */
  play(config: C, events: readonly E[]): void {
    let { state } = this.initial(config);
    for (const event of events) {
      const outcome = this.step(config, state, event);
      if (outcome.kind === "took") state = outcome.state;
    }
  }

  vectors(): Vectors {
    return {
      configs: this.#configs.values,
      events: this.#events.values,
      states: this.#states.values,
      initials: [...this.#initials.values()],
      steps: [...this.#steps.values()],
    };
  }

  #answer(config: C, state: number, event: E): Outcome<S, F, A, R>["kind"] {
    return this.step(config, this.#states.values[state] as S, event).kind;
  }

  #of(config: number): Seen {
    this.#seen[config] ??= { states: new Set(), events: new Set() };
    return this.#seen[config];
  }
}
