import { describe, expect, it } from "vitest";
import { Answers, type Call, recorded, watched } from "./calls.ts";

type Step = (state: { readonly list: number[] }, by: number) => unknown;
const appended: Step = ({ list }, by) => ({ list: [...list, by] });

let step: Step = appended;
const reducer = watched("reducer", {
  step: (state: { readonly list: number[] }, by: number): unknown => step(state, by),
  inner: { factor: 2, times: timesFactor },
}) as unknown as { readonly step: Step; readonly inner: { readonly times: (by: number) => number } };

function timesFactor(this: { readonly factor: number }, by: number): number {
  return this.factor * by;
}

/** The calls of a body, where the reducer is as it should be. */
function callsOf(body: () => void): readonly Call[] | undefined {
  step = appended;
  return structuredClone(recorded(body).calls);
}

const twice = (): void => {
  for (const by of [1, 2, 1]) reducer.step({ list: [] }, by);
};

describe("the calls of a reducer", () => {
  it("are each kept once, those of functions in objects too, and are answered alike by the reducer", () => {
    const calls = callsOf(() => {
      twice();
      reducer.inner.times(3);
    });
    expect(calls?.map(({ name }) => name)).toEqual(["reducer!step", "reducer!step", "reducer!inner!times"]);
    expect(new Answers(calls ?? []).areGiven()).toBe(true);
  });

  const others: readonly (readonly [string, Step])[] = [
    ["answers one of them otherwise", ({ list }, by) => ({ list: by === 2 ? list : [...list, by] })],
    ["answers nothing", () => undefined],
    [
      "throws",
      () => {
        throw new Error("no");
      },
    ],
    [
      "changes what it is given",
      (state, by) => {
        state.list.push(by);
        return { list: state.list };
      },
    ],
  ];
  it.each(others)("are not answered alike by one that %s", (_, other) => {
    const answers = new Answers(callsOf(twice) ?? []);
    step = other;
    expect(answers.areGiven()).toBe(false);
    step = appended;
    expect(answers.areGiven()).toBe(true);
  });

  it("tell nothing where one of them is not of plain JSON", () => {
    const odd = (() => 1) as unknown as number;
    expect(callsOf(() => reducer.step({ list: [] }, odd))).toBeUndefined();
  });
});
