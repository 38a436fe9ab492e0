import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Event, Report } from "./messages.ts";
import { reportOf } from "./recovery.ts";
import type { State } from "./state.ts";
import { step, stepInPlace } from "./step.ts";
import { conf, config, frozen, operational, proposal } from "./testing/example.ts";

// What a peer may send is not only what the protocol lets it send: places, reports and proposals are any. But a token
// that has what the process itself reported comes often enough for it to get on.

const process = fc.constantFrom(...config.processes);
const small = fc.oneof({ weight: 19, arbitrary: fc.nat({ max: 7 }) }, { weight: 1, arbitrary: fc.maxSafeNat() });
const place = small.map((number) => Math.max(1, number));
const of = fc.oneof({ weight: 9, arbitrary: fc.constant(conf) }, { weight: 1, arbitrary: fc.constant(proposal) });
const to = fc.oneof({ weight: 9, arbitrary: fc.constant(proposal) }, { weight: 1, arbitrary: fc.constant(conf) });
const said = fc
  .tuple(process, place, fc.constantFrom("agreed" as const, "safe" as const))
  .map(([sender, number, service]) => ({ sender, number, service, payload: "x" }));
const report: fc.Arbitrary<Report> = fc
  .tuple(
    of,
    fc.nat({ max: 4 }),
    fc.uniqueArray(fc.integer({ min: 5, max: 9 }), { maxLength: 3 }),
    small,
    fc.subarray([...config.processes]),
  )
  .map(([from, upto, beyond, bound, obliged]) => ({ conf: from, upto, beyond: beyond.sort(), bound, obliged }));

/** The report of the process itself is put in when it is known. */
const token = fc
  .tuple(small, report, report)
  .map(([number, a, d]): Event => ({ type: "FORM", proposal: { ...proposal, number }, report: { a, b: a, d } }));

const single: fc.Arbitrary<Event> = fc.oneof(
  fc.tuple(of, place, said).map(([from, at, message]): Event => ({ type: "data", conf: from, place: at, message })),
  fc.tuple(of, process, small).map(([from, sender, upto]): Event => ({ type: "aru", conf: from, sender, upto })),
  fc
    .tuple(to, of, place, said)
    .map(
      ([goal, from, at, message]): Event => ({ type: "rebroadcast", proposal: goal, conf: from, place: at, message }),
    ),
  fc.tuple(to, process).map(([goal, sender]): Event => ({ type: "ack", proposal: goal, sender })),
  fc
    .tuple(place, said)
    .map(([at, message]): Event => ({ type: "SEND", place: at, message: { ...message, sender: "b" } })),
  token,
  fc
    .constantFrom("GATHER", "ACKNOWLEDGE", "RECOVERY_TIMEOUT", "DELIVER", "MOVE", "INSTALL")
    .map((type) => ({ type }) as Event),
);

/** From gathering to installing, with whatever comes between. */
const episode: fc.Arbitrary<readonly Event[]> = fc
  .tuple(token, fc.array(single, { maxLength: 4 }))
  .map(([form, between]): Event[] => {
    const goal = form.type === "FORM" ? form.proposal : proposal;
    const acks = ["a", "d"].map((sender): Event => ({ type: "ack", proposal: goal, sender }));
    const deliver: Event = { type: "DELIVER" };
    const end: Event[] = [deliver, deliver, { type: "MOVE" }, deliver, deliver, { type: "INSTALL" }];
    return [{ type: "GATHER" }, form, ...between, { type: "ACKNOWLEDGE" }, ...acks, ...end];
  });

const events = fc
  .array(
    fc.oneof(
      single.map((event): readonly Event[] => [event]),
      episode,
    ),
    { maxLength: 25, size: "max" },
  )
  .map((lists) => frozen(lists.flat()));

/** The token as it would come round: with what the process supplied. */
function withOwn(state: State, event: Event): Event {
  if (event.type !== "FORM") return event;
  return frozen({ ...event, report: { ...event.report, b: reportOf(state) } });
}

function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

describe("whatever comes, in whatever order", () => {
  it("nothing throws, what is kept is bounded, numbers never fall, and what is written is what is used", () => {
    const modes = new Set<string>();
    fc.assert(
      fc.property(events, (list) => {
        let state: State = operational;
        let written = state.number;
        for (const event of list) {
          const outcome = step(config, state, withOwn(state, event));
          if (outcome.kind === "refused") continue;
          for (const effect of outcome.effects) if (effect.type === "persist") written = effect.number;
          expect(outcome.state.number).toBe(written);
          expect(written).toBeGreaterThanOrEqual(state.number);
          state = outcome.state;
          modes.add(state.mode);
          const { store, recovered, obliged, forgotten } = state;
          expect(store.length + recovered.length).toBeLessThanOrEqual(2 * config.keep);
          expect(obliged.length).toBeLessThanOrEqual(config.processes.length);
          const places = [forgotten, ...store.map((entry) => entry.place)];
          expect(places).toEqual([...new Set(places)].sort((one, other) => one - other));
        }
      }),
      { numRuns: 300 },
    );
    expect([...modes].sort()).toEqual(["gather", "operational", "recovery", "transitional"]);
  });

  it("both readings do the same, the argument of the pure one stays, and states are plain JSON", () => {
    const [now, random] = [vi.spyOn(Date, "now"), vi.spyOn(Math, "random")];
    const ambient = (): never => {
      throw new Error("a reducer has neither clock nor chance");
    };
    fc.assert(
      fc.property(events, (list) => {
        let state: State = operational;
        const own = copy(state);
        now.mockImplementation(ambient);
        random.mockImplementation(ambient);
        const pairs = list.map((event) => {
          const given = withOwn(state, event);
          const outcome = step(config, state, given);
          if (outcome.kind === "took") state = frozen(outcome.state);
          return [outcome, copy(stepInPlace(config, own, given))] as const;
        });
        now.mockRestore();
        random.mockRestore();
        for (const [outcome, inPlace] of pairs) {
          const effects = inPlace.kind === "took" ? inPlace.effects : inPlace;
          expect(effects).toEqual(outcome.kind === "took" ? outcome.effects : outcome);
        }
        expect(own).toEqual(state);
        expect(copy(state)).toEqual(state);
      }),
      { numRuns: 50 },
    );
  });
});
