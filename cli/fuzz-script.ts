import { z } from "zod";
import type { Breach, Fuzzing, GraphMap, Played, Script } from "../conformance/engine/index.ts";
import { UserError } from "../tla/errors.ts";
import type { TraceStep } from "../tla/tlc/index.ts";
import { printTrace, toItfTrace } from "../tla/trace/index.ts";
import { loadItf, writeItf } from "../tla/values/itf.ts";
import { BAD_INPUT } from "./exit-codes.ts";
import { writeWhole } from "./results-file.ts";

/** What a file of a run that failed tells beside its states. */
export interface Found {
  readonly script: Script<unknown, unknown>;
  readonly breach: Breach;
  readonly seed: number;
  readonly campaign: number;
  readonly run: number;
}

/** Writes a run as the states of the specification that it shows, with the moves to take it again in `#meta`. */
export async function writeScript(
  path: string,
  { protocol, cfg, played }: { readonly protocol: string; readonly cfg: string | undefined; readonly played: Played },
  { script, breach, seed, campaign, run }: Found,
): Promise<void> {
  const { settings, start, moves } = script;
  const fuzz = { ...(cfg === undefined ? {} : { cfg }), settings, start, moves, breach, seed, campaign, run };
  await writeWhole(path, writeItf(toItfTrace({ steps: stepsOf(played), dropped: 0 }, { protocol, fuzz })));
}

const ScriptShape = z.object({
  settings: z.unknown(),
  start: z.number().int().min(0),
  moves: z.array(z.unknown()).max(1_000_000),
});

/** Reads the moves of such a file. @throws UserError (64) where it has none. */
export async function readScript(path: string): Promise<Script<unknown, unknown>> {
  const { meta } = await loadItf(path);
  const read = ScriptShape.safeParse(meta["fuzz"]);
  if (read.success) return read.data;
  throw new UserError(`${path} holds no run of lockstep fuzz: its #meta has no moves to take again.`, BAD_INPUT);
}

/** Takes a run again. @throws UserError (64) where the moves are not those of a cluster that there can be. */
export function playedAgain(
  target: Fuzzing,
  script: Script<unknown, unknown>,
  path: string,
  map: GraphMap<unknown, unknown> | undefined,
): Played {
  try {
    return target.replay(script, map);
  } catch (error) {
    if (error instanceof RangeError) throw new UserError(`${path} cannot be taken again: ${error.message}.`, BAD_INPUT);
    throw error;
  }
}

/** The states of a run one after the other, and how it ended. */
export function playedText(played: Played): string {
  const { breach, refused } = played;
  const end =
    breach !== undefined
      ? `VIOLATED ${breach.says} (${breach.kind}) after ${played.states.length} states`
      : refused !== undefined
        ? `FAIL move ${refused.move} was refused because ${refused.because}`
        : `PASS no violation in ${played.states.length} states`;
  return `${printTrace({ steps: stepsOf(played), dropped: 0 })}\n${end}`;
}

function stepsOf({ states }: Played): TraceStep[] {
  return states.map(({ actions, state }) => ({
    action: actions.length === 0 ? "Initial predicate" : actions.map(({ name }) => name).join(" then "),
    state,
  }));
}
