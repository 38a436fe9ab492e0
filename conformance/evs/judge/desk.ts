import { BadRecording } from "./event.ts";
import { Findings } from "./findings.ts";
import type { Limits } from "./limits.ts";
import { Order } from "./order.ts";

/** What all parts of a judge share: findings, the order of what is held, and how much that is. */
export class Desk {
  readonly findings: Findings;
  readonly limits: Limits;
  readonly order: Order = new Order();
  /** Events held; see `Limits`. */
  entries = 0;
  /** The line that is being judged. */
  line = 0;

  constructor(limits: Limits) {
    this.limits = limits;
    this.findings = new Findings(limits.violations);
  }

  /** @throws BadRecording where there is no room. */
  hold(entries: number): void {
    this.entries += entries;
    this.require("entries", this.entries, "events that some process has not delivered or left behind yet");
  }

  release(entries: number): void {
    this.entries -= entries;
  }

  require(limit: keyof Limits, is: number, of: string): void {
    const most = this.limits[limit];
    if (is > most) throw new BadRecording(this.line, `there are more than ${most} ${of}, the limit "${limit}"`);
  }
}
