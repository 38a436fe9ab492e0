import { describe, expect, it } from "vitest";
import type { Tried } from "../contract.ts";
import { type Campaign, type CampaignOptions, campaign } from "./campaign.ts";
import { enumerated } from "./enumerated.ts";
import { follow } from "./shorten.ts";
import { chairs, count, type Move, type World } from "./testing/chairs.ts";

const usual: CampaignOptions = { seed: 1, number: 0, strategy: "swarm", runs: 60, steps: 40 };

type Answer = (world: World, move: Move) => Tried<World> | undefined;

function done(answer?: Answer, options: Partial<CampaignOptions> = {}): Campaign<number, Move> {
  const steps = campaign(enumerated(chairs(answer)), { ...usual, ...options });
  for (let next = steps.next(); ; next = steps.next()) if (next.done === true) return next.value;
}

function took(world: World): Tried<World> {
  return { kind: "took", world };
}

const isSit = (move: Move): boolean => move !== "storm" && "sit" in move;

describe("a campaign", () => {
  it("finds nothing wrong where nothing is, and says what it did", () => {
    const { runs, settled, steps, compared, actions, failure, features } = done();
    expect(failure).toBeUndefined();
    expect({ runs, settled, compared }).toEqual({ runs: 60, settled: 60, compared: 0 });
    expect(steps).toBeGreaterThan(200);
    expect(Object.values(actions).reduce((sum, times) => sum + times)).toBe(steps);
    expect(Object.keys(actions).filter((name) => (actions[name] ?? 0) > 0)).toEqual(["Sit", "Storm"]);
    expect([...features].sort()).toEqual([
      "Sit after Sit",
      "Sit after Storm",
      "Sit after start",
      "Storm after Sit",
      "Storm after Storm",
      "Storm after start",
    ]);
  });

  it.each(["uniform", "swarm", "guided"] as const)(
    "does the same once more, and another does something else: %s",
    (strategy) => {
      expect(done(undefined, { strategy })).toEqual(done(undefined, { strategy }));
      expect(done(undefined, { strategy, number: 1 }).steps).not.toBe(done(undefined, { strategy }).steps);
      expect(done(undefined, { strategy, seed: 2 }).steps).not.toBe(done(undefined, { strategy }).steps);
    },
  );

  it.each<readonly [string, number, { readonly kind: string; readonly says: string }, Answer]>([
    [
      "an invariant that does not hold",
      3,
      { kind: "invariant", says: "FewStorms" },
      (world, move) => (move === "storm" ? took({ ...world, storms: world.storms + 1 }) : undefined),
    ],
    [
      "a step that must not be",
      4,
      { kind: "step", says: "OneByOne" },
      (world, move) =>
        isSit(move) && count(world) === 3 ? took({ ...world, seated: world.seated.map(() => true) }) : undefined,
    ],
    [
      "a world at rest that is not as it must be",
      1,
      { kind: "at rest", says: "AllSeated" },
      (world, move) => (isSit(move) && world.storms > 0 ? { kind: "refused", because: "wet" } : undefined),
    ],
    [
      "what throws",
      3,
      { kind: "threw", says: "the third one breaks the chair" },
      (world, move) => {
        if (isSit(move) && count(world) === 2) throw new Error("the third one breaks the chair");
        return undefined;
      },
    ],
    [
      "a world that is changed in place",
      2,
      { kind: "threw", says: "Cannot assign to read only property '0' of object '[object Array]'" },
      (world, move) => {
        if (isSit(move) && count(world) === 1) (world.seated as boolean[])[0] = true;
        return undefined;
      },
    ],
    [
      "what never comes to rest",
      1,
      { kind: "unsettled", says: "it never comes to rest without faults" },
      (world, move) =>
        typeof move === "object" && "stand" in move && world.storms > 0 && world.seated[move.stand]
          ? took({ ...world, seated: world.seated.with(move.stand, false) })
          : undefined,
    ],
  ])("finds %s, and leaves nothing in it but what it takes", (_, moves, breach, answer) => {
    const target = enumerated(chairs(answer));
    const { failure } = done(answer);
    expect(failure).toMatchObject({ breach });
    if (failure === undefined) return;
    expect(failure.moves).toHaveLength(moves);
    expect(failure.settings).toBeLessThanOrEqual(5);
    const again = follow(target.open(failure.settings), failure, undefined, true);
    expect(again.breach).toEqual(breach);
  });

  it("ends with its first failure, and has told of it before it makes it shorter", () => {
    const always: Answer = (world, move) => (move === "storm" ? took({ ...world, storms: 9 }) : undefined);
    const ticks = [...campaign(enumerated(chairs(always)), usual)];
    expect(ticks.length).toBeLessThan(usual.runs);
    expect(ticks.map(({ breach }) => breach?.says).filter(Boolean)).toEqual(["FewStorms"]);
    expect(ticks.at(-1)?.breach?.says).toBe("FewStorms");
    expect(done(always).failure?.moves).toEqual(["storm"]);
  });
});
