import { describe, expect, it } from "vitest";
import { type Event, ordering, type State } from "../../../impl/evs/ordering/index.ts";
import { canonical } from "../../../tla/values/canonical.ts";
import { campaign } from "../../engine/fuzz/campaign.ts";
import { explore } from "../../engine/index.ts";
import { orderingFuzz } from "./fuzz.ts";
import { orderingProperties } from "./invariants.ts";
import { orderingModel } from "./models.ts";
import { orderingRefinement } from "./refine.ts";
import { restore } from "./restore.ts";
import { orderingSystem, type Reducer } from "./system.ts";
import { type Bounds, configOf, type World } from "./world.ts";

const small: Bounds = {
  members: ["p", "q"],
  window: 2,
  keep: 2,
  maxMessages: 1,
  ...{ copies: "any", repeated: true, foreign: "packets" },
};

/** All steps that are taken within bounds. */
function steps(bounds: Bounds): { before: World; type: string; after: World }[] {
  const system = orderingSystem(bounds);
  const taken: { before: World; type: string; after: World }[] = [];
  const [first] = [...system.initials()];
  const seen = new Map([[JSON.stringify(first), first as World]]);
  for (const before of seen.values()) {
    for (const move of system.moves(before)) {
      const tried = system.apply(before, move);
      if (tried.kind === "refused") continue;
      taken.push({ before, type: move.type, after: tried.world });
      const key = JSON.stringify(tried.world);
      if (!seen.has(key)) seen.set(key, tried.world);
    }
  }
  return taken;
}

const taken = steps(small);
const { view } = orderingRefinement(small);

describe("the closed system", () => {
  it("takes every action, and keeps every property", () => {
    expect([...new Set(taken.map(({ type }) => type))].sort()).toEqual([
      ...["Answer", "Ask", "Deliver", "Receive", "Send", "Update"],
    ]);
    const explored = explore(orderingSystem(small), { properties: orderingProperties(small) });
    expect(explored.violations).toEqual([]);
    // 223 states of the specification, some of which differ in whose timer is armed.
    expect(explored.worlds).toBe(279);
    expect(new Set(taken.map(({ before }) => canonical(view(before)))).size).toBe(223);
  });

  it("tells everybody another delta, which no view shows", () => {
    const [config, event] = [configOf(small, "q"), { type: "SEND", service: "safe", payload: "x" } as const];
    const outcome = ordering.step(config, ordering.initial(config).state, event);
    expect(outcome.kind === "took" && outcome.effects).toContainEqual({ type: "arm", timer: "update", ms: 101 });
  });
});

describe("the world that a state shows", () => {
  it("shows it", () => {
    for (const { after } of taken) {
      expect(canonical(view(restore(small, view(after))))).toBe(canonical(view(after)));
    }
  });

  it("is none for what is no state", () => {
    expect(() => restore(small, {})).toThrow(TypeError);
  });
});

describe("a configuration", () => {
  const good = 'CONSTANTS\n Process = {"p", "q"}\n Rank <- MCRank\n Window = 1\n MaxMessages = 2\n';

  it("has a closed system, or an assignment that has no counterpart there", () => {
    expect(orderingModel(good)).toBeTypeOf("object");
    expect(orderingModel(`${good} Kept <- KeepsNothing\n`)).toBe("Kept <- KeepsNothing");
    expect(orderingModel(good.replace("Window", "Windows"))).toBe("Windows = 1");
    expect(orderingModel("CONSTANTS\n Window = 1\n")).toBe("no processes");
  });
});

describe("fuzzing", () => {
  /** The reducer with one thing broken. */
  function broken(
    change: (state: State, event: Event, outcome: ReturnType<Reducer["step"]>) => typeof outcome,
  ): Reducer {
    return {
      initial: ordering.initial,
      step: (config, state, event) => change(state, event, ordering.step(config, state, event)),
    };
  }

  function fuzzed(reducer: Reducer): string | undefined {
    const ticks = campaign(orderingFuzz(reducer), { number: 0, seed: 7, runs: 40, steps: 120, strategy: "swarm" });
    for (;;) {
      const tick = ticks.next();
      if (tick.done === true) return tick.value.failure?.breach.says;
    }
  }

  it("finds nothing in the reducer as it is", () => {
    expect(fuzzed(ordering)).toBeUndefined();
  });

  it.each<[string, Reducer]>([
    [
      "SafeIsHeld",
      // A safe message is delivered where an agreed one would be.
      {
        initial: ordering.initial,
        step(config, state, event) {
          if (event.type !== "DELIVER") return ordering.step(config, state, event);
          const agreed = Object.entries(state.store).map(([member, list]) => [
            member,
            list.map((message) => ({ ...message, service: "agreed" as const })),
          ]);
          const outcome = ordering.step(config, { ...state, store: Object.fromEntries(agreed) }, event);
          if (outcome.kind === "refused") return outcome;
          const effects = outcome.effects.map((effect) => {
            if (effect.type !== "deliver") return effect;
            const { sender, number } = effect.message;
            const message = state.store[sender]?.find((one) => one.number === number) ?? effect.message;
            return { ...effect, message };
          });
          const { delivered } = outcome.state;
          return { ...outcome, state: { ...state, delivered }, effects };
        },
      },
    ],
    [
      "EverythingIsDelivered",
      // Nobody is armed when something is new, but by what was said before.
      broken((_, event, outcome) =>
        outcome.kind === "refused" || event.type === "UPDATE_TIMEOUT"
          ? outcome
          : { ...outcome, effects: outcome.effects.filter(({ type }) => type !== "arm") },
      ),
    ],
    [
      "PayloadsAreKept",
      broken((_, event, outcome) =>
        outcome.kind === "refused" || event.type !== "DELIVER"
          ? outcome
          : {
              ...outcome,
              effects: outcome.effects.map((effect) =>
                effect.type === "deliver" ? { ...effect, message: { ...effect.message, payload: "" } } : effect,
              ),
            },
      ),
    ],
  ])("finds a reducer that breaks %s", (property, reducer) => {
    expect(fuzzed(reducer)).toContain(property);
  });
});
