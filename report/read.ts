import { z } from "zod";
import { UserError } from "../tla/errors.ts";
import type { Report } from "./shape.ts";

const natural = z.number().int().min(0);
const time = z.number().min(0);
const text = z.string();
const compared = { sound: natural, complete: natural, refusals: natural };
const place = { path: text, name: text, prose: natural, from: natural, to: natural };

const found = { distinct: natural, generated: natural, depth: natural };

const Conformance = z.object({
  ...compared,
  states: natural,
  edges: natural,
  mismatches: natural,
  seconds: time,
  actions: z.record(text, z.object(compared)),
});

const Model = z.object({
  cfg: text,
  path: text,
  module: text,
  purpose: text,
  says: text,
  checks: z.array(text),
  bounds: z.enum(["quick", "full"]),
  notConformed: text.nullable(),
  pinned: z.object(found).nullable(),
  run: z
    .object({
      passed: z.boolean(),
      words: text,
      ...found,
      seconds: time,
      conformance: Conformance.nullable(),
    })
    .nullable(),
});

const Trace = z.object({
  name: text,
  cfg: text,
  shows: text,
  sha256: text,
  stale: z.boolean().nullable(),
  lanes: z.array(text),
  steps: z.array(
    z.object({
      action: text,
      arrows: z.array(z.object({ from: text, to: text, label: text })),
      changes: z.array(z.object({ place: text, before: text.nullable(), after: text.nullable() })),
    }),
  ),
  loop: natural.nullable(),
});

const Results = z.object({
  sha256: text,
  settings: z.record(text, z.unknown()),
  counts: z.record(text, natural),
  sets: z.record(text, z.object({ size: natural, members: z.array(text) })),
  items: z.array(z.looseObject({ id: text })),
  seconds: time,
});

const Tools = z.object({ tlc: text, jarSha256: text, workers: natural, seed: natural });

const Protocol = z.object({
  name: text,
  named: text,
  sha256: text.nullable(),
  hasReducer: z.boolean(),
  sources: z.array(z.object({ path: text, kind: z.enum(["specification", "model", "program", "document"]), text })),
  definitions: z.array(z.object(place)),
  functions: z.array(z.object({ ...place, specifies: z.array(text) })),
  rules: z.array(z.object({ id: text, says: text, notes: z.array(z.object({ head: text, text })) })),
  citations: z.array(z.object({ rule: text, path: text, line: natural })),
  actions: z.array(z.object({ name: text, compared: z.object(compared).nullable() })),
  models: z.array(Model),
  properties: z.array(
    z.object({ name: text, kind: z.enum(["state", "steps"]), checkedBy: z.array(text), brokenBy: z.array(text) }),
  ),
  traces: z.array(Trace),
  verified: z
    .object({ sha256: text.nullable(), bounds: text, tools: Tools.nullable(), faults: z.array(text) })
    .nullable(),
  fuzz: Results.nullable(),
  coverage: Results.nullable(),
  replay: Results.nullable(),
  mutants: Results.nullable(),
  statements: z.array(z.object({ title: text, path: text, text })),
});

const Whole = z.object({
  format: z.literal("lockstep-report"),
  version: z.literal(1),
  tool: text,
  protocols: z.array(Protocol),
});

/**
 * Reads a report that was written as JSON; `name` is what errors call it.
 *
 * @throws UserError (64) with one sentence for what is none, or is of another version.
 */
export function readReport(json: string, name: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new UserError(`${name} is no report: it is not JSON, or was cut off.`, 64);
  }
  const head = z.looseObject({ format: z.literal("lockstep-report"), version: z.number() }).safeParse(value);
  if (!head.success) throw new UserError(`${name} is no report of lockstep.`, 64);
  if (head.data.version !== 1) {
    throw new UserError(`${name} is a report of version ${head.data.version}; this lockstep reads version 1.`, 64);
  }
  const read = Whole.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new UserError(`${name} is no whole report: ${issue?.path.join(".")}: ${issue?.message}.`, 64);
}
