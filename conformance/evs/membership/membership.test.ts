import { describe, expect, it } from "vitest";
import { type Event, membership, type State } from "../../../impl/evs/membership/index.ts";
import { canonical } from "../../../tla/values/canonical.ts";
import { campaign } from "../../engine/fuzz/campaign.ts";
import { explore } from "../../engine/index.ts";
import { membershipFuzz } from "./fuzz.ts";
import { membershipProperties } from "./invariants.ts";
import { membershipModel } from "./models.ts";
import { membershipRefinement } from "./refine.ts";
import { restore } from "./restore.ts";
import { membershipSystem, type Reducer } from "./system.ts";
import { type Bounds, nameOf, type World } from "./world.ts";

const small: Bounds = {
  processes: ["p", "q"],
  senders: ["p", "q"],
  failing: ["p"],
  ...{
    services: ["agreed", "safe"],
    groups: null,
    maxMessages: 1,
    maxChanges: 1,
    keep: 1,
    histories: true,
    images: false,
  },
  ...{ numbers: "least", ready: "gather", gathering: "any", together: "one" },
};

const { view } = membershipRefinement(small);

/** All worlds within bounds. */
function worlds(): readonly World[] {
  const system = membershipSystem(small);
  const [first] = [...system.initials()];
  const seen = new Map([[JSON.stringify(first), first as World]]);
  for (const before of seen.values()) {
    for (const move of system.moves(before)) {
      const tried = system.apply(before, move);
      if (tried.kind === "took") seen.set(JSON.stringify(tried.world), tried.world);
    }
  }
  return [...seen.values()];
}

describe("the closed system", () => {
  it("keeps every property, those of EVS over histories among them", () => {
    const explored = explore(membershipSystem(small), { properties: membershipProperties(small) });
    expect(explored.violations).toEqual([]);
    expect(explored.worlds).toBeGreaterThan(1000);
    expect(explored.worlds).toBe(worlds().length);
  });

  it("is shown by states that show it again", () => {
    for (const world of worlds()) {
      expect(canonical(view(restore(small, view(world))))).toBe(canonical(view(world)));
    }
    expect(() => restore(small, {})).toThrow(TypeError);
  });
});

describe("the state of EVS that a world stands for", () => {
  it("has what the protocol has, where both have it", () => {
    const bounds: Bounds = {
      ...small,
      histories: false,
      images: true,
      maxChanges: 2,
      ready: "operational",
      gathering: "cascades",
      together: "all",
    };
    const same = {
      name: "same",
      holds({ image, states, disk, traffic }: World): boolean {
        const isLog = (name: string): boolean => (traffic[name]?.order.length ?? -1) === image.log[name]?.order.length;
        return (
          bounds.processes.every((process) => {
            const [state, leaving] = [states[process], image.leaving[process] ?? null];
            if (state == null) return image.conf[process] === null && leaving === null;
            const has =
              state.place === image.place[process] && nameOf(state.conf) === nameOf(image.conf[process] ?? state.conf);
            return (
              has && (state.mode !== "transitional" || leaving?.moved === true) && (disk[process] ?? 0) >= state.number
            );
          }) && Object.keys(image.log).every((name) => isLog(name) || traffic[name] === undefined)
        );
      },
    };
    const explored = explore(membershipSystem(bounds), { properties: { invariants: [same], steps: [] } });
    expect(explored.violations).toEqual([]);
    expect(explored.worlds).toBeGreaterThan(1000);
  });
});

describe("a configuration", () => {
  const good = 'CONSTANTS\n Process = {"p"}\n Failing = {}\n Senders = {"p"}\n MaxMessages = 1\n MaxChanges = 1\n';

  it("has a closed system, or an assignment that has no counterpart there", () => {
    expect(membershipModel(good)).toBeTypeOf("object");
    expect(membershipModel(`${good} Script <- AllHeld\n`)).toBe("Script <- AllHeld");
    expect(membershipModel(`${good} Images = TRUE\n`)).toBeTypeOf("object");
    expect(membershipModel("CONSTANTS\n Failing = {}\n")).toBe("no processes");
  });
});

describe("fuzzing", () => {
  /** The reducer on states that are changed before some events. */
  function on(type: Event["type"], change: (state: State) => State): Reducer {
    return {
      initial: membership.initial,
      step: (config, state, event) => membership.step(config, event.type === type ? change(state) : state, event),
    };
  }

  /** The reducer whose states are changed after some events. */
  function changing(type: Event["type"], change: (state: State, before: State) => Partial<State>): Reducer {
    return {
      initial: membership.initial,
      step(config, state, event) {
        const outcome = membership.step(config, state, event);
        if (outcome.kind === "refused" || event.type !== type) return outcome;
        return { ...outcome, state: { ...outcome.state, ...change(outcome.state, state) } };
      },
    };
  }

  function fuzzed(reducer: Reducer): string | undefined {
    const ticks = campaign(membershipFuzz(reducer), { number: 0, seed: 7, runs: 300, steps: 120, strategy: "swarm" });
    for (;;) {
      const tick = ticks.next();
      if (tick.done === true) return tick.value.failure?.breach.says;
    }
  }

  it("finds nothing in the reducer as it is", () => {
    expect(fuzzed(membership)).toBeUndefined();
  });

  it.each<[string, RegExp, Reducer]>([
    [
      "a safe message is delivered at agreed",
      /Spec_7_1|Spec_7_2/,
      on("DELIVER", (state) => ({
        ...state,
        aru: state.mode === "operational" ? Object.fromEntries(state.conf.members.map((one) => [one, 99])) : state.aru,
      })),
    ],
    ["nobody is obliged to anybody", /Spec_3|Spec_6_3|Spec_7_1/, changing("ACKNOWLEDGE", () => ({ obliged: [] }))],
    ["obligations outlive a configuration", /ObligedToNobody/, changing("INSTALL", (_, { obliged }) => ({ obliged }))],
    [
      "a process installs what others have not acknowledged",
      /Spec_|MoveTogether|OneProposal/,
      on("MOVE", (state) => ({
        ...state,
        acks: [...(state.proposal?.members ?? [])].sort(),
      })),
    ],
    [
      "each counts the boundary for itself",
      /Spec_4|MoveTogether/,
      changing("ACKNOWLEDGE", ({ place }) => ({ bound: place })),
    ],
    [
      "the number is not written",
      /TypeOK/,
      {
        initial: membership.initial,
        step(config, state, event) {
          const outcome = membership.step(config, state, event);
          if (outcome.kind === "refused") return outcome;
          return { ...outcome, effects: outcome.effects.filter(({ type }) => type !== "persist") };
        },
      },
    ],
  ])("finds that %s", (_, property, reducer) => {
    expect(fuzzed(reducer)).toMatch(property);
  });
});
