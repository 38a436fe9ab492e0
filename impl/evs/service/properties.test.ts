import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical } from "../../kernel/index.ts";
import { type CommittingSet, cutsOf, type Event, evs, type State, start, step, stepInPlace } from "./index.ts";

const config = { processes: ["p", "q", "r"] };

const process = fc.constantFrom(...config.processes);
const count = fc.nat({ max: 4 });
const processes = fc.subarray(config.processes);
const set = fc.record({ members: processes, acknowledge: processes, held: count, bound: count });
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constantFrom("DELIVER", "MOVE", "INSTALL", "CRASH"), process }) },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{
        type: fc.constant("SEND" as const),
        process,
        service: fc.constantFrom("agreed", "safe"),
        body: fc.jsonValue(),
      },
      at: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ type: fc.constant("FORM" as const), members: processes, number: fc.nat({ max: 9 }) },
      sets: fc.array(set, { maxLength: 3 }),
    }),
  },
  fc.record({ type: fc.constant("REPAIR" as const), process, number: fc.nat({ max: 9 }), held: count, bound: count }),
  fc.record({ type: fc.constant("RECOVER" as const), process, number: fc.nat({ max: 9 }) }),
) as fc.Arbitrary<Event>;
const events = fc.array(event, { maxLength: 60, size: "max" });

function deeplyFrozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deeplyFrozen);
  }
  return value;
}

describe("whatever happens to the service", () => {
  it("it leaves states and events as they were, says the same again, and is plain JSON", () => {
    let taken = 0;
    fc.assert(
      fc.property(events, (all) => {
        let state: State = deeplyFrozen(start(config, [["p", "q"], ["r"]]).state);
        for (const one of all.map(deeplyFrozen)) {
          const outcome = evs.step(config, state, one);
          expect(evs.step(config, state, one)).toEqual(outcome);
          if (outcome.kind === "refused") continue;
          taken++;
          expect(JSON.parse(canonical(outcome.state))).toEqual(JSON.parse(JSON.stringify(outcome.state)));
          state = deeplyFrozen(outcome.state);
        }
      }),
      { seed: 1, numRuns: 60 },
    );
    expect(taken).toBeGreaterThan(200);
  });

  it("it does the same in place as purely", () => {
    fc.assert(
      fc.property(events, (all) => {
        let state = start(config, [["p", "q", "r"]]).state;
        const own = structuredClone(state);
        for (const one of all) {
          const outcome = step(config, state, one);
          const inPlace = stepInPlace(config, own, structuredClone(one));
          expect({ ...inPlace, state: undefined }).toEqual({ ...outcome, state: undefined });
          if (outcome.kind === "took") state = outcome.state;
          expect(own).toEqual(state);
        }
      }),
      { seed: 2, numRuns: 60 },
    );
  });
});

describe("the cuts that there are to choose from", () => {
  it("are those that are not refused", () => {
    let compared = 0;
    fc.assert(
      fc.property(events, processes, (all, acknowledge) => {
        const sends = all.filter(({ type }) => type === "SEND" || type === "DELIVER" || type === "CRASH");
        const state = sends.reduce(
          (now, one) => {
            const outcome = evs.step(config, now, one);
            return outcome.kind === "took" ? outcome.state : now;
          },
          start(config, [["p", "q", "r"]]).state,
        );
        const members = config.processes.filter((one) => state.conf[one] !== null);
        const part = acknowledge.filter((one) => members.includes(one));
        if (part.length === 0) return;
        const chosen = cutsOf(state, members, part).map(({ held, bound }) => `${held} ${bound}`);
        const taken: string[] = [];
        const end = state.log["0:p,q,r"]?.order.length ?? 0;
        for (let held = 0; held <= end + 1; held++) {
          for (let bound = 0; bound <= end + 1; bound++) {
            const one: CommittingSet = { members, acknowledge: part, held, bound };
            const outcome = evs.step(config, state, { type: "FORM", members, number: 1, sets: [one] });
            if (outcome.kind === "took") taken.push(`${held} ${bound}`);
            compared++;
          }
        }
        expect(chosen).toEqual(taken);
      }),
      { seed: 3, numRuns: 100 },
    );
    expect(compared).toBeGreaterThan(500);
  });
});
