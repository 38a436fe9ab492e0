import { z } from "zod";
import { UserError } from "../../../tla/errors.ts";
import type { Initial, Step, Tallied, Vectors } from "./vectors.ts";

// A kit is NDJSON: a header, then values with their numbers, then vectors that name values by number. With the values
// in their place, what stands beside `outcome` is what a port is asked, and `outcome` is what it has to answer.

export interface KitHeader extends Tallied {
  readonly protocol: string;
  /** The configurations of the specification, each with how many edges its graph has, and the vectors cover. */
  readonly graphs: readonly { readonly cfg: string; readonly edges: number; readonly covered: number }[];
  /** SHA-256 of the specification, the reducer, and what binds them, where their sources are at hand. */
  readonly sha256?: string | undefined;
}

const natural = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const name = z.string().min(1);
const counts = z.record(name, natural);
const effects = z.array(z.unknown()).describe("What the node asks its owner to do, in this order.");
const state = natural.describe("The number of a state.");
const config = natural.describe("The number of a configuration.");
const event = natural.describe("The number of an event.");

const HeaderLine = z
  .strictObject({
    kind: z.literal("header"),
    format: z.literal("lockstep-kit"),
    version: z.literal(1),
    protocol: name,
    graphs: z
      .array(z.strictObject({ cfg: name, edges: natural, covered: natural }))
      .describe("Whose edges the vectors cover: those of the complete state graphs of these configurations."),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe("Of the specification, the reducer, and what binds them; absent where their sources were not at hand.")
      .optional(),
    lines: z
      .strictObject({ config: natural, event: natural, state: natural, initial: natural, step: natural })
      .describe("How many lines of each kind follow."),
    took: counts.describe("How many vectors take each action."),
    refused: z.record(name, counts).describe("How many vectors refuse each action because of each conjunct."),
  })
  .describe("The first line.");
const ConfigLine = z
  .strictObject({ kind: z.literal("config"), id: natural, config: z.unknown() })
  .describe("What a node is started with. Of each kind, values are numbered from 0 on, line by line.");
const EventLine = z
  .strictObject({ kind: z.literal("event"), id: natural, event: z.unknown() })
  .describe("What comes to a node. It need not be an event of the protocol, nor an object.");
const StateLine = z
  .strictObject({ kind: z.literal("state"), id: natural, state: z.unknown() })
  .describe("The state of a node.");
const InitialLine = z
  .strictObject({ kind: z.literal("initial"), config, outcome: z.strictObject({ state, effects }) })
  .describe("How a node starts.");
const StepLine = z
  .strictObject({
    kind: z.literal("step"),
    config,
    state,
    event,
    outcome: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("took"), action: name, state, effects }),
      z
        .strictObject({ kind: z.literal("refused"), action: name, because: name })
        .describe("The state stays as it was."),
    ]),
  })
  .describe("What an event does to a node in a state.");
const Line = z.discriminatedUnion("kind", [HeaderLine, ConfigLine, EventLine, StateLine, InitialLine, StepLine]);

/** The JSON Schema (2020-12) of a line, for those who read kits in another language. */
export function kitSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(Line, { target: "draft-2020-12" });
  return {
    $schema,
    $id: "urn:lockstep:kit:1",
    title: "A line of a kit of lockstep",
    description: "NDJSON: the header, then configurations, events and states, then the vectors.",
    ...rest,
  };
}

/** The lines after the header. */
export function vectorLines({ configs, events, states, initials, steps }: Vectors): string[] {
  return [
    ...configs.map((value, id) => ({ kind: "config", id, config: value })),
    ...events.map((value, id) => ({ kind: "event", id, event: value })),
    ...states.map((value, id) => ({ kind: "state", id, state: value })),
    ...initials.map((initial) => ({ kind: "initial", ...initial })),
    ...steps.map((step) => ({ kind: "step", ...step })),
  ].map((line) => JSON.stringify(line));
}

/** The first line. */
export function headerLine({ protocol, graphs, sha256, took, refused }: KitHeader, vectors: Vectors): string {
  const { configs, events, states, initials, steps } = vectors;
  const lines = {
    config: configs.length,
    event: events.length,
    state: states.length,
    initial: initials.length,
    step: steps.length,
  };
  const header = { kind: "header", format: "lockstep-kit", version: 1, protocol, graphs, sha256, lines, took, refused };
  return JSON.stringify(header);
}

/** Reads what {@link vectorLines} wrote. @throws UserError (64) for a line that is none. */
export function readVectors(lines: readonly string[]): Vectors {
  const read = { configs: [] as unknown[], events: [] as unknown[], states: [] as unknown[] };
  const initials: Initial[] = [];
  const steps: Step[] = [];
  lines.forEach((text, at) => {
    const line = Line.safeParse(JSON.parse(text));
    if (!line.success) throw new UserError(`Line ${at + 2} of the kit is none: ${line.error.issues[0]?.message}.`, 64);
    const { data } = line;
    if (data.kind === "config") read.configs.push(data.config);
    else if (data.kind === "event") read.events.push(data.event);
    else if (data.kind === "state") read.states.push(data.state);
    else if (data.kind === "initial") initials.push(data);
    else if (data.kind === "step") steps.push(data);
  });
  return { ...read, initials, steps };
}
