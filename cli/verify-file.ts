import { z } from "zod";
import type { Claim, ConformanceReport, Results } from "../conformance/engine/index.ts";
import type { ModelRun } from "../report/index.ts";
import { traceOf } from "../tla/tlc/index.ts";
import { readJson } from "./json-file.ts";
import { writeWhole } from "./results-file.ts";
import type { Verified } from "./statement.ts";
import type { Verdict } from "./verify-model.ts";
import type { Tools } from "./verify-tools.ts";

const natural = z.number().int().min(0);
const seconds = z.number().min(0);
const compared = { sound: natural, complete: natural, refusals: natural };

const Run = z.object({
  cfg: z.string(),
  passed: z.boolean(),
  words: z.string(),
  tlc: z.object({
    distinct: natural.default(0),
    generated: natural.default(0),
    depth: natural.default(0),
    seconds,
  }),
  conformance: z
    .object({
      ...compared,
      states: natural,
      edges: natural,
      mismatches: natural,
      seconds,
      actions: z.record(z.string(), z.object(compared)),
    })
    .optional(),
});

const Shape = z.object({
  format: z.literal("lockstep-verify"),
  version: z.literal(1),
  bounds: z.enum(["quick", "full"]),
  tools: z.object({ tlc: z.string(), jarSha256: z.string(), workers: natural, seed: natural }).nullable().default(null),
  protocols: z.array(
    z.object({
      name: z.string(),
      sha256: z.string().nullable(),
      models: z.array(Run),
      broken: z.array(Run),
      witnesses: z.array(Run),
      simulated: z.array(Run).default([]),
      faults: z.array(z.string()),
    }),
  ),
});

/** A protocol as `lockstep verify --json` wrote it, its configurations of all purposes together, by file name. */
export interface VerifiedProtocol {
  readonly sha256: string | null;
  readonly bounds: string;
  /** Null where an earlier version wrote the file, which did not tell them. */
  readonly tools: Tools | null;
  readonly faults: readonly string[];
  readonly runs: ReadonlyMap<string, ModelRun>;
}

/** Reads what `lockstep verify --json` wrote, by protocol. @throws UserError (64) for anything else. */
export async function readVerified(path: string): Promise<ReadonlyMap<string, VerifiedProtocol>> {
  const { bounds, tools, protocols } = await readJson(path, Shape, "is not of lockstep verify --json");
  return new Map(
    protocols.map(({ name, sha256, faults, models, broken, witnesses, simulated }) => {
      const runs = [...models, ...broken, ...witnesses, ...simulated].map(
        ({ cfg, passed, words, tlc, conformance = null }): [string, ModelRun] => [
          cfg,
          { passed, words, ...tlc, conformance },
        ],
      );
      return [name, { sha256, bounds, tools, faults, runs: new Map(runs) }];
    }),
  );
}

/** Writes what was verified, in the shape that {@link readVerified} reads. @throws UserError (64) where it cannot. */
export async function writeVerified(
  path: string,
  { bounds, tools, all, exit }: { bounds: "quick" | "full"; tools: Tools; all: readonly Verified[]; exit: number },
): Promise<void> {
  const protocols = all.map(({ folder, sha256, verdicts, replay, left, jobs, faults }) => {
    const of = (purpose: string): Verdict[] => verdicts.filter(({ model }) => model.purpose.kind === purpose);
    return {
      name: folder,
      sha256: sha256 ?? null,
      models: of("good").map(runJson),
      broken: of("must fail").map((verdict) => ({
        ...runJson(verdict),
        expected: verdict.model.checks[0],
        found: verdict.passed ? verdict.model.checks[0] : verdict.words,
      })),
      witnesses: of("witness").map((verdict) => ({ ...runJson(verdict), reached: verdict.passed })),
      simulated: of("simulate").map((verdict) => ({
        ...runJson(verdict),
        ...verdict.simulated,
        seed: tools.seed,
      })),
      ...(replay === undefined ? {} : { replay: { passed: replay.passed, ...replay.counts, seconds: replay.seconds } }),
      left: left.map(({ cfg }) => cfg),
      ...(jobs.fuzz === undefined ? {} : { fuzz: { ...jobs.fuzz.counts, current: jobs.fuzz.sha256 === sha256 } }),
      ...(jobs.mutants === undefined ? {} : { mutants: mutantsJson(jobs.mutants, sha256) }),
      faults,
    };
  });
  const result = { format: "lockstep-verify", version: 1, bounds, tools, protocols, exit };
  await writeWhole(path, `${JSON.stringify(result, null, 2)}\n`);
}

function runJson({ model, passed, words, tlc, conformance }: Verdict): object {
  const { distinct, generated, seconds, outcome } = tlc;
  // A counterexample is as deep as it has states.
  const depth = traceOf(outcome)?.steps.length ?? tlc.depth;
  const { cfg, checks } = model;
  const checked = { cfg, passed, words, checks, tlc: { result: outcome.kind, distinct, generated, depth, seconds } };
  if (conformance === undefined) return checked;
  const { states, edges, sound, complete, refusals } = conformance;
  return {
    ...checked,
    conformance: {
      states: states.reached,
      edges: edges.taken,
      sound: sound.compared,
      complete: complete.compared,
      refusals: refusals.compared,
      mismatches: sound.mismatches + complete.mismatches + refusals.mismatches,
      seconds: conformance.seconds,
      actions: actionsJson(conformance),
    },
  };
}

/** How many mutants of either side were killed, and whether what was changed is what is here now. */
function mutantsJson({ items, sha256: of }: Results, sha256: string | undefined): object {
  const side = (key: string, name: string): object => {
    const mutants = items.filter((item) => item["side"] === name);
    const killed = mutants.filter((item) => item["killedBy"] !== undefined).length;
    return mutants.length === 0 ? {} : { [key]: { killed, total: mutants.length } };
  };
  return { ...side("spec", "spec"), ...side("impl", "reducer"), current: of === sha256 };
}

/** How often each claim was put to the test for each action. */
function actionsJson({ sound, complete, refusals }: ConformanceReport<unknown>): object {
  const of = ({ actions }: Claim, name: string): number => actions[name]?.compared ?? 0;
  const names = Object.keys(sound.actions);
  return Object.fromEntries(
    names.map((name) => [name, { sound: of(sound, name), complete: of(complete, name), refusals: of(refusals, name) }]),
  );
}
