/**
 * What a judge holds at the most, whatever it is given. A recording that needs more is refused with one sentence: a
 * judge that forgot instead would pass what it no longer sees.
 */
export interface Limits {
  /**
   * What is held of configurations and messages: for each configuration its members, and for each message itself, one
   * for each member that may deliver it, and one for each message that its sending depends on.
   */
  readonly entries: number;
  /** Regular configurations that some member may still be in, or may still install. */
  readonly configurations: number;
  readonly processes: number;
  /** Members of one configuration. */
  readonly members: number;
  /** Identifiers of configurations that all have left, remembered so that one that comes back is known again. */
  readonly identifiers: number;
  /** Violations kept with their evidence; all are counted. */
  readonly violations: number;
  /** Characters of one line of a file. */
  readonly line: number;
}

export const LIMITS: Limits = {
  entries: 4_000_000,
  configurations: 1_024,
  processes: 10_000,
  members: 1_024,
  identifiers: 65_536,
  violations: 100,
  line: 1_000_000,
};
