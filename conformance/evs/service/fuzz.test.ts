import { describe, expect, it } from "vitest";
import { type Campaign, type CampaignOptions, campaign } from "../../engine/fuzz/campaign.ts";
import { Dice } from "../../engine/fuzz/dice.ts";
import { follow } from "../../engine/fuzz/shorten.ts";
import { evsFuzz, type Settings } from "./fuzz.ts";
import { faults } from "./fuzz-faults.ts";
import { played } from "./testing/play.ts";
import type { Move } from "./world.ts";

const usual: CampaignOptions = { seed: 1, number: 0, strategy: "guided", runs: 30, steps: 120 };
type Target = ReturnType<typeof evsFuzz>;

function done(target: Target, options: Partial<CampaignOptions> = {}): Campaign<Settings, Move> {
  const steps = campaign(target, { ...usual, ...options });
  for (let next = steps.next(); ; next = steps.next()) if (next.done === true) return next.value;
}

const genuine = evsFuzz();

describe("clusters of 2 to 6 processes", () => {
  it("keep every specification, whatever happens to them, and settle", () => {
    const { failure, settled, actions, features } = done(genuine);
    expect(failure).toBeUndefined();
    expect(settled).toBe(usual.runs);
    const names = ["Crash", "Deliver", "Form", "Install", "Move", "Recover", "Repair", "Send"];
    expect(names.filter((name) => (actions[name] ?? 0) < 10)).toEqual([]);
    for (const pattern of [
      /^Form of [2-6]: .*cascading/,
      /^Form of .*\b[12]\/3\b/,
      /^Deliver of [3-6], behind the hole/,
    ]) {
      expect([String(pattern), [...features].some((feature) => pattern.test(feature))]).toEqual([
        String(pattern),
        true,
      ]);
    }
    expect([...features].some((feature) => /^Crash of .*(?:stuck|moved)/.test(feature))).toBe(true);
  });

  it("go the same way once more", () => {
    expect(done(genuine, { runs: 4, number: 3 })).toEqual(done(genuine, { runs: 4, number: 3 }));
  });
});

describe("a planted fault", () => {
  /** What it shows as. */
  const found: Record<string, RegExp> = {
    "a safe message is delivered without asking who has it": /^Spec_7_[12]$|^SafeIsHeld$/,
    "a cascade drops the obligations": /^SafeIsShared$|^Spec_7_1$|^OwnIsDelivered$/,
    "the transitional configuration is told with the members of the next": /^TransitionalMembers$|^Members$/,
    "the transitional configuration is not told": /^TransitionalBetween$|^Spec_/,
    "a message is delivered twice where it is the third": /^Spec_1_[24]$/,
    "who has not installed a configuration of four is forgotten": /^Spec_7_[12]$|^Settles$/,
    "who installs a configuration of three skips its first message": /^Spec_|^Settles$|without faults$/,
  };

  it("has a test here, each of them", () => {
    expect(Object.keys(found)).toEqual(Object.keys(faults));
  });

  it.each(Object.entries(faults))("is found and made short: %s", (name, reducer) => {
    const target = evsFuzz(reducer);
    let failure = done(target).failure;
    for (let number = 1; failure === undefined && number < 5; number++) failure = done(target, { number }).failure;
    expect(failure?.breach.says).toMatch(found[name] ?? /^$/);
    if (failure === undefined) return;
    expect(failure.moves.length).toBeLessThanOrEqual(30);
    // It is the fault that is found: without it the same moves do no harm.
    expect(follow(genuine.open(failure.settings), failure, undefined, true).breach).toBeUndefined();
  });
});

describe("a move from outside", () => {
  const cluster = genuine.open({ processes: 3 });
  const world = cluster.start(new Dice(1));

  it.each([
    ...[null, 7, "Crash", {}, { type: "Crash" }, { type: "Crash", process: "z" }, { type: "Leave", process: "p" }],
    { type: "Send", process: "p", service: "causal", at: 1 },
    { type: "Form", members: ["q", "p"], number: 1, sets: [] },
  ])("is none: %j", (move) => expect(cluster.has(world, move)).toBe(false));

  it("is one where the system has taken it", () => {
    const { worlds, moves } = played(3, 1, 120);
    expect(moves.length).toBeGreaterThan(40);
    for (const [at, move] of moves.entries()) expect(cluster.has(worlds[at] ?? world, move)).toBe(true);
  });
});
