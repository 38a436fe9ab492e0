import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, it } from "vitest";
import { recordedEvent, recordingSchema } from "./event.ts";
import { Dice } from "./testing/dice.ts";
import { runOf } from "./testing/runs.ts";

const schemaFile = join(import.meta.dirname, "../../../docs/judge.schema.json");

it("the schema for other languages is that of the reader", async () => {
  // Written again by `npx vitest run conformance/evs/judge/event.test.ts -u`.
  await expect(`${JSON.stringify(recordingSchema(), null, 2)}\n`).toMatchFileSnapshot(schemaFile);
});

it("and takes what the reader takes", () => {
  const isValid = new Ajv2020({ strict: true }).compile(recordingSchema());
  const dice = new Dice(1);
  const { events } = runOf(
    4,
    Array.from({ length: 500 }, () => dice.roll(2 ** 31)),
    true,
  );
  expect(events.length).toBeGreaterThan(100);
  for (const event of [...events, { event: "complete" }]) {
    expect([isValid(event), recordedEvent.safeParse(event).success]).toEqual([true, true]);
    expect([isValid({ ...event, more: 1 }), recordedEvent.safeParse({ ...event, more: 1 }).success]).toEqual([
      false,
      false,
    ]);
  }
});
