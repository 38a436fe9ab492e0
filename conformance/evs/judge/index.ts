/**
 * A judge of recordings for any group communication system: whether what processes have sent, delivered and installed
 * agrees with the specifications of Extended Virtual Synchrony. It knows no implementation, and no specification of
 * ours.
 */
export { BadRecording, type RecordedEvent, recordedEvent, type Service } from "./event.ts";
export type { Violation } from "./findings.ts";
export { type Held, type Judge, type JudgeOptions, judge, type Verdict } from "./judge.ts";
export { LIMITS, type Limits } from "./limits.ts";
export { judgeRecording, readEvent } from "./recording.ts";
export { MEANING, SPECIFICATIONS, type Specification } from "./specification.ts";
