import { describe, expect, it } from "vitest";
import { evsRefinement } from "./refine.ts";
import { restore } from "./restore.ts";
import { played } from "./testing/play.ts";
import type { Bounds } from "./world.ts";

const bounds: Bounds = {
  processes: ["p", "q", "r"],
  names: "strings",
  services: ["agreed", "safe"],
  maxMessages: 9,
  maxChanges: 9,
  histories: true,
  steps: "single",
  numbers: "any",
  places: "any",
  holes: "any",
  committing: "any",
  acknowledging: "any",
  repairs: "any",
  partitions: "any",
  judged: "all",
};

describe.each(["strings", "model values"] as const)("with processes as %s", (names) => {
  const { view } = evsRefinement({ ...bounds, names });

  it("the world that a state is made into shows that state, and is the world that the state is of", () => {
    let compared = 0;
    for (let run = 0; run < 10; run++) {
      for (const world of played(3, run, 60).worlds) {
        const again = restore({ ...bounds, names }, view(world));
        // What is recorded as sent is a set.
        const sorted = (value: unknown): unknown =>
          JSON.parse(JSON.stringify(value), (key, part) =>
            key === "sent" && Array.isArray(part) ? part.map((one) => JSON.stringify(one)).sort() : part,
          );
        expect(sorted(again)).toEqual(sorted(world));
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(200);
  });

  it("tells a process from another", () => {
    const [world] = played(3, 1, 0).worlds;
    if (world === undefined) throw new Error("no world");
    expect(view(world)["number"]).toEqual(
      names === "strings"
        ? { p: 0, q: 0, r: 0 }
        : { "#map": ["p", "q", "r"].map((process) => [{ "#model": process }, 0]) },
    );
  });
});

describe("what is no state of the service", () => {
  const { view } = evsRefinement(bounds);
  const [world] = played(3, 1, 0).worlds;

  it.each([
    ["a variable that is missing", { number: undefined }],
    ["a number that is none", { changes: "many" }],
    ["a history that is none", { history: { p: 1, q: 1, r: 1 } }],
  ])("is refused: %s", (_, change) => {
    if (world === undefined) throw new Error("no world");
    expect(() => restore(bounds, { ...view(world), ...change } as never)).toThrow(TypeError);
  });
});
