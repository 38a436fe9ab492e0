import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { missing } from "./knowledge.ts";
import type { Event } from "./messages.ts";
import { initial, type State } from "./state.ts";
import { step, stepInPlace } from "./step.ts";
import { config, data, frozen, row } from "./testing/example.ts";

// What a peer may send is not only what the protocol lets it send: numbers, timestamps and rows are any.

const sender = fc.constantFrom("a", "b", "c", "d");
const small = fc.oneof({ weight: 9, arbitrary: fc.nat({ max: 6 }) }, { weight: 1, arbitrary: fc.maxSafeNat() });
const positive = small.map((number) => Math.max(1, number));
const conf = fc.oneof(
  { weight: 9, arbitrary: fc.constant(config.conf) },
  { weight: 1, arbitrary: fc.constant({ number: 8, members: ["a", "b"] }) },
);
const service = fc.constantFrom("agreed" as const, "safe" as const);

const event: fc.Arbitrary<Event> = fc.oneof(
  fc
    .tuple(sender, positive, positive, service, conf)
    .map(([from, number, lts, wants, of]): Event => ({ ...data(from, number, lts, { service: wants }), conf: of })),
  fc
    .tuple(sender, small, small, small, conf)
    .map(([from, sequence, lts, aru, of]): Event => ({ ...row(from, sequence, lts, aru), conf: of })),
  fc
    .tuple(sender, positive, conf)
    .map(([from, number, of]): Event => ({ type: "request", conf: of, sender: from, number })),
  service.map((wants): Event => ({ type: "SEND", service: wants, payload: "x" })),
  fc.tuple(sender, positive).map(([member, number]): Event => ({ type: "ASK", member, number })),
  fc.constant<Event>({ type: "UPDATE_TIMEOUT" }),
  fc.constant<Event>({ type: "DELIVER" }),
);

const events = fc.array(event, { maxLength: 60, size: "max" }).map(frozen);

function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

describe("whatever comes, in whatever order", () => {
  it("nothing throws, what is kept and asked for is bounded, and rows never fall", () => {
    fc.assert(
      fc.property(events, (list) => {
        let state: State = initial(config).state;
        for (const one of list) {
          const outcome = step(config, state, one);
          if (outcome.kind === "refused") continue;
          for (const member of config.conf.members) {
            const [before, now] = [state.site[member], outcome.state.site[member]];
            for (const part of ["sequence", "lts", "aru"] as const)
              expect(now?.[part]).toBeGreaterThanOrEqual(before?.[part] ?? 0);
            const kept = outcome.state.store[member] ?? [];
            expect(kept.length).toBeLessThanOrEqual(config.keep);
            const numbers = [outcome.state.forgotten[member] ?? 0, ...kept.map(({ number }) => number)];
            expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
          }
          expect(missing(config, outcome.state).length).toBeLessThanOrEqual(2 * config.keep);
          state = outcome.state;
        }
      }),
    );
  });

  it("both readings do the same, the argument of the pure one stays, and states are plain JSON", () => {
    const [now, random] = [vi.spyOn(Date, "now"), vi.spyOn(Math, "random")];
    const ambient = (): never => {
      throw new Error("a reducer has neither clock nor chance");
    };
    fc.assert(
      fc.property(events, (list) => {
        let state: State = frozen(initial(config).state);
        const own = copy(state);
        now.mockImplementation(ambient);
        random.mockImplementation(ambient);
        const pairs = list.map((one) => {
          const outcome = step(config, state, one);
          if (outcome.kind === "took") state = frozen(outcome.state);
          return [outcome, copy(stepInPlace(config, own, one))] as const;
        });
        now.mockRestore();
        random.mockRestore();
        for (const [outcome, inPlace] of pairs) {
          expect(inPlace.kind === "took" ? inPlace.effects : inPlace).toEqual(
            outcome.kind === "took" ? outcome.effects : outcome,
          );
        }
        expect(own).toEqual(state);
        expect(copy(state)).toEqual(state);
      }),
      { numRuns: 50 },
    );
  });
});
