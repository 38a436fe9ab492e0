import { describe, expect, it } from "vitest";
import { readReport } from "./read.ts";
import { reportOf } from "./testing/samples.ts";

const json = JSON.stringify(reportOf());

describe("a report as JSON", () => {
  it("is read as it was written", () => {
    expect(readReport(json, "r.json")).toEqual(reportOf());
  });

  it.each([
    ["empty", "", "r.json is no report: it is not JSON, or was cut off."],
    ["cut off", json.slice(0, -2), "r.json is no report: it is not JSON, or was cut off."],
    ["something else", '{"format":"ITF","version":1}', "r.json is no report of lockstep."],
    ["null", "null", "r.json is no report of lockstep."],
    [
      "of another version",
      json.replace('"version":1', '"version":2'),
      "r.json is a report of version 2; this lockstep reads version 1.",
    ],
    ["without its protocols", json.replace('"protocols":[', '"other":['), "r.json is no whole report: protocols: "],
    [
      "with a count that is none",
      json.replace('"distinct":12345', '"distinct":-1'),
      "r.json is no whole report: protocols.0.models.0.pinned.distinct: ",
    ],
  ])("is refused when it is %s", (_, text, sentence) => {
    expect(() => readReport(text, "r.json")).toThrow(sentence);
  });
});
