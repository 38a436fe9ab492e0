import { z } from "zod";

export type Service = "agreed" | "safe";

interface Own {
  readonly process: string;
  /** The number of this event among the process's own, by the process itself. */
  readonly index?: number | undefined;
}

interface Within extends Own {
  /** The configuration that the process takes itself to be in; without it, the one that it installed last. */
  readonly in?: string | undefined;
}

export interface InstallEvent extends Own {
  readonly event: "configuration";
  readonly kind: "regular" | "transitional";
  readonly id: string;
  readonly members: readonly string[];
}

export interface SendEvent extends Within {
  readonly event: "send";
  /** Greater than any that the process has sent before. */
  readonly number: number;
  readonly service: Service;
}

export interface DeliverEvent extends Within {
  readonly event: "deliver";
  readonly sender: string;
  readonly number: number;
}

export interface FailEvent extends Within {
  readonly event: "fail";
}

export interface RecoverEvent extends Own {
  readonly event: "recover";
}

/** The last line of a recording that goes on until nothing more was to come. */
export interface CompleteEvent {
  readonly event: "complete";
}

/** One line of a recording; docs/judge.md is the format. */
export type RecordedEvent = InstallEvent | SendEvent | DeliverEvent | FailEvent | RecoverEvent | CompleteEvent;

const name: z.ZodString = z.string().min(1).max(256);
const whole: z.ZodInt = z.int().min(0);

export const recordedEvent: z.ZodType<RecordedEvent> = (() => {
  const own = { process: name, index: whole.optional() };
  const within = { ...own, in: name.optional() };
  return z.discriminatedUnion("event", [
    z.strictObject({
      ...own,
      event: z.literal("configuration"),
      kind: z.enum(["regular", "transitional"]),
      id: name,
      members: z.array(name).min(1),
    }),
    z.strictObject({ ...within, event: z.literal("send"), number: whole, service: z.enum(["agreed", "safe"]) }),
    z.strictObject({ ...within, event: z.literal("deliver"), sender: name, number: whole }),
    z.strictObject({ ...within, event: z.literal("fail") }),
    z.strictObject({ ...own, event: z.literal("recover") }),
    z.strictObject({ event: z.literal("complete") }),
  ]);
})();

/** The JSON Schema (2020-12) of a line, for recorders in other languages. */
export function recordingSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(recordedEvent, { target: "draft-2020-12" });
  return { $schema, $id: "urn:lockstep:recording:1", title: "A line of a recording for lockstep judge", ...rest };
}

/** A recording that cannot be judged, at the line that shows why; the message is one sentence without its end. */
export class BadRecording extends Error {
  override readonly name = "BadRecording";
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}
