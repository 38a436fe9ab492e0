import type { ConformanceModel } from "../../../conformance/engine/index.ts";
import type { SpecMutant } from "../../../conformance/engine/mutants/spec/mutants.ts";
import { UserError } from "../../../tla/errors.ts";
import { loadGraph, type Totals } from "../../../tla/graph/index.ts";
import type { TlcResult } from "../../../tla/tlc/index.ts";
import { NOT_CHECKED } from "../../exit-codes.ts";
import { INTERRUPTED } from "../../interrupt.ts";
import { messageOf, violated } from "../../verify-model.ts";
import type { Layer, Trial } from "../verdict.ts";
import type { Desk, Limits } from "./desk.ts";
import { printOf } from "./print.ts";
import type { Subject } from "./subjects.ts";

/** The graph of a model as it is, which the reducers conform to. */
export interface Genuine {
  /** Its dump's digest and size, in bytes. */
  readonly print: string;
  readonly bytes: number;
  readonly states: number;
  readonly edges: number;
}

/** The convention of all our specifications. */
const TYPES = "TypeOK";

/** A mutant may take as much longer than the manifest says, and a while for the start, before it is given up. */
const SLOWNESS = 20;
const START = 60;

/** How much larger than the genuine one a dump may become; any other size is another graph already. */
const GROWTH = 1.5;

/** What a model makes of the mutant that is on the desk. */
export async function tried(
  mutant: SpecMutant,
  subject: Subject,
  genuine: Genuine | undefined,
  desk: Desk,
  signal: AbortSignal,
): Promise<Trial> {
  const began = performance.now();
  const limits: Limits = {
    seconds: START + SLOWNESS * subject.model.runtime,
    ...(genuine === undefined ? {} : { dump: Math.ceil(genuine.bytes * GROWTH) + 1_000_000 }),
  };
  const tlc = await desk.run(subject, limits, signal);
  const found =
    invalid(mutant, tlc) ??
    stopped(tlc) ??
    (subject.model.purpose.kind === "good" ? await good(subject, genuine, desk, tlc) : failing(subject, tlc));
  return { ...found, seconds: (performance.now() - began) / 1000 };
}

/** Ends of TLC that are no doing of a mutant's: Java had no memory or disk, or was killed. */
const OF_THE_MACHINE = /OutOfMemory|GC overhead|No space left|did not say why/;

type Found = Omit<Trial, "seconds">;

/** A change that SANY does not take is no mutant, and a defect of ours; and TLC may fail for want of memory or disk. */
function invalid({ id, diff }: SpecMutant, { outcome }: TlcResult): undefined {
  if (outcome.kind === "parse") {
    throw new UserError(`${id} (${diff}) is no mutant: ${outcome.message}`, NOT_CHECKED);
  }
  if (outcome.kind !== "failed" || !OF_THE_MACHINE.test(outcome.message)) return undefined;
  throw new UserError(`TLC failed over ${id} (${diff}), which tells nothing: ${outcome.message}`, NOT_CHECKED);
}

function stopped({ outcome }: TlcResult): Found | undefined {
  if (outcome.kind !== "stopped") return undefined;
  if (outcome.because === "aborted") throw new UserError("Interrupted.", INTERRUPTED);
  if (outcome.because === "timeout") return { killedBy: "timeout", says: outcome.message };
  return { killedBy: "complete", says: "the graph has more than the reducers reach: its dump outgrew the genuine one" };
}

async function good({ system }: Subject, genuine: Genuine | undefined, desk: Desk, tlc: TlcResult): Promise<Found> {
  if (tlc.outcome.kind !== "success") return { killedBy: byTlc(tlc), says: firstLine(messageOf(tlc)) };
  if (genuine === undefined || system === undefined) return {};
  const { states, edges, print } = genuine;
  // The reducers conform to this graph already.
  if ((await printOf(desk.dump)) === print) return { same: { states, edges } };
  try {
    return judged(await conformed(system, desk, { distinct: tlc.distinct ?? 0 }), { states, edges });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // Edges that lost the name of their action, for instance: no move takes them.
    return { killedBy: "complete", says: firstLine(error.message.replace(desk.dump, "the graph")) };
  }
}

function judged(report: ReturnType<ConformanceModel["conform"]>, same: { states: number; edges: number }): Found {
  if (report.passed) return { same };
  const killedBy = claimOf(report);
  const mismatch = report.mismatches.find(({ claim }) => claim === killedBy);
  return { killedBy, says: firstLine(mismatch?.says ?? report.faults[0] ?? "") };
}

/** TLC could not compute a value, or it was of the wrong type: else it found a property violated. */
function byTlc(tlc: TlcResult): Layer {
  const { kind } = tlc.outcome;
  if (kind === "deadlock" || (violated(tlc) ?? TYPES) !== TYPES || kind === "liveness") return "property";
  return "types";
}

/** Compares the reducers with the graph that a run left. @throws UserError (64) where it cannot be compared. */
export async function conformed(
  system: ConformanceModel,
  desk: Desk,
  totals: Totals,
): Promise<ReturnType<ConformanceModel["conform"]>> {
  return system.conform(await loadGraph(desk.dump, { totals }), { keep: 1 });
}

function claimOf({ sound, complete, refusals }: ReturnType<ConformanceModel["conform"]>): Layer {
  if (sound.mismatches > 0) return "sound";
  // Without a mismatch what fails is that all of the graph was compared.
  return refusals.mismatches > 0 && complete.mismatches === 0 ? "refusals" : "complete";
}

/** Whether a model that must fail, or show something, still does. */
function failing({ model: { purpose, checks } }: Subject, tlc: TlcResult): Found {
  const fails = violated(tlc) === checks[0] && "exitCode" in purpose && tlc.exitCode === purpose.exitCode;
  if (fails) return {};
  const says = `${checks[0]} should be violated, but TLC says: ${firstLine(messageOf(tlc))}`;
  return { killedBy: purpose.kind === "witness" ? "witness" : "must-fail", says };
}

function firstLine(text: string): string {
  return (text.split("\n", 1)[0] ?? "").slice(0, 200);
}
