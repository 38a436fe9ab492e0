import type { Closure, Member } from "./closure.ts";

/** What is known of a process, from its first event on. */
export interface Process {
  readonly name: string;
  /** `unplaced` where it is in no configuration that could be judged, until it installs another. */
  status: "new" | "placed" | "unplaced" | "failed" | "recovered";
  /** The closure that it installed last, be it that it failed there, and the line. */
  closure: Closure | undefined;
  member: Member | undefined;
  line: number;
  /** The index of its last event, -1 where it gives none. */
  index: number | undefined;
  /** The numbers it has sent: the first, the greatest, how many, and the line of the last. */
  readonly sent: { first: number; greatest: number; times: number; line: number };
}

export function newProcess(name: string): Process {
  return {
    ...{ name, status: "new", closure: undefined, member: undefined, line: 0, index: undefined },
    sent: { first: -1, greatest: -1, times: 0, line: 0 },
  };
}
